"""A CSM's scorecard: whose it is, what their book grew by, and how it stands beside the other CSMs and the targets."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Final

from commands.core.arguments import Arguments, render
from commands.core.asked import arguments_of
from commands.core.errors import NotUnderstood
from commands.core.request import Request
from metrics.facts import PortfolioFacts
from metrics.formulas import all_metrics
from metrics.money import Rates, minor_digits
from metrics.types import (
    BookFilter,
    Breakdown,
    BreakdownRow,
    Figure,
    Metric,
    Money,
    RevenueFacts,
    Sentence,
    Unit,
    Value,
)
from storage.queries.book_groups import by_csm
from storage.queries.books import csm_emails
from storage.queries.targets import targets_of
from storage.queries.totals import Scope, facts_of
from storage.session import Session

COMMAND: Final = "csm"
PEERS_LEAST: Final = 3
"""From so many CSMs on their middle says something, and gives nobody away."""
COMPARED: Final = ("nrr", "grr", "retention_rate")
OFFERED: Final = 5


def whose(request: Request, db: Session, text: str) -> Arguments:
    """The period and the CSM that `text` asks for, the asker unless one is named.

    NotUnderstood with CSMs to choose from where nobody is named and the asker has no accounts.
    """
    asked = arguments_of(request, db, COMMAND, text)
    if asked.book.csm_email is not None:
        return asked
    mine = (request.actor.email or "").casefold()
    known = csm_emails(db)
    for email in known:
        if email.casefold() == mine:
            return asked._replace(book=asked.book._replace(csm_email=email))
    books = (asked._replace(book=BookFilter(csm_email=email)) for email in known[:OFFERED])
    raise NotUnderstood(
        Sentence("You have no accounts of your own. Whose scorecard do you want to see?"),
        suggestions=tuple(f"/{COMMAND} {render(book)}" for book in books),
    )


def growth_parts(db: Session, scope: Scope) -> Breakdown:
    """What the book's growth is made of, each part once, and the MRR that was renewed as it was."""
    facts = facts_of(db, PortfolioFacts, scope)
    metric = all_metrics()["portfolio_growth"]
    parts = metric.measure(facts).inputs
    home = scope.rates.home
    rows = [
        BreakdownRow(Sentence(term.title), (Money(int(parts[name]), home),))
        for name, term in metric.terms.items()
        if parts[name]
    ]
    if facts.renewed_unchanged:
        rows.append(BreakdownRow(Sentence("Renewed unchanged, not added"), (Money(facts.renewed_unchanged, home),)))
    return Breakdown(Sentence("What the growth is made of"), tuple(rows))


def beside_peers(db: Session, scope: Scope) -> Breakdown:
    """The middle of all CSMs' retention, without names; nothing where they are too few."""
    title = Sentence("The middle of all CSMs")
    parts = [part for part in by_csm(db, BookFilter()) if part.name is not None]
    if len(parts) < PEERS_LEAST:
        return Breakdown(title, ())
    facts = [facts_of(db, RevenueFacts, scope._replace(book=part.book)) for part in parts]
    rows = []
    for name in COMPARED:
        metric = all_metrics()[name]
        values = sorted(Fraction(value) for one in facts if (value := metric.measure(one).value) is not None)
        if len(values) >= PEERS_LEAST:
            rows.append(BreakdownRow(Sentence(metric.title), (_middle(values),)))
    return Breakdown(title, tuple(rows))


def beside_targets(db: Session, scope: Scope) -> Breakdown:
    """Each target of the period beside what was reached."""
    rows = []
    for one in targets_of(db, scope.period.id, scope.book.csm_email):
        metric = all_metrics().get(one.metric)
        if metric is None:
            continue
        reached = metric.measure(facts_of(db, metric.facts, scope))
        values = {"reached": _reached(metric, reached, scope), "target": _aimed(metric, one.target, scope)}
        beside = Sentence("{reached} of {target}", values)
        told = Sentence("{reached} of {target} (team's target)", values) if one.of_team else beside
        rows.append(BreakdownRow(Sentence(metric.title), (told,)))
    return Breakdown(Sentence("Targets"), tuple(rows))


def _middle(values: Sequence[Fraction]) -> Fraction:
    half = len(values) // 2
    return values[half] if len(values) % 2 else (values[half - 1] + values[half]) / 2


def _reached(metric: Metric[Any], figure: Figure, scope: Scope) -> Value:
    if figure.value is None:
        return Sentence("n/a")
    if metric.unit is Unit.MONEY:
        return Money(round(figure.value), scope.rates.home)
    return Fraction(figure.value) if metric.unit is Unit.RATIO else _number(Fraction(figure.value))


def aim(metric: Metric[Any], target: Fraction, rates: Rates) -> int | Fraction:
    """A target as a value of its metric: an amount in minor units of the report's currency."""
    if metric.unit is not Unit.MONEY:
        return target
    return rates.to_home(round(target * 10 ** minor_digits(rates.own)), rates.own)


def _aimed(metric: Metric[Any], target: Fraction, scope: Scope) -> Value:
    value = aim(metric, target, scope.rates)
    if metric.unit is Unit.MONEY:
        return Money(int(value), scope.rates.home)
    return target if metric.unit is Unit.RATIO else _number(target)


def _number(value: Fraction) -> Value:
    """A number as a value of a Sentence: whole ones as they are, others with one decimal."""
    return value.numerator if value.denominator == 1 else f"{float(value):.1f}"
