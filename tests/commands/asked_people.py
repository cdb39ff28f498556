"""Customers whose people may be asked: today is Monday, 23 November 2026, half past ten in Madrid."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from commands.core.request import Company
from metrics.asking import Audience, SurveyPolicy, To
from storage.queries.survey_waves import NewWave, Wave, add_wave, wave
from storage.session import Session
from tests.storage.queries import rows

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
COMPANY = Company("USD", ZoneInfo("Europe/Madrid"), surveys=SurveyPolicy(an_hour=60))
EVERYBODY = Audience(To.EVERYBODY)


def customer(db: Session, name: str, *people: str, **values: object) -> int:
    """A customer with points of contact and a shared channel."""
    account = rows.account(db, name, **{"slack_channel_id": f"C{name.upper()}", **values})
    rows.subscribe(db, account, rows.paid(date(2026, 1, 1)))
    for person in people:
        rows.contact(db, account, person, slack_user_id=f"U{person.upper()}")
    return account


def wanted(**values: Any) -> NewWave:
    """NPS for everybody, now."""
    return NewWave(**{"occurrence": "form V1", "kind": "nps", "audience": EVERYBODY, "start_at": NOW, **values})


def planned(db: Session, **values: Any) -> int:
    """The same, kept."""
    return add_wave(db, wanted(**values), NOW)


def kept(db: Session, wave_id: int) -> Wave:
    """A wave that is there."""
    found = wave(db, wave_id)
    assert found is not None
    return found
