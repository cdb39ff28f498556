"""What retention is made of: segment by segment, and by how long customers have been there."""

from fractions import Fraction
from typing import Final

from metrics.cohorts import Cohort, after
from metrics.formulas import all_metrics
from metrics.types import Breakdown, BreakdownRow, RevenueFacts, Sentence, plural
from storage.queries.book_groups import by_segment
from storage.queries.cohorts import cohorts_until
from storage.queries.totals import Scope, facts_of
from storage.session import Session

COHORTS: Final = 12
"""Cohorts of the picture, and its months: the oldest of them has come so far."""
AGES: Final = (1, 3, 6, 12)
"""Months after the first one at which all cohorts are looked at together."""
AGED_COHORTS: Final = 24


def last_cohorts(db: Session, scope: Scope) -> tuple[Cohort, ...]:
    """The cohorts of the last twelve months that are over at the period's end, with as many months."""
    return cohorts_until(db, scope.period.last, rates=scope.rates, width=COHORTS, book=scope.book, most=COHORTS)


def retention_by_age(db: Session, scope: Scope) -> Breakdown:
    """How many accounts and how much of their MRR are still there after some months, of two years' newcomers."""
    width = AGES[-1] + 1
    found = cohorts_until(db, scope.period.last, rates=scope.rates, width=width, book=scope.book, most=AGED_COHORTS)
    reached = (after(found, months) for months in AGES)
    rows = (
        BreakdownRow(
            plural("After {count} month", "After {count} months", one.months),
            (
                Sentence("{share} of accounts", {"share": one.by_accounts}),
                Sentence("{share} of MRR", {"share": one.by_mrr}),
            ),
        )
        for one in reached
        if one is not None
    )
    return Breakdown(Sentence("Still there, of the customers won in two years"), tuple(rows))


def retention_by_segment(db: Session, scope: Scope) -> Breakdown:
    """NRR, GRR and the customers kept of each segment, the worst first; nothing where there is only one."""
    parts = by_segment(db, scope.book)
    title = Sentence("Net revenue retention by segment")
    if len(parts) < 2:
        return Breakdown(title, ())
    metrics = all_metrics()
    rows: list[tuple[int | Fraction, BreakdownRow]] = []
    for part in parts:
        facts = facts_of(db, RevenueFacts, scope._replace(book=part.book))
        nrr, grr, kept = (metrics[name].measure(facts).value for name in ("nrr", "grr", "retention_rate"))
        if nrr is not None:
            values = (nrr, Sentence("GRR {grr}", {"grr": grr}), Sentence("{share} of customers kept", {"share": kept}))
            name = Sentence("no segment") if part.name is None else part.name
            rows.append((nrr, BreakdownRow(name, values)))
    return Breakdown(title, tuple(row for _, row in sorted(rows, key=lambda one: one[0])))
