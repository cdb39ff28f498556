"""What the twelve months up to a period's end did to the MRR of a book."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Final

from metrics.facts import TrailingFacts
from metrics.periods import Period, PeriodKind
from metrics.types import Cause, RevenueFacts
from storage.queries import rollup
from storage.queries.account_lines import lines_between, lines_by_account
from storage.queries.ledger import Fate, Line, Worth, fate
from storage.queries.revenue import monthly_revenue, revenue
from storage.queries.revenue_by_account import revenue_by_account
from storage.queries.totals import Scope, Totals
from storage.session import Session

MONTHS: Final = 12


def load(db: Session, scope: Scope) -> TrailingFacts:
    """The movements of those twelve months, and what came of the customers that there were before them."""
    return TrailingFacts(revenue(db, twelve_months(scope.period.end), rates=scope.rates, book=scope.book))


def by_account(db: Session, scope: Scope) -> Mapping[int, TrailingFacts]:
    """The movements of each account in those twelve months."""
    found = revenue_by_account(db, twelve_months(scope.period.end), rates=scope.rates, book=scope.book)
    return {account_id: TrailingFacts(year) for account_id, year in found.items()}


def series(db: Session, scope: Scope, periods: Sequence[Period]) -> Sequence[TrailingFacts]:
    """The same for several periods; of a book without a roll-up, the lines of all years are read once: they overlap.

    A year that ends within a month is read by itself.
    """
    years = [twelve_months(period.end) for period in periods]
    together: dict[Period, RevenueFacts] = {}
    if rollup.book_name(scope.book) is None:
        together = _together(db, scope, [year for year in years if year.end.day == 1])
    return [
        TrailingFacts(together.get(year) or revenue(db, year, rates=scope.rates, book=scope.book)) for year in years
    ]


def twelve_months(end: date) -> Period:
    """The twelve months up to, not including, `end`; those before 29 February begin on 1 March.

    >>> twelve_months(date(2026, 11, 24)).start
    datetime.date(2025, 11, 24)
    """
    leap = (end.month, end.day) == (2, 29)
    start = date(end.year - 1, 3, 1) if leap else end.replace(year=end.year - 1)
    return Period(start, end, PeriodKind.TRAILING if end.day == 1 else PeriodKind.CUSTOM)


# --- Years of calendar months that overlap -------------------------------------------------------------------------


def _together(db: Session, scope: Scope, years: Sequence[Period]) -> dict[Period, RevenueFacts]:
    """The facts of each year: its months' movements added up, and what came of each account from end to end."""
    if not years:
        return {}
    whole = Period(min(year.start for year in years), max(year.end for year in years))
    months = monthly_revenue(db, whole.months(), rates=scope.rates, book=scope.book)
    first_of = {month.start: number for number, month in enumerate(months)}
    fates = _fates(db, scope, whole, years)
    return {
        year: _sum(months[first_of[year.start] : first_of[year.start] + MONTHS], fates.get(year, [])) for year in years
    }


def _fates(db: Session, scope: Scope, whole: Period, years: Sequence[Period]) -> dict[Period, list[Fate]]:
    """By year, where each account that moved in it stood at its two ends."""
    worth = cache(scope.rates.to_home)
    fates: defaultdict[Period, list[Fate]] = defaultdict(list)
    for _, lines in lines_by_account(db, lines_between(db, whole.start, whole.end, scope.book)):
        for year, whole_fate in _of_account(lines, years, worth):
            fates[year].append(whole_fate)
    return fates


def _of_account(lines: Sequence[Line], years: Sequence[Period], worth: Worth) -> Iterator[tuple[Period, Fate]]:
    """One account's fate in each year in which it moved; years with the same lines have the same."""
    days = [one.day for one in lines]
    seen: dict[tuple[int, int], Fate] = {}
    for year in years:
        first, last = bisect_left(days, year.start), bisect_left(days, year.end)
        if first == last:
            continue
        if (first, last) not in seen:
            seen[first, last] = fate(lines[first:last], worth)
        yield year, seen[first, last]


def _sum(months: Sequence[RevenueFacts], fates: Sequence[Fate]) -> RevenueFacts:
    """A year from its months and the fates of the accounts that moved in it."""
    before, after = months[0], months[-1]
    stayed = [one for one in fates if one.was_customer]
    lost = Counter(one.left.cause or Cause.OTHER for one in stayed if one.left and not one.is_customer)
    by_cause: Counter[Cause] = Counter()
    for month in months:
        by_cause.update(month.by_cause)
    return RevenueFacts(
        currency=before.currency,
        start=before.start,
        end=after.end,
        opening=before.opening,
        new=sum(month.new for month in months),
        reactivation=sum(month.reactivation for month in months),
        expansion=sum(month.expansion for month in months),
        contraction=sum(month.contraction for month in months),
        churn=sum(month.churn for month in months),
        by_cause=dict(by_cause),
        retained=before.opening + sum(one.closing - one.opening for one in stayed),
        kept=before.opening + sum(min(one.closing - one.opening, 0) for one in stayed),
        customers_opening=before.customers_opening,
        customers_closing=after.customers_closing,
        customers_lost=sum(lost.values()),
        customers_won=sum(one.is_customer for one in fates if not one.was_customer),
        lost_by_cause=dict(lost),
    )


TOTALS = Totals(id="trailing", facts=TrailingFacts, load=load, by_account=by_account, series=series)
