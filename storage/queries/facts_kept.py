"""Facts of the whole company as they are kept (see storage.kept_facts), read."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from typing import TypeAlias, TypeVar

from sqlalchemy import String, bindparam, select

from metrics.money import Rates
from metrics.types import BookFilter
from storage.columns import Day
from storage.facts_json import from_json
from storage.prepared import Prepared
from storage.queries.scope import Scope
from storage.queries.tables import kept_facts
from storage.session import Session

F = TypeVar("F")
Days: TypeAlias = tuple[date, date]
"""The first day of a period and the day after its last."""

_EVERYBODY = BookFilter()
_c = kept_facts.c
_facts = Prepared(
    select(_c.start, _c.until, _c.facts).where(
        _c.kind == bindparam("kind", type_=String),
        _c.asked == bindparam("asked", type_=String),
        _c.start >= bindparam("first", type_=Day),
        _c.until <= bindparam("last", type_=Day),
        _c.mark.is_(None),
    )
)


def kept(
    db: Session, kind: str, facts: type[F], scope: Scope, since: date, until: date, *, in_money: bool
) -> Mapping[Days, F]:
    """What is kept of the periods from `since` to the day before `until`; nothing of a book that is not everybody."""
    if scope.book != _EVERYBODY:
        return {}
    asked = {"kind": kind, "asked": asked_as(scope, in_money=in_money), "first": since, "last": until}
    found = _facts.rows(db, asked)
    return {(start, end): from_json(facts, known) for start, end, known in found if known is not None}


def asked_as(scope: Scope, *, in_money: bool) -> str:
    """Stands for all that facts depend on beside the rows and the days: definitions, the zone, our own version.

    `in_money`: also for the rates.
    """
    parts = (_version(), str(scope.zone), repr(scope.definitions), _rates(scope.rates) if in_money else "")
    return sha256("\n".join(parts).encode()).hexdigest()


def _rates(rates: Rates) -> str:
    return ", ".join((rates.home, *(f"{currency} {rate}" for currency, rate in sorted(rates.rates.items()))))


@cache
def _version() -> str:
    """Facts that another version read are read anew; "" where it runs from its sources."""
    try:
        return version("latido")
    except PackageNotFoundError:
        return ""
