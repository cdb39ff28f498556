"""What figures are computed from, by the type of facts: each module declares one TOTALS."""

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any, Generic, TypeVar

from metrics.catalog import collect
from metrics.periods import Period
from storage.queries.facts_kept import kept
from storage.queries.scope import Scope
from storage.session import Session

__all__ = ["Scope", "Totals", "all_totals", "facts_by_account", "facts_by_period", "facts_of", "facts_read"]

F = TypeVar("F")


@dataclass(frozen=True, slots=True)
class Totals(Generic[F]):
    """How facts of one type are read."""

    id: str
    facts: type[F]
    load: Callable[[Session, Scope], F]
    """Set-based, in plain rows, with few statements; MissingRate where a currency that is needed has no rate."""
    by_account: Callable[[Session, Scope], Mapping[int, F]]
    """The same of each of the book's accounts alone, by its id, read together; those that have no part are left out.

    Each is counted as the whole book is, so that all of them add up to it, but for what names no account.
    """
    series: Callable[[Session, Scope, Sequence[Period]], Sequence[F]] | None = None
    """The same for several periods that follow one another, where reading them together is faster than one by one."""
    some_of_nobody: bool = False
    """Rows that name no account are counted, too: what accounts have need not add up to what their company has."""
    rests_on: tuple[str, ...] = ()
    """The tables that they are read from: those of the whole company are kept (storage.kept_facts) until one changes.

    Every writer of these tables says so. What is known after a period's last day tells nothing of the period. Empty:
    they are read each time.
    """
    in_money: bool = True
    """They depend on the rates."""


@cache
def all_totals() -> Mapping[type, Totals[Any]]:
    """Every way to read facts, by their type."""
    return {totals.facts: totals for totals in collect(sys.modules[__name__], "TOTALS", Totals).values()}


def facts_of(db: Session, kind: type[F], scope: Scope) -> F:
    """The facts of type `kind` for a scope, as they are kept; else read."""
    totals: Totals[F] = all_totals()[kind]
    period = scope.period
    if totals.rests_on:
        there = kept(db, totals.id, kind, scope, period.start, period.end, in_money=totals.in_money)
        if (period.start, period.end) in there:
            return there[period.start, period.end]
    return totals.load(db, scope)


def facts_by_account(db: Session, kind: type[F], scope: Scope) -> Mapping[int, F]:
    """The facts of each of the book's accounts alone, by its id; those that have no part in them are left out."""
    totals: Totals[F] = all_totals()[kind]
    return totals.by_account(db, scope)


def facts_by_period(db: Session, kind: type[F], scope: Scope, periods: Sequence[Period]) -> Sequence[F]:
    """The facts of several periods that follow one another, each in place of the scope's own."""
    totals: Totals[F] = all_totals()[kind]
    if not totals.rests_on or not periods:
        return facts_read(db, totals, scope, periods)
    there = kept(db, totals.id, kind, scope, periods[0].start, periods[-1].end, in_money=totals.in_money)
    found: list[F] = []
    for is_kept, some in groupby(periods, lambda period: (period.start, period.end) in there):
        together = tuple(some)
        found += (
            [there[period.start, period.end] for period in together]
            if is_kept
            else facts_read(db, totals, scope, together)
        )
    return found


def facts_read(db: Session, totals: Totals[F], scope: Scope, periods: Sequence[Period]) -> Sequence[F]:
    """The same, whatever is kept."""
    if totals.series is not None:
        return totals.series(db, scope, periods)
    return [totals.load(db, scope._replace(period=period)) for period in periods]
