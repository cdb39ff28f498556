"""Cohorts as the store has them: the same as account by account, whatever was imported."""

from datetime import date
from fractions import Fraction
from random import Random

import pytest

from metrics.errors import MissingRate
from metrics.money import Rates, home_only
from metrics.movements import ledger
from metrics.periods import month_of
from metrics.types import BookFilter, Movement, SubscriptionRow
from storage.queries.cohorts import cohorts_until, last_month_over
from storage.session import Session
from tests.metrics.test_cohorts import shares, the_long_way
from tests.storage.queries import rows

RATES = home_only("USD", date(2026, 10, 31))
MONTHS = [date(2026, month, 1) for month in range(1, 11)]


def history(chance: Random) -> list[SubscriptionRow]:
    """A few stretches of one subscription, some with gaps, ends and other prices."""
    found, day = [], date(2026, chance.randint(1, 8), chance.randint(1, 28))
    for _ in range(chance.randint(1, 4)):
        until = day.replace(month=min(day.month + chance.randint(0, 3), 12), day=chance.randint(1, 28))
        if until <= day:
            continue
        found.append(rows.paid(day, until, amount=chance.choice((100, 250, 1_000))))
        day = until if chance.random() < 0.6 else until.replace(month=min(until.month + 1, 12))
    return found


def test_they_are_what_the_lines_say_one_by_one(db: Session) -> None:
    chance, accounts = Random(7), list[tuple[Movement, ...]]()
    for _ in range(60):
        found = history(chance)
        rows.subscribe(db, rows.account(db), *found)
        accounts.append(ledger(found))
    for width in (3, 12):
        assert cohorts_until(db, date(2026, 10, 31), rates=RATES, width=width) == the_long_way(accounts, MONTHS, width)
        running = cohorts_until(db, date(2026, 8, 30), rates=RATES, width=width)
        assert running == the_long_way(accounts, MONTHS[:7], width)


def test_a_running_month_is_left_out() -> None:
    assert last_month_over(date(2026, 10, 31)) == date(2026, 10, 31)
    assert last_month_over(date(2026, 10, 30)) == date(2026, 9, 30)


def test_an_account_with_several_currencies_is_one_account(db: Session) -> None:
    euros = rows.paid(date(2026, 1, 5), date(2026, 3, 5), amount=100, currency="EUR", subscription="s-2")
    rows.subscribe(db, rows.account(db), rows.paid(date(2026, 2, 5), date(2026, 4, 5), amount=300), euros)
    rates = Rates("USD", {"EUR": Fraction(2)}, date(2026, 10, 31))
    (cohort,) = cohorts_until(db, date(2026, 4, 30), rates=rates, width=4)
    assert (cohort.accounts, cohort.mrr) == (1, 200)
    assert cohort.by_accounts == shares(1, 1, 1, 0)
    assert cohort.by_mrr == shares(1, Fraction(500, 200), Fraction(300, 200), 0)
    with pytest.raises(MissingRate):
        cohorts_until(db, date(2026, 4, 30), rates=RATES, width=4)


def test_a_book_has_its_own(db: Session) -> None:
    rows.subscribe(db, rows.account(db, segment="smb"), rows.paid(date(2026, 1, 5)))
    rows.subscribe(db, rows.account(db, segment="mid"), rows.paid(date(2026, 2, 5)))
    found = cohorts_until(db, date(2026, 10, 31), rates=RATES, width=2, book=BookFilter(segment="mid"))
    assert [cohort.month for cohort in found] == [month_of(date(2026, 2, 5)).start]


def test_the_last_cohorts_alone_are_the_same_ones(db: Session) -> None:
    chance = Random(11)
    for _ in range(40):
        rows.subscribe(db, rows.account(db, segment=chance.choice(("smb", "mid"))), *history(chance))
    for book in (BookFilter(), BookFilter(segment="smb")):
        everything = cohorts_until(db, date(2026, 10, 31), rates=RATES, width=12, book=book)
        last = cohorts_until(db, date(2026, 10, 31), rates=RATES, width=12, book=book, most=5)
        assert last == tuple(cohort for cohort in everything if cohort.month >= date(2026, 6, 1))


def test_an_empty_store_has_none(db: Session) -> None:
    assert cohorts_until(db, date(2026, 10, 31), rates=RATES, width=12) == ()
