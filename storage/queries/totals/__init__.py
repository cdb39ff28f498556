"""What figures are computed from, by the type of facts: each module declares one TOTALS."""

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from functools import cache
from typing import Any, Generic, NamedTuple, TypeVar

from metrics.catalog import collect
from metrics.money import Rates
from metrics.periods import Period
from metrics.types import BookFilter, Definitions
from storage.session import Session

F = TypeVar("F")


class Scope(NamedTuple):
    """What a figure is asked about."""

    period: Period
    """As far as it has come: a running period ends with today."""
    rates: Rates
    """Amounts are in `rates.home`."""
    zone: tzinfo
    book: BookFilter = BookFilter()
    definitions: Definitions = Definitions()


@dataclass(frozen=True, slots=True)
class Totals(Generic[F]):
    """How facts of one type are read."""

    id: str
    facts: type[F]
    load: Callable[[Session, Scope], F]
    """Set-based, in plain rows, with few statements; MissingRate where a currency that is needed has no rate."""
    series: Callable[[Session, Scope, Sequence[Period]], Sequence[F]] | None = None
    """The same for several periods that follow one another, where reading them together is faster than one by one."""


@cache
def all_totals() -> Mapping[type, Totals[Any]]:
    """Every way to read facts, by their type."""
    return {totals.facts: totals for totals in collect(sys.modules[__name__], "TOTALS", Totals).values()}


def facts_of(db: Session, kind: type[F], scope: Scope) -> F:
    """The facts of type `kind` for a scope."""
    totals: Totals[F] = all_totals()[kind]
    return totals.load(db, scope)


def facts_by_period(db: Session, kind: type[F], scope: Scope, periods: Sequence[Period]) -> Sequence[F]:
    """The facts of several periods that follow one another, each in place of the scope's own."""
    totals: Totals[F] = all_totals()[kind]
    if totals.series is not None:
        return totals.series(db, scope, periods)
    return [totals.load(db, scope._replace(period=period)) for period in periods]
