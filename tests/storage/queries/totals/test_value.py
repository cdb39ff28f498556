"""Value totals: what was paid, what it cost, who paid again, and the churn that lifetimes are reckoned from."""

from datetime import UTC, date
from fractions import Fraction
from typing import Any

import pytest

from metrics.errors import MissingRate
from metrics.facts import ValueFacts
from metrics.money import Rates
from metrics.periods import Period, month_of, quarter_of, trailing_months
from metrics.types import BookFilter, Definitions, RevenueFacts
from storage.queries.revenue import revenue
from storage.queries.totals import Scope, facts_by_account, facts_by_period, facts_of
from storage.session import Session
from tests.storage.queries import rows

OCTOBER = month_of(date(2026, 10, 1))
RATES = Rates("USD", {"EUR": Fraction("1.0837")}, OCTOBER.last)
SCOPE = Scope(OCTOBER, RATES, UTC)
SMB = SCOPE._replace(book=BookFilter(segment="smb"))
_keys = iter(range(1_000_000))


def bill(db: Session, account: int, paid_on: date | None, amount: int = 100, currency: str = "USD", **values: Any):
    values = {"status": "paid" if paid_on else "open", "due_on": paid_on or date(2026, 9, 1), **values}
    key = f"i-{next(_keys)}"
    rows.add(db, "invoice", key=key, account_id=account, paid_on=paid_on, amount=amount, currency=currency, **values)


def spend(db: Session, day: date, amount: int, account: int | None = None, currency: str = "USD"):
    key = f"k-{next(_keys)}"
    rows.add(db, "cost", key=key, day=day, category="people", amount=amount, currency=currency, account_id=account)


def test_an_empty_store_knows_neither_invoices_nor_costs(db: Session) -> None:
    nothing = ValueFacts(RevenueFacts("USD", OCTOBER.start, OCTOBER.end), churn=((0, 0),) * 12)
    assert facts_of(db, ValueFacts, SCOPE) == nothing
    assert facts_by_account(db, ValueFacts, SCOPE) == {}
    assert facts_by_period(db, ValueFacts, SCOPE, []) == ()


def test_revenue_is_the_periods_and_the_margin_the_companys(db: Session) -> None:
    rows.subscribe(db, rows.account(db), rows.paid(date(2026, 10, 10)))
    facts = facts_of(db, ValueFacts, SCOPE._replace(definitions=Definitions(gross_margin=Fraction(4, 5))))
    assert facts.revenue == revenue(db, OCTOBER, rates=RATES)
    assert facts.gross_margin == Fraction(4, 5)


# --- Paid ----------------------------------------------------------------------------------------------------------


def test_what_was_paid_counts_by_the_day_on_which_it_was(db: Session) -> None:
    account = rows.account(db)
    bill(db, account, date(2026, 9, 30), 1)
    bill(db, account, date(2026, 10, 1), 10)
    bill(db, account, date(2026, 10, 31), 100, due_on=date(2026, 12, 1))
    bill(db, account, date(2026, 11, 1), 1_000, due_on=date(2026, 10, 1))
    assert facts_of(db, ValueFacts, SCOPE).paid == 110


def test_what_was_refunded_or_never_paid_does_not_count(db: Session) -> None:
    account = rows.account(db)
    for status in ("open", "failed", "void", "refunded"):
        bill(db, account, date(2026, 10, 5), status=status)
    assert facts_of(db, ValueFacts, SCOPE).paid == 0


def test_before_the_first_invoice_nothing_is_known_of_payments(db: Session) -> None:
    bill(db, rows.account(db), None, due_on=date(2026, 10, 31))
    assert facts_of(db, ValueFacts, SCOPE._replace(period=OCTOBER.previous())).paid is None
    assert facts_of(db, ValueFacts, SCOPE).paid == 0


def test_foreign_invoices_are_converted_one_by_one(db: Session) -> None:
    account = rows.account(db)
    for _ in range(3):
        bill(db, account, date(2026, 10, 5), 7, "EUR")  # 7.59 each, 22.76 together
    bill(db, account, date(2026, 10, 5), 100)
    assert facts_of(db, ValueFacts, SCOPE).paid == 3 * 8 + 100


def test_a_missing_rate_is_an_error(db: Session) -> None:
    bill(db, rows.account(db), date(2026, 10, 5), 7, "GBP")
    with pytest.raises(MissingRate):
        facts_of(db, ValueFacts, SCOPE)


# --- Costs ---------------------------------------------------------------------------------------------------------


def test_costs_count_by_day_and_in_the_companys_currency(db: Session) -> None:
    for day in (date(2026, 9, 30), date(2026, 10, 1), date(2026, 10, 31), date(2026, 11, 1)):
        spend(db, day, 100)
    spend(db, date(2026, 10, 9), 7, currency="EUR")
    assert facts_of(db, ValueFacts, SCOPE).costs == 208


def test_before_the_first_cost_nothing_is_known_of_them_and_afterwards_a_month_may_be_free(db: Session) -> None:
    spend(db, date(2026, 9, 30), 100)
    assert facts_of(db, ValueFacts, SCOPE._replace(period=month_of(date(2026, 8, 1)))).costs is None
    assert facts_of(db, ValueFacts, SCOPE).costs == 0


