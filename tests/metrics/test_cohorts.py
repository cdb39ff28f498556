"""Cohorts: who is still there and what is still paid, against the same worked out the long way."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from metrics.cohorts import After, Cohort, MonthEnd, after, cohorts
from metrics.movements import ledger
from metrics.periods import month_of
from metrics.types import Interval, Movement
from tests.metrics.strategies import histories, mrr_before

JAN, FEB, MAR, APR = (date(2026, month, 1) for month in (1, 2, 3, 4))
BOOKS = st.lists(histories(currencies=("EUR",), intervals=(Interval.MONTH,)), max_size=6)


def ends(lines: Sequence[Movement]) -> list[MonthEnd]:
    """The last line of each month as that month's end."""
    last = {month_of(line.day).start: line for line in lines}
    return [MonthEnd(line.day, line.after > 0, line.after) for line in last.values()]


def the_long_way(accounts: Sequence[Sequence[Movement]], months: Sequence[date], width: int) -> tuple[Cohort, ...]:
    """Every account's MRR at the end of every month, asked one by one; `months` are those that are over, in order."""
    found = []
    for begin in months:
        mine = [lines for lines in accounts if lines and month_of(lines[0].day).start == begin]
        if not mine:
            continue
        later = [month for month in months if month >= begin][:width]
        paid = [[mrr_before(lines, month_of(month).end) for lines in mine] for month in later]
        base = sum(paid[0])
        to_come = (None,) * (width - len(later))
        by_accounts = tuple(Fraction(sum(mrr > 0 for mrr in each), len(mine)) for each in paid)
        by_mrr = tuple(Fraction(sum(each), base) if base else None for each in paid)
        found.append(Cohort(begin, len(mine), base, (*by_accounts, *to_come), (*by_mrr, *to_come)))
    return tuple(found)


def shares(*each: int | Fraction | None) -> tuple[Fraction | None, ...]:
    """Whole numbers and fractions as shares."""
    return tuple(None if one is None else Fraction(one) for one in each)


def test_a_worked_example() -> None:
    stays = [MonthEnd(JAN, True, 1_000), MonthEnd(MAR, True, 1_500)]
    leaves = [MonthEnd(JAN, True, 3_000), MonthEnd(FEB, False, 0)]
    later = [MonthEnd(FEB, True, 700)]
    assert cohorts([stays, leaves, later], until=MAR, width=4) == (
        Cohort(
            JAN,
            2,
            4_000,
            shares(1, Fraction(1, 2), Fraction(1, 2), None),
            shares(1, Fraction(1, 4), Fraction(3, 8), None),
        ),
        Cohort(FEB, 1, 700, shares(1, 1, None, None), shares(1, 1, None, None)),
    )


def test_who_comes_back_is_there_again() -> None:
    back = [MonthEnd(JAN, True, 100), MonthEnd(FEB, False, 0), MonthEnd(MAR, True, 50)]
    (cohort,) = cohorts([back], until=MAR, width=3)
    assert cohort.by_accounts == shares(1, 0, 1)
    assert cohort.by_mrr == shares(1, 0, Fraction(1, 2))


def test_who_left_within_the_first_month_counts_as_an_account_and_pays_nothing() -> None:
    (cohort,) = cohorts([[MonthEnd(JAN, False, 0)], [MonthEnd(JAN, True, 900)]], until=FEB, width=2)
    assert (cohort.accounts, cohort.mrr) == (2, 900)
    assert cohort.by_accounts == shares(Fraction(1, 2), Fraction(1, 2))
    (gone,) = cohorts([[MonthEnd(JAN, False, 0)]], until=FEB, width=2)
    assert gone.by_accounts == shares(0, 0)
    assert gone.by_mrr == shares(None, None)


def test_a_month_that_is_not_over_is_not_told() -> None:
    both = [[MonthEnd(MAR, True, 100), MonthEnd(APR, False, 0)], [MonthEnd(APR, True, 100)]]
    (cohort,) = cohorts(both, until=date(2026, 3, 31), width=3)
    assert cohort.by_accounts == shares(1, None, None)


def test_a_customer_whose_amount_is_worth_nothing_is_a_customer() -> None:
    (cohort,) = cohorts([[MonthEnd(JAN, True, 0)]], until=JAN, width=1)
    assert cohort.by_accounts == shares(1)
    assert cohort.by_mrr == (None,)


def test_cohorts_together_weigh_each_account_and_each_unit_the_same() -> None:
    small = [MonthEnd(JAN, True, 100), MonthEnd(FEB, False, 0)]
    large = [[MonthEnd(FEB, True, 300), MonthEnd(MAR, True, 200)] for _ in range(3)]
    found = cohorts([small, *large], until=MAR, width=4)
    assert after(found, 1) == After(1, 2, Fraction(3, 4), Fraction(600, 1_000))
    assert after(found, 2) == After(2, 1, Fraction(0), Fraction(0))
    assert after(found, 3) is None
    assert after(found, 9) is None
    assert after([], 0) is None


def test_nobody_is_no_cohort() -> None:
    assert cohorts([[], []], until=APR, width=12) == ()


@given(BOOKS, st.integers(1, 6), st.integers(1, 8))
def test_they_are_what_the_months_say_one_by_one(book: list[list], over: int, width: int) -> None:  # type: ignore[type-arg]
    accounts = [ledger(rows) for rows in book]
    months = [date(2026, month, 1) for month in range(1, over + 1)]
    found = cohorts((ends(lines) for lines in accounts), until=months[-1], width=width)
    assert found == the_long_way(accounts, months, width)


@given(BOOKS)
def test_accounts_add_up_and_no_more_are_there_than_came(book: list[list]) -> None:  # type: ignore[type-arg]
    accounts = [lines for rows in book if (lines := ledger(rows))]
    found = cohorts((ends(lines) for lines in accounts), until=date(2026, 12, 1), width=12)
    assert sum(cohort.accounts for cohort in found) == len(accounts)
    assert all(share is None or 0 <= share <= 1 for cohort in found for share in cohort.by_accounts)
    assert [cohort.month for cohort in found] == sorted({month_of(lines[0].day).start for lines in accounts})
