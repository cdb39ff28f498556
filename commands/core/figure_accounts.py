"""The accounts behind one figure: the figure of each alone, and what it would be without it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import reduce
from typing import Any, NamedTuple, TypeVar

from commands.core.arguments import Arguments, render
from commands.core.figure_question import scope_of
from commands.core.metric_values import RESTS_ON
from commands.core.rates import rates_needed
from commands.core.request import Request
from metrics.parts import without
from metrics.types import Account, Figure, Metric
from storage.queries.accounts import by_id
from storage.queries.freshness import imported_on
from storage.queries.totals import Scope, all_totals, facts_by_account, facts_of
from storage.session import Session

F = TypeVar("F")


class Part(NamedTuple):
    """One account's part in a figure."""

    account: Account
    metric: Metric[Any]
    facts: Any
    """Of this account alone."""
    rest: Figure
    """The figure of all the others."""

    @property
    def figure(self) -> Figure:
        """The figure of this account alone: computed when it is told, as few of thousands are."""
        return self.metric.measure(self.facts)


@dataclass(frozen=True, slots=True)
class FigureAccounts:
    """A figure of a book in a period, and the accounts it comes from, those first that move it most."""

    metric: Metric[Any]
    asked: Arguments
    today: date
    scope: Scope
    figure: Figure
    parts: tuple[Part, ...]
    imported_on: Mapping[str, date | None]
    """The day on which each of the entities it rests on was last imported; None: never."""
    some_of_nobody: bool
    """It also rests on what names no account, so that the parts do not add up to it."""

    @property
    def currency(self) -> str:
        """The currency of all amounts."""
        return self.scope.rates.home

    @property
    def text(self) -> str:
        """The question as buttons carry it."""
        return question(self.metric.id, self.asked)


def question(metric_id: str, asked: Arguments) -> str:
    """What a button carries that asks for the accounts behind a figure."""
    return f"{metric_id} {render(asked)}".strip()


def accounts_behind(request: Request, db: Session, metric: Metric[Any], asked: Arguments) -> FigureAccounts:
    """The accounts that a figure rests on: those without which one of its formula's numbers would be another.

    UserError where an exchange rate is missing.
    """
    scope = scope_of(request, db, asked)
    with rates_needed():
        whole = facts_of(db, metric.facts, scope)
        each = facts_by_account(db, metric.facts, scope)
    figure = metric.measure(whole)
    others = dict(_others(metric, whole, each, figure))
    accounts = by_id(db, others)
    parts = [Part(accounts[account_id], metric, each[account_id], rest) for account_id, rest in others.items()]
    parts.sort(key=lambda part: _first(figure, part))
    nobodys = all_totals()[metric.facts].some_of_nobody and _left_over(metric, whole, each)
    fresh = imported_on(db, RESTS_ON.get(metric.facts, ()), zone=scope.zone)
    return FigureAccounts(metric, asked, request.today, scope, figure, tuple(parts), fresh, nobodys)


def _others(metric: Metric[F], whole: F, each: Mapping[int, F], figure: Figure) -> Iterator[tuple[int, Figure]]:
    """By account id, the figure of all others; an account that changes none of its numbers is not behind it."""
    for account_id, part in each.items():
        rest = metric.measure(without(whole, part))
        if rest.inputs != figure.inputs:
            yield account_id, rest


def _left_over(metric: Metric[F], whole: F, each: Mapping[int, F]) -> bool:
    """Whether something is left of the figure's numbers without all accounts."""
    left = reduce(without, each.values(), whole)
    return metric.measure(left).inputs != metric.measure(without(left, left)).inputs


def _first(figure: Figure, part: Part) -> tuple[int, Fraction, int]:
    """The largest effect first; one without which there is no answer comes before all."""
    alone = figure.value is not None and part.rest.value is None
    effect = Fraction(figure.value or 0) - Fraction(part.rest.value or 0)
    return (0 if alone else 1, -abs(effect), part.account.id)
