"""Which accounts were customers at the two ends of a period."""

from datetime import date
from fractions import Fraction

import pytest

from metrics.errors import MissingRate
from metrics.money import Rates
from metrics.periods import month_of
from metrics.types import BookFilter
from storage.queries.stood_by_account import stood_by_account, stood_in_each
from storage.session import Session
from tests.storage.queries import rows

OCTOBER = month_of(date(2026, 10, 1))
MIDDLE, BEFORE = date(2026, 10, 15), date(2026, 1, 1)
RATES = Rates("USD", {"EUR": Fraction(11, 10)}, OCTOBER.last)
EVERYBODY = BookFilter()


def test_whoever_was_a_customer_at_any_time_is_told_with_the_two_ends(db: Session) -> None:
    stays, leaves, comes, short, returns, gone = (rows.account(db, segment="smb") for _ in range(6))
    rows.subscribe(db, stays, rows.paid(BEFORE, MIDDLE, 100), rows.paid(MIDDLE, amount=200, currency="EUR"))
    rows.subscribe(db, leaves, rows.paid(BEFORE, MIDDLE), rows.paid(BEFORE, MIDDLE, currency="EUR"))
    rows.subscribe(db, comes, rows.paid(MIDDLE), rows.paid(MIDDLE, currency="EUR"))
    rows.subscribe(db, short, rows.paid(OCTOBER.start, OCTOBER.last))
    rows.subscribe(db, returns, rows.paid(BEFORE, OCTOBER.start), rows.paid(OCTOBER.last))
    rows.subscribe(db, gone, rows.paid(BEFORE, date(2026, 9, 30)))
    expected = {
        stays: (True, True),
        leaves: (True, False),
        comes: (False, True),
        short: (False, False),
        returns: (True, True),
    }
    for book in (EVERYBODY, BookFilter(segment="smb")):
        assert stood_by_account(db, OCTOBER, RATES, book) == expected
    assert stood_by_account(db, OCTOBER, RATES, BookFilter(segment="mid")) == {}


def test_each_of_several_months_begins_where_the_one_before_ended(db: Session) -> None:
    account = rows.account(db)
    rows.subscribe(db, account, rows.paid(date(2026, 9, 3), MIDDLE))
    months = (month_of(date(2026, 8, 1)), month_of(date(2026, 9, 1)), OCTOBER, month_of(date(2026, 11, 1)))
    (stood,) = stood_in_each(db, months, RATES, EVERYBODY).values()
    assert stood == ((False, False), (False, True), (True, False), (False, False))


@pytest.mark.parametrize("until", [None, MIDDLE])
def test_a_currency_without_a_rate_is_an_error_as_for_revenue(db: Session, until: date | None) -> None:
    rows.subscribe(db, rows.account(db), rows.paid(BEFORE, until, currency="GBP"))
    with pytest.raises(MissingRate):
        stood_by_account(db, OCTOBER, RATES, EVERYBODY)
    assert stood_by_account(db, month_of(date(2025, 12, 1)), RATES, EVERYBODY) == {}
