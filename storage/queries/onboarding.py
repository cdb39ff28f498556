"""Which accounts are being onboarded, and which were, by the days that their sources have."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from metrics.types import BookFilter, Definitions
from storage.queries.tables import account
from storage.queries.within import within
from storage.session import Session

_a = account.c
ONBOARDING = "onboarding"
"""The lifecycle stage in which an onboarding is still expected to finish."""


class UnderWay(NamedTuple):
    """Onboardings at the end of a day."""

    in_progress: int
    stalled: int
    """Of them, those for longer than the company gives them."""


def under_way(db: Session, book: BookFilter, on: date, definitions: Definitions) -> UnderWay:
    """The onboardings of the book's accounts at the end of the day."""
    return UnderWay(*db.execute(_counted(db, book, on, definitions)).one())


def under_way_by_account(db: Session, book: BookFilter, on: date, definitions: Definitions) -> Mapping[int, UnderWay]:
    """The same of each account that has one."""
    found = db.execute(_counted(db, book, on, definitions, _a.id).group_by(_a.id))
    return {account_id: UnderWay(in_progress, stalled) for account_id, in_progress, stalled in found}


def _counted(
    db: Session, book: BookFilter, on: date, definitions: Definitions, *keys: ColumnElement[Any]
) -> Select[Any]:
    """`keys`, and the fields of UnderWay in their order."""
    query = select(*keys, func.count(), func.count(case((late(on, definitions), 1)))).where(in_progress(on))
    return query.where(*within(db, book, _a.id))


def late(on: date, definitions: Definitions) -> ColumnElement[bool]:
    """The onboarding began longer before the day than the company gives it."""
    return _a.onboarding_started_on < on - timedelta(days=definitions.onboarding_days)


def in_progress(on: date) -> ColumnElement[bool]:
    """The account has begun and is not activated at the end of the day.

    Whoever has no activation but is past the stage is through: nobody noted the day. (The stage is that of now.)
    """
    unfinished = and_(_a.activated_on.is_(None), or_(_a.lifecycle_stage.is_(None), _a.lifecycle_stage == ONBOARDING))
    return and_(_a.onboarding_started_on <= on, or_(_a.activated_on > on, unfinished))


def completed(start: date, end: date) -> ColumnElement[bool]:
    """The account was activated from `start` on and before `end`, and it is known when it began: not later."""
    return and_(_a.activated_on >= start, _a.activated_on < end, _a.onboarding_started_on <= _a.activated_on)
