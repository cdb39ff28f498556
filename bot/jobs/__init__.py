"""Things that happen by the clock: each module declares one JOB."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Engine

from commands.core.request import Company
from metrics.catalog import collect


@dataclass(frozen=True, slots=True)
class JobContext:
    """What a job gets: the store, the company's decisions and the day it is about (a complete one)."""

    engine: Engine
    company: Company
    day: date
    now: datetime


@dataclass(frozen=True, slots=True)
class Job:
    """One job. Running it twice for the same day leaves the same behind as running it once."""

    id: str
    summary: str
    run: Callable[[JobContext], str]
    """Does the day's work and says in a line what was done."""
    due: Callable[[JobContext], tuple[date, ...]]
    """The days that wait for the job, up to the context's day; oldest first."""


def all_jobs() -> dict[str, Job]:
    """Every job by its id."""
    return collect(sys.modules[__name__], "JOB", Job)
