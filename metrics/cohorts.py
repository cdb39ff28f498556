"""Cohort retention: per month of first MRR, the share of accounts and of MRR still there so many months later."""

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from itertools import accumulate
from typing import NamedTuple

from metrics.arithmetic import ratio


class MonthEnd(NamedTuple):
    """What an account is at the end of a month, and from then on until its next one."""

    month: date
    """Any day in it."""
    customer: bool
    mrr: int
    """Minor units of the report's currency; an amount may be worth nothing in it, so this does not tell customers."""


class Cohort(NamedTuple):
    """The accounts whose first MRR was in one month. Column k is the end of the k-th month after that one.

    A share is None where that month is not over yet, or where there is nothing to take a share of.
    """

    month: date
    """Its first day."""
    accounts: int
    """All of them, also those that left within the month."""
    mrr: int
    """What they paid at the end of the month."""
    by_accounts: tuple[Fraction | None, ...]
    by_mrr: tuple[Fraction | None, ...]
    """Growth included, so that a share may be more than 1."""


class After(NamedTuple):
    """What was left of several cohorts together after some months."""

    months: int
    cohorts: int
    """Those that have come so far."""
    by_accounts: Fraction
    by_mrr: Fraction | None
    """None where they paid nothing at the end of their first months."""


class _Sums:
    """What each month changed in one cohort."""

    def __init__(self, width: int) -> None:
        self.accounts = 0
        self.customers = [0] * width
        self.mrr = [0] * width


def cohorts(histories: Iterable[Sequence[MonthEnd]], *, until: date, width: int) -> tuple[Cohort, ...]:
    """The cohorts by month, each with `width` columns, column 0 being the end of its own first month.

    A history is one account's: the months in which anything changed, in order, beginning with that of its first MRR
    (where it may have left again at once); an empty one is no customer. `until` is a day in the last month that is
    over: what comes later is not counted.
    """
    last = _number(until)
    sums: dict[int, _Sums] = {}
    for history in histories:
        if not history or (first := _number(history[0].month)) > last:
            continue
        cohort = sums.get(first)
        if cohort is None:
            cohort = sums[first] = _Sums(width)
        cohort.accounts += 1
        _add(cohort, first, history)
    return tuple(_cohort(first, sums[first], last) for first in sorted(sums))


def after(found: Iterable[Cohort], months: int) -> After | None:
    """The cohorts together, `months` after the first month of each; None where none has come so far.

    Every account, and every unit of MRR at the end of the first month, weighs the same.

    >>> half = Cohort(date(2026, 1, 1), 4, 100, (Fraction(1), Fraction(1, 2)), (Fraction(1), Fraction(1, 4)))
    >>> after([half, half._replace(accounts=12, by_accounts=(Fraction(1), Fraction(5, 6)))], 1).by_accounts
    Fraction(3, 4)
    """
    come = [(one, one.by_accounts[months], one.by_mrr[months]) for one in found if months < len(one.by_accounts)]
    still = [(one.accounts, share) for one, share, _ in come if share is not None]
    if not still:
        return None
    paid = [(one.mrr, share) for one, _, share in come if share is not None]
    by_mrr = ratio(sum(share * mrr for mrr, share in paid), sum(mrr for mrr, _ in paid))
    there = sum(share * accounts for accounts, share in still)
    return After(months, len(still), Fraction(there, sum(accounts for accounts, _ in still)), by_mrr)


def _add(cohort: _Sums, first: int, history: Sequence[MonthEnd]) -> None:
    """Note in which columns one account's history changes the cohort."""
    customer, mrr = False, 0
    for month, is_customer, now in history:
        column = month.year * 12 + month.month - 1 - first
        if column >= len(cohort.mrr):
            break
        cohort.customers[column] += is_customer - customer
        cohort.mrr[column] += now - mrr
        customer, mrr = is_customer, now


def _cohort(first: int, sums: _Sums, last: int) -> Cohort:
    reached = min(last - first + 1, len(sums.mrr))
    still, paid = tuple(accumulate(sums.customers[:reached])), tuple(accumulate(sums.mrr[:reached]))
    to_come = (None,) * (len(sums.mrr) - reached)
    return Cohort(
        date(first // 12, first % 12 + 1, 1),
        sums.accounts,
        paid[0] if paid else 0,
        (*(ratio(count, sums.accounts) for count in still), *to_come),
        (*(ratio(mrr, paid[0]) for mrr in paid), *to_come),
    )


def _number(day: date) -> int:
    """Months since year 0."""
    return day.year * 12 + day.month - 1
