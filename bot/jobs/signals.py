"""Signals: what the rules see, of everybody once the day is over and of an account soon after its data comes in."""

from datetime import date

from bot.jobs import Job, JobContext
from bot.judging import is_waiting, look_at_everybody, look_at_touched, looked_at
from commands.core.settling import Judged
from storage.queries.snapshots import last_day
from storage.session import Session, reading


def run(job: JobContext) -> str:
    """Judge everybody where the day's scores are there and its signals not yet, or else those whose data is new."""
    with reading(job.engine) as db:
        night = _is_night(db, job.day)
    if not night:
        return f"touched: {_said(look_at_touched(job.engine, job.company, job.now))}"
    everybody = look_at_everybody(job.engine, job.company, job.day, job.now)
    return f"{job.day.isoformat()}: {_said(everybody.judged)}"


def due(job: JobContext) -> tuple[date, ...]:
    """The context's day, where everybody is to be judged, or where new data waits."""
    with reading(job.engine) as db:
        return (job.day,) if _is_night(db, job.day) or is_waiting(db, job.now) else ()


def _is_night(db: Session, day: date) -> bool:
    """Whether the day's scores are there and its signals not: the job that scores it was broken off, as a rule."""
    scored = last_day(db)
    return scored is not None and scored >= day and not looked_at(db, day)


def _said(judged: Judged) -> str:
    return f"alerts opened {len(judged.opened)}, worse or back {len(judged.changed)}, over {len(judged.cleared)}"


JOB = Job(
    id="signals", summary="Look for risks and chances, open their alerts and end those that are over", run=run, due=due
)
