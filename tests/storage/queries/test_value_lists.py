"""Who pays how much: by segment, by plan and account by account, in any currency."""

from datetime import UTC, date
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import update

from metrics.errors import MissingRate
from metrics.money import Rates, home_only
from metrics.periods import month_of
from metrics.types import BookFilter, Breakdown, ChurnDate, Definitions, LedgerRules, Money, Sentence
from storage.ledger import settle_rules
from storage.queries import tables
from storage.queries.revenue import revenue
from storage.queries.totals import Scope
from storage.queries.value_lists import NO_PLAN, NO_SEGMENT, by_plan, by_segment, largest_accounts
from storage.session import Session
from tests.storage.queries import rows

OCTOBER = month_of(date(2026, 10, 1))
RATES = Rates("USD", {"EUR": Fraction("1.0837"), "JPY": Fraction("0.00654321")}, OCTOBER.last)
SCOPE = Scope(OCTOBER, RATES, UTC)


def customer(db: Session, *paid: tuple[str, int, str], segment: str | None = None, **dates: Any) -> int:
    """A customer that pays (plan, amount a month, currency) for each of its subscriptions."""
    account = rows.account(db, segment=segment)
    started_on = dates.get("started_on", date(2026, 1, 1))
    found = [
        rows.paid(started_on, dates.get("ended_on"), amount, currency, plan=plan, subscription=f"s-{number}")
        for number, (plan, amount, currency) in enumerate(paid)
    ]
    rows.subscribe(db, account, *found)
    for row in found:
        values = row._asdict()
        rows.add(db, "subscription", key=f"{account}-{values.pop('subscription')}", account_id=account, **values)
    return account


def told(split: Breakdown) -> list[tuple[str, int, int]]:
    """Name, MRR and customers of each line."""
    lines = []
    for row in split.rows:
        money, customers, _ = row.values
        assert isinstance(money, Money)
        assert isinstance(customers, Sentence)
        assert customers.number is not None
        label = row.label.text if isinstance(row.label, Sentence) else row.label
        lines.append((label, money.minor, customers.number))
    return lines


def test_an_empty_store_has_nobody(db: Session) -> None:
    assert by_segment(db, SCOPE).rows == by_plan(db, SCOPE).rows == ()
    assert largest_accounts(db, SCOPE) == []


def test_segments_are_told_with_their_mrr_and_customers_the_largest_first(db: Session) -> None:
    customer(db, ("Team", 300, "USD"), segment="smb")
    customer(db, ("Team", 200, "USD"), segment="SMB ")
    customer(db, ("Team", 1_000, "EUR"), segment="mid")
    customer(db, ("Team", 50, "USD"))
    split = by_segment(db, SCOPE)
    assert told(split) == [("mid", 1_084, 1), ("SMB ", 500, 2), (NO_SEGMENT, 50, 1)]
    assert split.rows[1].values[2] == Sentence("{share} of MRR", {"share": Fraction(500, 1_634)})


def test_one_segment_alone_would_be_the_whole(db: Session) -> None:
    customer(db, ("Team", 300, "USD"), segment="smb")
    customer(db, ("Team", 300, "USD"), segment="mid")
    assert by_segment(db, SCOPE._replace(book=BookFilter(segment="smb"))).rows == ()


def test_only_what_is_paid_on_the_last_day_counts(db: Session) -> None:
    customer(db, ("Team", 100, "USD"), segment="a")
    customer(db, ("Team", 20, "USD"), segment="b", ended_on=OCTOBER.end)
    customer(db, ("Pro", 4, "USD"), segment="c", ended_on=OCTOBER.last)
    customer(db, ("Free", 0, "USD"), segment="d")
    customer(db, ("Max", 8, "USD"), segment="e", started_on=OCTOBER.end)
    assert told(by_segment(db, SCOPE)) == [("a", 100, 1), ("b", 20, 1)]
    assert [row.mrr for row in largest_accounts(db, SCOPE)] == [Money(100, "USD"), Money(20, "USD")]
    assert by_plan(db, SCOPE).rows == ()


def test_a_customer_of_two_plans_is_in_both(db: Session) -> None:
    customer(db, ("Team", 300, "USD"), ("Pro", 100, "USD"))
    customer(db, ("team", 50, "USD"))
    customer(db, ("", 20, "USD"))
    assert told(by_plan(db, SCOPE)) == [("Team", 350, 2), ("Pro", 100, 1), (NO_PLAN, 20, 1)]


def test_a_plan_has_nothing_of_those_who_are_no_customers_by_the_companys_rules(db: Session) -> None:
    customer(db, ("Team", 300, "USD"), ("Max", 900, "USD"))
    leaves = customer(db, ("Pro", 100, "USD"), ("Max", 8, "USD"))
    notice = update(tables.subscription).where(tables.subscription.c.account_id == leaves)
    db.execute(notice.values(cancelled_on=OCTOBER.last))
    late = customer(db, ("Pro", 20, "USD"))
    rows.add(db, "invoice", key="i", account_id=late, amount=1, currency="USD", status="open", due_on=date(2026, 9, 1))
    for rules, expected in (
        (LedgerRules(), [("Max", 908, 2), ("Team", 300, 1), ("Pro", 120, 2)]),
        (LedgerRules(churn_date=ChurnDate.CANCELLATION), [("Max", 900, 1), ("Team", 300, 1), ("Pro", 20, 1)]),
        (LedgerRules(past_due_days=30), [("Max", 908, 2), ("Team", 300, 1), ("Pro", 100, 1)]),
    ):
        settle_rules(db.connection(), rules, OCTOBER.end)
        scope = SCOPE._replace(definitions=Definitions(ledger=rules))
        assert told(by_plan(db, scope)) == expected
        assert sum(mrr for _, mrr, _ in expected) == revenue(db, OCTOBER, rates=RATES).closing


def test_plans_and_segments_add_up_to_the_mrr_whatever_the_rates(db: Session) -> None:
    for number in range(1, 12):
        plans = [("Team", 333 * number, "EUR"), ("Pro", 77 * number, "EUR"), ("Max", 9_999 * number, "JPY")]
        customer(db, *plans[: 1 + number % 3], segment=f"s{number % 4}")
    closing = revenue(db, OCTOBER, rates=RATES).closing
    for split in (by_segment(db, SCOPE), by_plan(db, SCOPE)):
        assert sum(mrr for _, mrr, _ in told(split)) == closing
    assert sum(row.mrr.minor for row in largest_accounts(db, SCOPE) if row.mrr) == closing


def test_the_largest_accounts_come_first_with_their_share(db: Session) -> None:
    small = customer(db, ("Team", 100, "USD"), segment="smb")
    large = customer(db, ("Team", 200, "USD"), ("Team", 100, "USD"))
    listed = largest_accounts(db, SCOPE)
    assert [row.account_id for row in listed] == [large, small]
    assert listed[0].why == Sentence("{share} of MRR", {"share": Fraction(3, 4)})
    assert [row.account_id for row in largest_accounts(db, SCOPE._replace(book=BookFilter(segment="smb")))] == [small]


@pytest.mark.parametrize("ask", [by_segment, by_plan, largest_accounts])
def test_a_missing_rate_is_an_error(db: Session, ask: Any) -> None:
    customer(db, ("Team", 100, "EUR"))
    with pytest.raises(MissingRate):
        ask(db, SCOPE._replace(rates=home_only("USD", OCTOBER.last)))
