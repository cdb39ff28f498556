"""The digest that Faro has set up: weekly, in its customer success channel, and for the first time in a minute."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Engine

from commands.core.digest_plan import JOB, planned
from commands.core.request import Company
from metrics.timetable import WEEKDAYS
from storage.queries.schedules import Schedule, add
from storage.session import transaction

CHANNEL: Final = "C0SUCCESS"
OWNER: Final = "U0MAYA"


def set_up_digest(engine: Engine, company: Company, now: datetime) -> None:
    """Set it up for this weekday, at a minute that comes soon: whoever tries the bot sees how one arrives by itself."""
    soon = (now + timedelta(minutes=1)).astimezone(company.zone)
    schedule = Schedule(
        id=0,
        job=JOB,
        destination=CHANNEL,
        owner=OWNER,
        book="",
        rule=f"{WEEKDAYS[soon.weekday()]} {soon:%H:%M}",
        zone=company.zone.key,
        language=company.language,
        options={},
        paused=False,
        next_slot=soon.replace(tzinfo=None),
        next_at=now,
        created_at=now,
    )
    with transaction(engine) as db:
        add(db, planned(schedule, now))
