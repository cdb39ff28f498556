"""Things that happen by the clock: each module declares one JOB."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from bot.directory import Directory
from commands.core.request import Company
from metrics.catalog import collect
from metrics.timetable import last_slot, timetable_of
from storage.queries.schedules import Schedule, all_schedules
from storage.session import Session

SPREAD: Final = timedelta(seconds=1.3)
"""Between messages of the same moment: Slack answers some fifty questions a minute about who reads a channel."""
MOST_TURNS: Final = 230
"""Nobody waits longer than five minutes for theirs."""


def spread(turn: int) -> timedelta:
    """How long after its moment the message whose turn it is (0 is the first) is sent, so that not all come at once."""
    return SPREAD * (turn % MOST_TURNS)


class Occurrence(NamedTuple):
    """One occurrence of a schedule."""

    schedule: Schedule
    slot: datetime
    """Its nominal local moment."""
    late: bool
    """It is made up for later than people expect it."""
    before: Mapping[str, Any] | None
    """What the run before left behind; None: there is none."""

    @property
    def key(self) -> str:
        """What tells it from all others, for the outbox."""
        return f"{self.schedule.id} {self.slot.isoformat(timespec='minutes')}"


def last_occurrences(db: Session, job_id: str, now: datetime) -> list[Occurrence]:
    """The occurrence that has come last of each of a job's schedules, without paused ones: for a run by hand."""
    return [
        Occurrence(one, last_slot(timetable_of(one.rule), now, ZoneInfo(one.zone)), late=False, before=None)
        for one in all_schedules(db)
        if one.job == job_id and not one.paused
    ]


@dataclass(frozen=True, slots=True)
class JobContext:
    """What a job gets: the store, the company's decisions and the day it is about (a complete one)."""

    engine: Engine
    company: Company
    day: date
    now: datetime
    occurrence: Occurrence | None = None
    """For a job that runs by schedules."""
    directory: Directory | None = None
    """Who is who at Slack; None: it cannot be asked from here."""


class Ran(NamedTuple):
    """What a run did, in a line, and what the next one wants to know of it."""

    said: str
    result: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """One job. Running it twice for the same occurrence leaves the same behind as running it once."""

    id: str
    summary: str
    run: Callable[[JobContext], str | Ran]
    """Does the work and says in a line what was done."""
    due: Callable[[JobContext], tuple[date, ...]] | None = None
    """The days that wait for the job, up to the context's day, oldest first. None: it runs by schedules."""
    asks_slack: bool = False
    """It does nothing without the context's directory."""

    def days(self, context: JobContext) -> tuple[date, ...]:
        """The days that are due; none for a job that runs by schedules."""
        return () if self.due is None else self.due(context)


def all_jobs() -> dict[str, Job]:
    """Every job by its id."""
    return collect(sys.modules[__name__], "JOB", Job)
