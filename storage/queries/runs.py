"""Runs of jobs: whoever inserts the run of an occurrence runs it; a run whose process died is taken over."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.queries.tables import job_run
from storage.session import Session

_c = job_run.c


class Run(NamedTuple):
    """One occurrence of a job, and what it is about ("" where the job has only one subject)."""

    job: str
    slot: str
    subject: str = ""


def claim(db: Session, run: Run, *, owner: str, now: datetime, lease: timedelta, again: bool = False) -> bool:
    """Take the turn for a run; False when somebody has it, or had it and is done.

    A run whose lease is over is taken from a process that died. `again`: one that is done may be run once more.
    """
    insert = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    begun = {"owner": owner, "started_at": now, "heartbeat_at": now, "lease_until": now + lease}
    new = insert(job_run).values(**run._asdict(), state="running", attempts=1, late=False, **begun)
    if db.execute(new.on_conflict_do_nothing().returning(_c.job)).scalar() is not None:
        return True
    open_ = (_c.state == "running") & (_c.lease_until <= now)
    free = or_(open_, _c.state.in_(("done", "failed"))) if again else open_
    retaken = update(job_run).where(*_is(run), free).values(state="running", attempts=_c.attempts + 1, **begun)
    return db.execute(retaken.returning(_c.job)).scalar() is not None


def keep(db: Session, run: Run, *, owner: str, now: datetime, lease: timedelta) -> bool:
    """Say that the run is alive; False when it was taken over: then it should stop."""
    alive = update(job_run).where(*_is(run), _c.owner == owner, _c.state == "running")
    return db.execute(alive.values(heartbeat_at=now, lease_until=now + lease).returning(_c.job)).scalar() is not None


def finish(
    db: Session,
    run: Run,
    *,
    owner: str,
    now: datetime,
    said: str,
    failed: bool = False,
    late: bool = False,
    result: Mapping[str, Any] | None = None,
) -> bool:
    """End a run; False when it had been taken over."""
    ended = update(job_run).where(*_is(run), _c.owner == owner, _c.state == "running")
    values: dict[str, Any] = {
        "state": "failed" if failed else "done",
        "ended_at": now,
        "said": said[:1000],
        "late": late,
        "result": None if result is None else dict(result),
    }
    return db.execute(ended.values(values).returning(_c.job)).scalar() is not None


def drop(db: Session, run: Run, *, owner: str, now: datetime, said: str) -> None:
    """Note that an occurrence is not made up for: it was too late for it."""
    insert = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    gone = {"owner": owner, "started_at": now, "heartbeat_at": now, "lease_until": now, "ended_at": now}
    row = insert(job_run).values(**run._asdict(), state="dropped", attempts=0, late=True, said=said, **gone)
    db.execute(row.on_conflict_do_nothing())


def orphans(db: Session, *, now: datetime, most_attempts: int) -> list[Run]:
    """The runs whose process has not been heard of for its lease, oldest first."""
    left = (_c.state == "running", _c.lease_until <= now, _c.attempts < most_attempts)
    rows = db.execute(select(_c.job, _c.slot, _c.subject).where(*left).order_by(_c.started_at))
    return [Run._make(row) for row in rows]


def last_result(db: Session, job: str, subject: str, *, before: str) -> Mapping[str, Any] | None:
    """What the last run before a slot left behind; None: nothing."""
    done = (_c.job == job, _c.subject == subject, _c.slot < before, _c.state == "done", _c.result.is_not(None))
    found = db.execute(select(_c.result).where(*done).order_by(_c.slot.desc()).limit(1)).scalar()
    return found or None


def _is(run: Run) -> tuple[Any, ...]:
    return _c.job == run.job, _c.subject == run.subject, _c.slot == run.slot