def test_of_a_book_only_costs_of_its_accounts_count(db: Session) -> None:
    smb, mid = rows.account(db, segment="smb"), rows.account(db, segment="mid")
    spend(db, date(2026, 10, 2), 1)
    spend(db, date(2026, 10, 2), 20, mid)
    assert facts_of(db, ValueFacts, SMB).costs is None
    spend(db, date(2026, 10, 2), 300, smb)
    assert facts_of(db, ValueFacts, SMB).costs == 300
    assert facts_of(db, ValueFacts, SCOPE).costs == 321


# --- Churn and length ----------------------------------------------------------------------------------------------


def test_churn_is_that_of_the_twelve_full_months_whether_or_not_they_began_with_customers(db: Session) -> None:
    rows.subscribe(db, rows.account(db, segment="smb"), rows.paid(date(2026, 7, 10)))
    rows.subscribe(db, rows.account(db, segment="smb"), rows.paid(date(2026, 7, 10), date(2026, 9, 2)))
    for scope in (SCOPE, SMB):
        assert facts_of(db, ValueFacts, scope).churn == (*((0, 0),) * 9, (2, 0), (2, 1), (1, 0))
        running = scope._replace(period=Period(date(2026, 10, 1), date(2026, 10, 24)))
        assert facts_of(db, ValueFacts, running).churn == (*((0, 0),) * 10, (2, 0), (2, 1))


def test_customers_who_left_more_than_twelve_months_ago_do_not_count(db: Session) -> None:
    rows.subscribe(db, rows.account(db), rows.paid(date(2024, 1, 1)))
    rows.subscribe(db, rows.account(db), rows.paid(date(2024, 1, 1), date(2025, 10, 31)))
    assert facts_of(db, ValueFacts, SCOPE).churn == ((1, 0),) * 12


@pytest.mark.parametrize(
    ("period", "months"),
    [
        (OCTOBER, Fraction(1)),
        (quarter_of(date(2026, 10, 1)), Fraction(3)),
        (trailing_months(12, last_full_month_before=OCTOBER.end), Fraction(12)),
        (Period(date(2026, 9, 16), date(2026, 10, 1)), Fraction(1, 2)),
        (Period(date(2026, 9, 16), date(2026, 11, 1)), Fraction(3, 2)),
    ],
)
def test_a_period_is_as_many_months_as_its_days_make(db: Session, period: Period, months: Fraction) -> None:
    assert facts_of(db, ValueFacts, SCOPE._replace(period=period)).months == months


# --- Several periods -----------------------------------------------------------------------------------------------


def test_several_periods_together_are_the_same_as_one_by_one(db: Session) -> None:
    for number, segment in enumerate(("smb", "smb", "mid", "mid")):
        account = rows.account(db, segment=segment)
        currency = "EUR" if number == 1 else "USD"
        until = date(2026, 9, 1 + number) if number % 2 else None
        rows.subscribe(db, account, rows.paid(date(2025, 8 + number, 5), until, 999, currency))
        for month in range(1, 11, number + 1):
            bill(db, account, date(2026, month, 28), 333 + number, currency)
            spend(db, date(2026, month, 1), 77, account if number else None, currency)
    months = (
        *trailing_months(12, last_full_month_before=OCTOBER.end).months(),
        Period(OCTOBER.end, date(2026, 11, 24)),
    )
    weeks = [Period(date(2026, 10, day), date(2026, 10, day + 7)) for day in (1, 8, 15)]
    for scope in (SCOPE, SMB):
        for periods in (months, weeks):
            one_by_one = [facts_of(db, ValueFacts, scope._replace(period=period)) for period in periods]
            assert list(facts_by_period(db, ValueFacts, scope, periods)) == one_by_one


# --- Each account --------------------------------------------------------------------------------------------------


def test_each_account_has_its_own_value(db: Session) -> None:
    customer, gone, billed, costly, unknown = (rows.account(db, segment="smb") for _ in range(5))
    rows.subscribe(db, customer, rows.paid(date(2025, 1, 1), amount=50, currency="EUR"))
    rows.subscribe(db, gone, rows.paid(date(2025, 1, 1), date(2026, 2, 10), 70))
    bill(db, customer, date(2026, 10, 5), 7, "EUR")
    bill(db, customer, date(2026, 10, 6), 9, "EUR")
    bill(db, billed, None)
    bill(db, unknown, None, due_on=date(2026, 11, 1))
    spend(db, date(2026, 10, 2), 20, costly)
    spend(db, date(2026, 10, 2), 1)
    for scope in (SCOPE, SMB):
        found = facts_by_account(db, ValueFacts, scope)
        assert found.keys() == {customer, gone, billed, costly}
        for account_id, facts in found.items():
            assert facts == facts_of(db, ValueFacts, scope._replace(book=BookFilter(account_id=account_id)))
    assert (found[customer].paid, found[customer].costs, found[customer].churn) == (18, None, ((1, 0),) * 12)
    assert found[gone].churn == (*((1, 0),) * 3, (1, 1), *((0, 0),) * 8)
    assert (found[billed].paid, found[costly].costs) == (0, 20)
