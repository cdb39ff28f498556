"""Decisions about who is asked, written down in bulk: each occasion once, for ever."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select

from storage.copying import insert_many
from storage.queries.chunks import chunks
from storage.queries.tables import survey_ask
from storage.session import Session

_c = survey_ask.c


class NewAsk(NamedTuple):
    """A decision; see storage.models.survey_ask for the fields."""

    wave_id: int
    kind: str
    account_id: int
    contact_id: int | None
    occasion: str
    state: str
    """queued or skipped."""
    detail: Mapping[str, Any]
    reason: str | None = None
    token: str | None = None
    destination: str | None = None
    language: str = "en"
    outbox_id: int | None = None
    asked_at: datetime | None = None
    remind_at: datetime | None = None
    expires_at: datetime | None = None


def add_asks(db: Session, asks: Sequence[NewAsk], *, now: datetime) -> None:
    """Write decisions down; IntegrityError if an occasion is there already."""
    insert_many(db.connection(), survey_ask, [{**ask._asdict(), "decided_at": now} for ask in asks])


def decided(db: Session, occasions: Collection[str]) -> set[str]:
    """Those of the occasions about which something was decided already."""
    return {
        occasion
        for some in chunks(occasions)
        for occasion in db.execute(select(_c.occasion).where(_c.occasion.in_(some))).scalars()
    }


def counts(db: Session, wave_id: int) -> tuple[int, int]:
    """How many were asked, or are to be, in a wave, and how many were not."""
    skipped = func.count().filter(_c.state == "skipped")
    row = db.execute(select(func.count(), skipped).where(_c.wave_id == wave_id)).one()
    return row[0] - row[1], row[1]
