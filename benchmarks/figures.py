"""Speed of every kind of figure, of the cohort grid and of a scorecard: python -m benchmarks.figures [people].

One month of the whole company, by facts: what a figure costs is what its facts cost. Three sizes show that cost grows
no faster than the rows. With `people` also usage, contacts, answers, tickets and invoices, at 10,000 and 100,000
accounts; there usage is of fewer days, which take longest to make. What the jobs `product` and `figures` read ahead is
read ahead, and `/latido adoption` is measured as a whole.

A figure is asked for twice: `live`, as it is when something it rests on has just changed, and `kept`, as people get it
otherwise. At 10,000 accounts both have to be quick; at 100,000 what counts is what people get: kept where facts are
kept, else live.
"""

import sys
import tracemalloc
from datetime import UTC, date, datetime, time
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from benchmarks.books import BEGIN, TODAY, USAGE_DAYS, best, store
from bot.kept_figures import keep_figures
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
LIVE_TOO = 10_000
"""Up to so many accounts the limit is that of live figures too."""
OF_PEOPLE = {10_000: USAGE_DAYS, 100_000: 5}
"""Sizes that are measured with people, and days of their usage."""
COHORT_MS, SCORECARD_MS, ADOPTION_MS, MEMORY_MB = 500, 100, 300, 50
OF_REVENUE = (RevenueFacts, TrailingFacts, PortfolioFacts, ValueFacts, RenewalFacts)
COMPANY, NOW = Company("USD", ZoneInfo("UTC")), datetime.combine(TODAY, time(9), UTC)


def measure(engine: Engine, accounts: int, kinds: list[type[Any]], *, people: bool) -> None:
    """Print one size."""
    print(f"\n{accounts:,} accounts")
    with reading(engine) as db:
        scope = Scope(LAST, rates_on(db, LAST.last, home="USD"), UTC)
        live = {
            kind: _live(db, kind, scope) for kind in kinds if kind is not ProductTotals
        }  # counting is the job's work
    _read_ahead(engine)
    with reading(engine) as db:
        limit = LIMITS[accounts]
        for kind in kinds:
            is_kept = bool(all_totals()[kind].rests_on) or kind is ProductTotals
            if kind in live:
                _tell(f"{kind.__name__} live", live[kind], limit if accounts <= LIVE_TOO or not is_kept else None)
            if is_kept:
                _tell(f"{kind.__name__} kept", best(lambda: facts_of(db, kind, scope)), limit)  # noqa: B023 - called at once
        _others(db, accounts, scope)
        if people and accounts <= LIVE_TOO:
            _tell("adoption, twelve months of it", best(lambda: _adoption(db, scope), 3), ADOPTION_MS)
            _tell("adoption, of a plan (counted)", best(lambda: facts_of(db, ProductTotals, _of_plan(scope)), 3), None)


def _live(db: Session, kind: type[Any], scope: Scope) -> float:
    return best(lambda: all_totals()[kind].load(db, scope))


def _others(db: Session, accounts: int, scope: Scope) -> None:
    small = accounts == min(LIMITS)
    _tell("cohort grid 36 x 36", best(lambda: _cohorts(db, scope), 3), COHORT_MS if small else None)
    _tell("scorecard of one CSM", best(lambda: _scorecard(db, scope), 3), SCORECARD_MS if small else None)
    tracemalloc.start()
    facts_of(db, RevenueFacts, _of_plan(scope))
    used = tracemalloc.get_traced_memory()[1] / 1e6
    print(f"  {'memory of a figure from lines':<30}{used:9.1f} MB  limit {MEMORY_MB} MB")
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


def _read_ahead(engine: Engine) -> None:
    begun = perf_counter()
    windows = count_use(engine, COMPANY, NOW)
    print(f"  use of the product counted ahead for {windows} windows in {perf_counter() - begun:.1f} s")
    begun = perf_counter()
    done = keep_figures(engine, COMPANY, NOW)
    print(f"  facts of figures read ahead {done} times in {perf_counter() - begun:.1f} s")


def _tell(name: str, took: float, limit: float | None) -> None:
    verdict = "" if limit is None else f"  limit {limit} ms  {'ok' if took <= limit else 'TOO SLOW'}"
    print(f"  {name:<30}{took:9.2f} ms{verdict}")


if __name__ == "__main__":
    assert LAST.start > BEGIN
    people = "people" in sys.argv
    for size, days in (OF_PEOPLE if people else dict.fromkeys(LIMITS, USAGE_DAYS)).items():
        begun = perf_counter()
        with store(accounts=size, people=people, usage_days=days) as engine:
            print(f"\nthe store was made in {perf_counter() - begun:.0f} s", end="")
            measure(engine, size, list(all_totals()) if people else list(OF_REVENUE), people=people)
