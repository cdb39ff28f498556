"""Speed of every kind of figure, of the cohort grid and of a scorecard: python -m benchmarks.figures [people].

One month of the whole company, by facts: what a figure costs is what its facts cost. Three sizes show that cost grows
no faster than the rows. With `people` also usage, contacts, answers, tickets and invoices, at 10,000 accounts; use of
the product is counted ahead, as the job `product` does it, and `/latido adoption` is measured as a whole.
"""

import sys
import tracemalloc
from datetime import UTC, date, datetime, time
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from benchmarks.books import BEGIN, TODAY, best, store
from bot.product_use import count_use
from commands.adoption import TOPIC as ADOPTION
from commands.core.asked import months_to
from commands.core.request import Company
from commands.core.scorecard import beside_peers, growth_parts
from commands.csm import TOPIC
from commands.ui.cards.topic_card import metrics_of
from metrics.cohorts import Cohort
from metrics.facts import PortfolioFacts, ProductTotals, RenewalFacts, TrailingFacts, ValueFacts
from metrics.formulas import all_metrics
from metrics.periods import month_of
from metrics.types import BookFilter, RevenueFacts
from storage.queries.cohorts import cohorts_until
from storage.queries.rates import rates_on
from storage.queries.totals import Scope, all_totals, facts_by_period, facts_of
from storage.session import Session, reading

LAST = month_of(date(2026, 10, 1))
LIMITS = {10_000: 20, 30_000: None, 100_000: 60}
"""Milliseconds for one company figure of one month."""
COHORT_MS, SCORECARD_MS, ADOPTION_MS, MEMORY_MB = 500, 100, 300, 50
OF_REVENUE = (RevenueFacts, TrailingFacts, PortfolioFacts, ValueFacts, RenewalFacts)


def measure(engine: Engine, accounts: int, kinds: list[type[Any]]) -> None:
    """Print one size."""
    print(f"\n{accounts:,} accounts")
    with reading(engine) as db:
        scope = Scope(LAST, rates_on(db, LAST.last, home="USD"), UTC)
        for kind in kinds:
            took = best(lambda: facts_of(db, kind, scope), 3)  # noqa: B023 - called at once
            _tell(kind.__name__, took, LIMITS[accounts])
        _tell("cohort grid 36 x 36", best(lambda: _cohorts(db, scope), 3), COHORT_MS if accounts == 10_000 else None)
        _tell(
            "scorecard of one CSM", best(lambda: _scorecard(db, scope), 3), SCORECARD_MS if accounts == 10_000 else None
        )
        if ProductTotals in kinds:
            _tell("adoption, twelve months of it", best(lambda: _adoption(db, scope), 3), ADOPTION_MS)
            _tell("adoption, of a plan (counted)", best(lambda: facts_of(db, ProductTotals, _of_plan(scope)), 3), None)
        tracemalloc.start()
        facts_of(db, RevenueFacts, _of_plan(scope))
        used = tracemalloc.get_traced_memory()[1] / 1e6
        print(f"  {'memory of a figure from lines':<28}{used:9.1f} MB  limit {MEMORY_MB} MB")
        tracemalloc.stop()


def _cohorts(db: Session, scope: Scope) -> tuple[Cohort, ...]:
    return cohorts_until(db, scope.period.last, rates=scope.rates, width=36, most=36)


def _scorecard(db: Session, scope: Scope) -> None:
    """What /csm reads: its figures' facts, the parts of growth, the other CSMs."""
    own = scope._replace(book=BookFilter(csm_email="csm-7@company.example"))
    for kind in {all_metrics()[name].facts for name in metrics_of(TOPIC)}:
        facts_of(db, kind, own)
    growth_parts(db, own)
    beside_peers(db, own)


def _adoption(db: Session, scope: Scope) -> None:
    """What /latido adoption and /latido metric product_adoption read."""
    for kind in {all_metrics()[name].facts for name in metrics_of(ADOPTION)}:
        facts_of(db, kind, scope)
        facts_of(db, kind, scope._replace(period=scope.period.previous()))
    facts_by_period(db, ProductTotals, scope, months_to(scope.period))
    for read in (*(accounts.rows for accounts in ADOPTION.accounts), *ADOPTION.breakdowns):
        read(db, scope)


def _of_plan(scope: Scope) -> Scope:
    return scope._replace(book=BookFilter(plan="team"))


def _count_ahead(engine: Engine) -> None:
    begun = perf_counter()
    windows = count_use(engine, Company("USD", ZoneInfo("UTC")), datetime.combine(TODAY, time(9), UTC))
    print(f"use of the product counted ahead for {windows} windows in {perf_counter() - begun:.1f} s")


def _tell(name: str, took: float, limit: float | None) -> None:
    verdict = "" if limit is None else f"  limit {limit} ms  {'ok' if took <= limit else 'TOO SLOW'}"
    print(f"  {name:<28}{took:9.1f} ms{verdict}")


if __name__ == "__main__":
    assert LAST.start > BEGIN
    if "people" in sys.argv:
        with store(people=True) as engine:
            _count_ahead(engine)
            measure(engine, 10_000, list(all_totals()))
    else:
        for size in LIMITS:
            with store(accounts=size) as engine:
                measure(engine, size, list(OF_REVENUE))
