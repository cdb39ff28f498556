"""Things that happen by the clock: each module declares one JOB."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Engine

from bot.directory import Directory
from commands.core.request import Company
from metrics.catalog import collect
from storage.queries.schedules import Schedule


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

    def days(self, context: JobContext) -> tuple[date, ...]:
        """The days that are due; none for a job that runs by schedules."""
        return () if self.due is None else self.due(context)


def all_jobs() -> dict[str, Job]:
    """Every job by its id."""
    return collect(sys.modules[__name__], "JOB", Job)
