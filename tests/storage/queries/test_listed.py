"""Accounts in lists, with what they pay."""

from datetime import UTC, date
from fractions import Fraction

import pytest

from metrics.errors import MissingRate
from metrics.money import Rates, home_only
from metrics.periods import month_of
from metrics.types import AccountRow, Money, Sentence
from storage.queries.listed import by_mrr, with_mrr, without_former
from storage.queries.totals import Scope
from storage.session import Session
from tests.storage.queries import rows

OCTOBER = month_of(date(2026, 10, 1))
SCOPE = Scope(OCTOBER, Rates("USD", {"EUR": Fraction(2)}, OCTOBER.last), UTC)


def listed(account_id: int) -> AccountRow:
    return AccountRow(account_id, f"k{account_id}", "…", None, Sentence("…"))


def test_mrr_is_that_of_the_periods_end_in_the_companys_currency(db: Session) -> None:
    payer, abroad, gone, never = (rows.account(db) for _ in range(4))
    rows.subscribe(db, payer, rows.paid(date(2026, 1, 1), date(2026, 11, 1)))
    rows.subscribe(db, abroad, rows.paid(date(2026, 1, 1), amount=700, currency="EUR"))
    rows.subscribe(db, gone, rows.paid(date(2026, 1, 1), date(2026, 10, 31)))
    found = with_mrr(db, SCOPE, [listed(one) for one in (gone, never, payer, abroad)])
    assert [row.mrr and row.mrr.minor for row in found] == [0, None, 10_000, 1_400]
    assert found[2].mrr == Money(10_000, "USD")
    assert [row.account_id for row in without_former(found)] == [never, payer, abroad]
    assert [row.account_id for row in sorted(without_former(found), key=by_mrr)] == [payer, abroad, never]


def test_many_accounts_are_as_right_as_few(db: Session) -> None:
    ids = [rows.account(db) for _ in range(501)]
    rows.subscribe(db, ids[-1], rows.paid(date(2026, 1, 1)))
    found = with_mrr(db, SCOPE, [listed(one) for one in ids])
    assert [row.account_id for row in found if row.mrr] == ids[-1:]
    assert with_mrr(db, SCOPE, []) == []


def test_a_currency_without_a_rate_is_named(db: Session) -> None:
    one = rows.account(db)
    rows.subscribe(db, one, rows.paid(date(2026, 1, 1), currency="GBP"))
    with pytest.raises(MissingRate):
        with_mrr(db, SCOPE._replace(rates=home_only("USD", OCTOBER.last)), [listed(one)])
