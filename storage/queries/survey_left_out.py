"""Who of a wave was not asked, or was not reached, and why."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from sqlalchemy import func, select

from storage.queries.tables import account, contact, survey_ask
from storage.session import Session

_s, _c, _a = survey_ask.c, contact.c, account.c
STATES: Final = ("failed", "withdrawn", "skipped")


class LeftOut(NamedTuple):
    """One person, or one shared channel."""

    person: str | None
    """None: everybody in the account's channel."""
    account: str
    state: str
    """failed, withdrawn or skipped."""
    reason: str | None
    """The value of a metrics.asking.Reason, or Slack's word."""
    detail: Mapping[str, Any]


class Page(NamedTuple):
    """Some of them, and how many there are."""

    rows: tuple[LeftOut, ...]
    total: int


def left_out(db: Session, wave_id: int, *, first: int, most: int) -> Page:
    """So many from `first` (0) on, those who were not reached before those who were not asked, by account and name."""
    which = (_s.wave_id == wave_id, _s.state.in_(STATES))
    total = db.execute(select(func.count()).select_from(survey_ask).where(*which)).scalar_one()
    rows = db.execute(
        select(_c.name, _a.name, _s.state, _s.reason, _s.detail)
        .select_from(survey_ask)
        .join(account, _a.id == _s.account_id)
        .outerjoin(contact, _c.id == _s.contact_id)
        .where(*which)
        .order_by(_s.state == "skipped", func.lower(_a.name), func.lower(_c.name), _s.id)
        .offset(first)
        .limit(most)
    )
    return Page(tuple(LeftOut._make(row) for row in rows), total)
