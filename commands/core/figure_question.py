"""A question about any figures: their values in a period, what to hold them against, and the accounts behind them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, TypeAlias

from commands.core.arguments import Arguments, render
from commands.core.asked import comparable, months_to, neighbours, so_far
from commands.core.rates import rates_needed
from commands.core.request import Request
from metrics.feeds import NO_STOPS, Stops
from metrics.formulas import all_metrics
from metrics.periods import Period
from metrics.types import AccountRow, Breakdown, Figure
from storage.queries.csms import csms_of
from storage.queries.feed import stopped
from storage.queries.freshness import imported_on
from storage.queries.rates import rates_on
from storage.queries.totals import Scope, facts_by_period, facts_of
from storage.session import Session

Rows: TypeAlias = Callable[[Session, Scope], Sequence[AccountRow]]
Split: TypeAlias = Callable[[Session, Scope], Breakdown]
Facts: TypeAlias = Mapping[type, Any]
"""Facts by their type."""


@dataclass(frozen=True, slots=True)
class FiguresAnswer:
    """What some figures are in a period, beside the period before and, some of them, in the last twelve months."""

    asked: Arguments
    period: Period
    """The period as far as it has come."""
    before: Period
    """What it is compared with: as many days if it is still running."""
    running: bool
    today: date
    scope: Scope
    """Of the period as far as it has come."""
    facts: Facts
    """What the figures were computed from, by type."""
    facts_before: Facts
    figures: Mapping[str, Figure]
    """By metric id."""
    figures_before: Mapping[str, Figure]
    months: tuple[Period, ...]
    """The twelve calendar months up to the period's last day; the last one may be cut there."""
    series: Mapping[str, tuple[Figure, ...]] = field(default_factory=dict)
    """Some of the metrics, for each of `months`."""
    accounts: Mapping[str, tuple[AccountRow, ...]] = field(default_factory=dict)
    """The lists of accounts by id, in the order in which they were asked for."""
    breakdowns: tuple[Breakdown, ...] = ()
    imported_on: Mapping[str, date | None] = field(default_factory=dict)
    """The day on which each of the entities it rests on was last imported; None: never."""
    stopped: Stops = field(default_factory=lambda: NO_STOPS)
    """Those of the entities that had stopped coming in by the period's last day."""
    held_back: Stops = field(default_factory=lambda: NO_STOPS)
    """The feeds that have stopped today, where a list rests on signals: what rests on them is not in it."""
    rates_day: date | None = None
    """The day whose exchange rates all amounts are converted at; None: the company knows no other currency."""
    pictured: Any = None
    """What a picture of the topic's own has read for itself."""
    csms: Mapping[int, str] = field(default_factory=dict)
    """The CSM's address of each account that has one; only filled for a file."""
    lead: str = ""
    """What stands before period and book in the question: the metric's name in `/metric nrr last month`."""

    @property
    def currency(self) -> str:
        """The currency of all amounts."""
        return self.scope.rates.home

    @property
    def oldest(self) -> date | None:
        """The day of the oldest import among the entities; None: one of them was never imported, or there are none."""
        days = [day for day in self.imported_on.values() if day is not None]
        return min(days) if days and len(days) == len(self.imported_on) else None

    @property
    def text(self) -> str:
        """The question as buttons carry it."""
        return self.text_of(self.asked)

    def text_of(self, asked: Arguments) -> str:
        """The same question with other arguments, as buttons carry it."""
        return f"{self.lead} {render(asked)}".strip()

    def neighbours(self) -> tuple[Arguments | None, Arguments | None]:
        """The same question one period earlier and one later; None where there is no such step."""
        return neighbours(self.asked, self.today)


def answer(
    request: Request,
    db: Session,
    asked: Arguments,
    *,
    metrics: Sequence[str],
    series: Sequence[str] = (),
    lists: Mapping[str, Rows] = MappingProxyType({}),
    breakdowns: Sequence[Split] = (),
    entities: Sequence[str] = (),
    pictured: Callable[[Session, Scope], Any] | None = None,
    csms: bool = False,
    lead: str = "",
) -> FiguresAnswer:
    """Everything that a card about `asked` shows; UserError where an exchange rate is missing.

    `metrics` and `series` are ids of metrics, the latter those wanted for twelve months. Facts of one type are read
    once for the period, once for the one before and once for all months, whatever number of metrics is about them.
    """
    today = request.today
    scope = scope_of(request, db, asked)
    period, before, months = scope.period, comparable(asked.period, scope.period), months_to(scope.period)
    with rates_needed():
        monthly: dict[type, Sequence[Any]] = {kind: facts_by_period(db, kind, scope, months) for kind in _kinds(series)}
        known = {
            (kind, month): facts for kind, each in monthly.items() for month, facts in zip(months, each, strict=True)
        }
        facts = _facts(db, scope, _kinds(metrics), known)
        facts_before = _facts(db, scope._replace(period=before), _kinds(metrics), known)
        return FiguresAnswer(
            asked=asked,
            period=period,
            before=before,
            running=asked.period.running(today),
            today=today,
            scope=scope,
            facts=facts,
            facts_before=facts_before,
            figures=figures_of(facts, metrics),
            figures_before=figures_of(facts_before, metrics),
            months=months,
            series=_series(monthly, series),
            accounts={name: tuple(rows(db, scope)) for name, rows in lists.items()},
            breakdowns=tuple(split(db, scope) for split in breakdowns),
            imported_on=imported_on(db, entities, zone=scope.zone) if entities else {},
            stopped=stopped(db, period.last, scope.zone, entities),
            rates_day=scope.rates.day if scope.rates.rates else None,
            pictured=pictured(db, scope) if pictured else None,
            csms=csms_of(db) if csms else {},
            lead=lead,
        )


def scope_of(request: Request, db: Session, asked: Arguments) -> Scope:
    """What is asked of the store: the period as far as it has come, at the rates of its last day.

    UserError where the currency that is asked for had no rate by then.
    """
    period = so_far(asked.period, request.today)
    with rates_needed():
        rates = rates_on(db, period.last, home=request.company.currency, shown=asked.currency)
    return Scope(period, rates, request.company.zone, asked.book, request.company.definitions)


def read_facts(db: Session, scope: Scope, metrics: Iterable[str]) -> Facts:
    """The facts that some metrics are about, each type read once; MissingRate where a rate is needed and unknown."""
    return _facts(db, scope, _kinds(metrics), {})


def figures_of(facts: Facts, metrics: Iterable[str]) -> dict[str, Figure]:
    """Some metrics of facts that were read."""
    found = all_metrics()
    return {name: found[name].measure(facts[found[name].facts]) for name in metrics}


def _kinds(metrics: Iterable[str]) -> tuple[type, ...]:
    """The types of facts that some metrics are about, each once."""
    return tuple(dict.fromkeys(all_metrics()[name].facts for name in metrics))


def _facts(db: Session, scope: Scope, kinds: Iterable[type], known: Mapping[tuple[type, Period], Any]) -> Facts:
    """The facts of these types, read only where the period is none of the months read already."""
    read: dict[type, Any] = {}
    for kind in kinds:
        found = known.get((kind, scope.period))
        read[kind] = facts_of(db, kind, scope) if found is None else found
    return read


def _series(monthly: Mapping[type, Sequence[Any]], metrics: Iterable[str]) -> dict[str, tuple[Figure, ...]]:
    found = all_metrics()
    return {name: tuple(found[name].measure(facts) for facts in monthly[found[name].facts]) for name in metrics}
