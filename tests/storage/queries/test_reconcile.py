"""What other definitions of churn count, on a small book where each of them differs."""

from datetime import date

from metrics.money import home_only
from metrics.periods import month_of
from metrics.types import BookFilter
from storage.queries.reconcile import churn_facts
from storage.session import Session
from tests.storage.queries.rows import account, add, paid, subscribe

OCTOBER = month_of(date(2026, 10, 1))
RATES = home_only("USD", OCTOBER.last)


def day(month: int, number: int) -> date:
    return date(2026, month, number)


def billed(db: Session, account_id: int, key: str, started_on: date, ended_on: date | None = None) -> None:
    """A stored row of 100 USD a month."""
    add(db, "subscription", key=key, account_id=account_id, product="Core", plan="Team", amount=10_000, quantity=1,
        currency="USD", interval="month", interval_count=1, started_on=started_on, ended_on=ended_on)  # fmt: skip


def owes(db: Session, account_id: int, status: str, due_on: date, paid_on: date | None = None) -> None:
    """An invoice."""
    key = f"{account_id} {status}"
    add(db, "invoice", key=key, account_id=account_id, amount=1, currency="USD", due_on=due_on, status=status,
        paid_on=paid_on)  # fmt: skip


def story(db: Session) -> None:
    """A customer that stays, one that leaves, one that leaves and comes back twice, one that comes and goes."""
    stays = account(db, segment="smb")
    subscribe(db, stays, paid(day(1, 1)), paid(day(1, 1), day(10, 5), 2_000, product="Extra", subscription="s-2"))
    billed(db, stays, "stays", day(1, 1))
    billed(db, stays, "extra", day(1, 1), day(10, 5))
    leaves = account(db, segment="smb")
    subscribe(db, leaves, paid(day(1, 1), day(10, 10)))
    billed(db, leaves, "leaves", day(1, 1), day(10, 10))
    wavers = account(db)
    subscribe(db, wavers, paid(day(1, 1), day(10, 3)), paid(day(10, 8), day(10, 12)), paid(day(10, 20)))
    billed(db, wavers, "wavers", day(1, 1), day(10, 3))
    billed(db, wavers, "wavers", day(10, 20))
    visits = account(db)
    subscribe(db, visits, paid(day(10, 2), day(10, 9), 700))
    billed(db, visits, "visits", day(10, 2), day(10, 9))
    owes(db, stays, "open", day(9, 1))
    owes(db, stays, "paid", day(9, 1), day(11, 2))
    owes(db, wavers, "open", day(10, 15))  # not late yet
    owes(db, wavers, "void", day(1, 1))
    owes(db, leaves, "failed", day(8, 1))


def test_each_definition_gets_what_it_counts(db: Session) -> None:
    story(db)
    found = churn_facts(db, OCTOBER, rates=RATES)
    assert (found.revenue.customers_opening, found.revenue.customers_lost) == (3, 1)
    assert found.churns == 4  # leaves, wavers twice, visits
    assert found.arrivals == 3  # wavers twice, visits
    assert (found.came_and_left, found.came_and_left_mrr) == (1, 700)
    assert (found.subscriptions, found.subscriptions_ended) == (4, 2)
    assert (found.past_due, found.past_due_mrr) == (1, 10_000)  # who left owes, but is no customer


def test_a_book_counts_its_own_accounts(db: Session) -> None:
    story(db)
    found = churn_facts(db, OCTOBER, rates=RATES, book=BookFilter(segment="smb"))
    assert (found.churns, found.arrivals, found.came_and_left, found.past_due) == (1, 0, 0, 1)
    assert (found.subscriptions, found.subscriptions_ended) == (3, 2)


def test_nothing_at_all_counts_nothing(db: Session) -> None:
    found = churn_facts(db, OCTOBER, rates=RATES)
    assert (found.churns, found.arrivals, found.subscriptions, found.past_due, found.came_and_left_mrr) == (
        0,
        0,
        0,
        0,
        0,
    )
