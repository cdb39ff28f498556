"""Figures that are asked for by their ids: for a book as a whole, or for each of its parts or months."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC
from enum import StrEnum
from typing import Any, Final, NamedTuple

from rapidfuzz import fuzz, process

from commands.core.errors import NotUnderstood
from commands.core.words import short
from metrics.facts import (
    AdvocacyTotals,
    CampaignTotals,
    PipelineTotals,
    PointsFacts,
    PortfolioFacts,
    ProductTotals,
    RenewalFacts,
    ServiceTotals,
    TrailingFacts,
    ValueFacts,
    VoiceTotals,
)
from metrics.formulas import all_metrics
from metrics.types import BookFilter, Figure, Metric, RevenueFacts, Sentence
from storage.queries.accounts import by_id
from storage.queries.book_groups import BookPart, by_csm, by_plan, by_segment
from storage.queries.freshness import imported_on
from storage.queries.totals import Scope, facts_by_account, facts_by_period, facts_of
from storage.session import Session

RESTS_ON: Final[Mapping[type, tuple[str, ...]]] = {
    RevenueFacts: ("subscriptions",),
    TrailingFacts: ("subscriptions",),
    PortfolioFacts: ("subscriptions",),
    ValueFacts: ("subscriptions", "invoices", "costs"),
    RenewalFacts: ("subscriptions",),
    PointsFacts: ("contacts",),
    VoiceTotals: ("survey_responses",),
    ProductTotals: ("usage",),
    ServiceTotals: ("tickets",),
    PipelineTotals: ("leads",),
    CampaignTotals: ("campaigns",),
    AdvocacyTotals: ("advocacy",),
}
"""The data behind each kind of facts: where none of it ever came in, a figure has no answer, whatever its sums are."""

SUGGESTIONS: Final = 3


class By(StrEnum):
    """What a book's figures can be split by."""

    SEGMENT = "segment"
    CSM = "csm"
    PLAN = "plan"
    MONTH = "month"
    ACCOUNT = "account"


_BOOKS: Final[Mapping[By, Callable[[Session, BookFilter], Sequence[BookPart]]]] = {
    By.SEGMENT: by_segment,
    By.CSM: by_csm,
    By.PLAN: by_plan,
}


class Measured(NamedTuple):
    """A metric with its value."""

    metric: Metric[Any]
    figure: Figure


class Group(NamedTuple):
    """The values of one part of a book."""

    name: str | None
    """The segment, the CSM's address, the plan, the month (2026-10) or the account's key; None: those of none."""
    scope: Scope
    values: tuple[Measured, ...]


def metric_named(name: str) -> Metric[Any]:
    """The metric with that id, however its letters and hyphens are written; NotUnderstood with the nearest ids."""
    metrics = all_metrics()
    wanted = name.strip().casefold().replace("-", "_").replace(" ", "_")
    if wanted in metrics:
        return metrics[wanted]
    near = process.extract(wanted, metrics.keys(), scorer=fuzz.WRatio, limit=SUGGESTIONS)
    sentence = Sentence("There is no metric “{name}”.", {"name": short(name)})
    raise NotUnderstood(sentence, suggestions=tuple(id_ for id_, _, _ in near))


def values(db: Session, metrics: Iterable[Metric[Any]], scope: Scope) -> tuple[Measured, ...]:
    """Each metric's value; facts that several need are read once. MissingRate where a currency has no rate."""
    wanted = tuple(metrics)
    return _measured(wanted, {kind: facts_of(db, kind, scope) for kind in _kinds(wanted)}, _unknown(db, wanted))


def grouped_values(db: Session, metrics: Iterable[Metric[Any]], scope: Scope, by: By) -> tuple[Group, ...]:
    """The same for each part of the book, the accounts that have no such part last, or for each of its months.

    By account: for each the metrics that it has a part in, counted as in the book, in order of the accounts' keys.

    All amounts are converted at the scope's rates: months can be held against each other.
    """
    wanted = tuple(metrics)
    if by is By.MONTH:
        return _months(db, wanted, scope)
    if by is By.ACCOUNT:
        return tuple(_accounts(db, wanted, scope))
    parts = (Group(part.name, scope._replace(book=part.book), ()) for part in _BOOKS[by](db, scope.book))
    return tuple(group._replace(values=values(db, wanted, group.scope)) for group in parts)


def _months(db: Session, wanted: Sequence[Metric[Any]], scope: Scope) -> tuple[Group, ...]:
    periods = scope.period.months()
    facts: Mapping[type, Sequence[Any]] = {kind: facts_by_period(db, kind, scope, periods) for kind in _kinds(wanted)}
    unknown = _unknown(db, wanted)
    return tuple(
        Group(
            f"{period.start:%Y-%m}",
            scope._replace(period=period),
            _measured(wanted, {kind: found[number] for kind, found in facts.items()}, unknown),
        )
        for number, period in enumerate(periods)
    )


def _accounts(db: Session, wanted: Sequence[Metric[Any]], scope: Scope) -> Iterator[Group]:
    facts: Mapping[type, Mapping[int, Any]] = {kind: facts_by_account(db, kind, scope) for kind in _kinds(wanted)}
    unknown = _unknown(db, wanted)
    accounts = by_id(db, {account_id for each in facts.values() for account_id in each})
    for account in sorted(accounts.values(), key=lambda one: one.key):
        own = {kind: each[account.id] for kind, each in facts.items() if account.id in each}
        metrics = tuple(metric for metric in wanted if metric.facts in own)
        alone = scope._replace(book=scope.book._replace(account_id=account.id))
        yield Group(account.key, alone, _measured(metrics, own, unknown))


def _kinds(metrics: Sequence[Metric[Any]]) -> tuple[type, ...]:
    return tuple(dict.fromkeys(metric.facts for metric in metrics))


def _measured(
    metrics: Sequence[Metric[Any]], facts: Mapping[type, Any], unknown: frozenset[type]
) -> tuple[Measured, ...]:
    found = (Measured(metric, metric.measure(facts[metric.facts])) for metric in metrics)
    return tuple(
        Measured(metric, Figure(None, figure.inputs)) if metric.facts in unknown else Measured(metric, figure)
        for metric, figure in found
    )


def _unknown(db: Session, metrics: Sequence[Metric[Any]]) -> frozenset[type]:
    """The kinds of facts of which nothing ever came in."""
    behind = {kind: RESTS_ON[kind] for kind in _kinds(metrics) if kind in RESTS_ON}
    loaded = imported_on(db, {entity for entities in behind.values() for entity in entities}, zone=UTC)
    return frozenset(kind for kind, entities in behind.items() if not any(loaded[entity] for entity in entities))
