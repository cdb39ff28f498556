"""What definitions of churn count: a small book where each of them differs, and random ones by every rule."""

from datetime import date, timedelta
from fractions import Fraction
from random import Random

import pytest
from sqlalchemy import select

from metrics.facts import ChurnFacts
from metrics.money import Rates, home_only
from metrics.periods import Period, month_of
from metrics.types import BookFilter, ChurnDate, LedgerRules
from storage.ledger import settle_rules
from storage.queries import tables
from storage.queries.reconcile import reconciliation
from storage.queries.revenue import revenue
from storage.session import Session
from tests.storage.queries.rows import account, add

OCTOBER = month_of(date(2026, 10, 1))
TODAY = date(2026, 11, 23)
RATES = home_only("USD", OCTOBER.last)
RATES_OF_EUR = Fraction(113, 100)
SERVICE = LedgerRules()
NOTICE = LedgerRules(churn_date=ChurnDate.CANCELLATION)
PAID_UP = LedgerRules(past_due_days=30)


def day(month: int, number: int) -> date:
    return date(2026, month, number)


def billed(
    db: Session, account_id: int, key: str, started_on: date, ended_on: date | None = None, **values: object
) -> None:
    """A stored row of 100 USD a month."""
    row = {"product": "Core", "plan": "Team", "amount": 10_000, "quantity": 1, "currency": "USD", "interval": "month"}
    add(db, "subscription", **{**row, "key": key, "account_id": account_id, "interval_count": 1,
                               "started_on": started_on, "ended_on": ended_on, **values})  # fmt: skip


def owes(db: Session, account_id: int, status: str, due_on: date, paid_on: date | None = None) -> None:
    """An invoice."""
    key = f"{account_id} {status} {due_on}"
    add(db, "invoice", key=key, account_id=account_id, amount=1, currency="USD", due_on=due_on, status=status,
        paid_on=paid_on)  # fmt: skip


def story(db: Session, rules: LedgerRules = SERVICE) -> None:
    """A customer that stays, one that leaves, one that leaves and comes back twice, one that comes and goes."""
    stays = account(db, segment="smb")
    billed(db, stays, "stays", day(1, 1))
    billed(db, stays, "extra", day(1, 1), day(10, 5), amount=2_000, product="Extra")
    leaves = account(db, segment="smb")
    billed(db, leaves, "leaves", day(1, 1), day(10, 10))
    wavers = account(db)
    billed(db, wavers, "wavers", day(1, 1), day(10, 3))
    billed(db, wavers, "wavers", day(10, 8), day(10, 12))
    billed(db, wavers, "wavers", day(10, 20))
    visits = account(db)
    billed(db, visits, "visits", day(10, 2), day(10, 9), amount=700)
    owes(db, stays, "open", day(9, 1))
    owes(db, stays, "paid", day(9, 1), day(11, 2))
    owes(db, wavers, "open", day(10, 25))  # not late yet
    owes(db, wavers, "void", day(1, 1))
    owes(db, leaves, "failed", day(8, 1))
    settle_rules(db.connection(), rules, TODAY)


def test_each_definition_gets_what_it_counts(db: Session) -> None:
    story(db)
    found = reconciliation(db, OCTOBER, rates=RATES, rules=SERVICE, today=TODAY)
    assert found.by_service == found.ours
    assert found.by_notice is None
    ours, paid_up = found.ours, found.paid_up
    assert (ours.customers_opening, ours.customers_lost) == (3, 1)
    assert ours.churns == 4  # leaves, wavers twice, visits
    assert ours.arrivals == 3  # wavers twice, visits
    assert (ours.came_and_left, ours.came_and_left_mrr) == (1, 700)
    assert (ours.subscriptions, ours.subscriptions_ended) == (4, 2)
    assert (ours.customers_closing, paid_up.customers_closing) == (2, 1)
    assert ours.closing - paid_up.closing == 10_000  # who left owes too, but is no customer
    assert (paid_up.customers_opening, paid_up.customers_lost) == (2, 1)  # who left in October owed since September


def test_every_day_begins_where_the_last_one_ended(db: Session) -> None:
    story(db)
    days = reconciliation(db, OCTOBER, rates=RATES, rules=SERVICE, today=TODAY).ours.days
    assert len(days) == 31
    assert [each.customers for each in days[:12]] == [3, 3, 4, 3, 3, 3, 3, 3, 4, 3, 2, 2]
    assert [number for number, each in enumerate(days, 1) if each.churned] == [3, 9, 10, 12]
    assert days[1].lost == 0  # what came that day was new
    assert (days[4].mrr, days[4].lost) == (22_700, 2_000)
    assert days[7].lost == -10_000  # who came back


def test_the_day_of_notice_is_known_where_it_was_sent(db: Session) -> None:
    story(db)
    goes = account(db)
    billed(db, goes, "goes", day(1, 1), day(11, 15), cancelled_on=day(10, 20))
    settle_rules(db.connection(), NOTICE, TODAY)
    found = reconciliation(db, OCTOBER, rates=RATES, rules=NOTICE, today=TODAY)
    assert found.by_notice == found.ours
    assert (found.ours.customers_opening, found.ours.customers_lost) == (4, 2)
    assert (found.by_service.customers_opening, found.by_service.customers_lost) == (4, 1)


def test_a_book_counts_its_own_accounts(db: Session) -> None:
    story(db)
    smb = BookFilter(segment="smb")
    found = reconciliation(db, OCTOBER, rates=RATES, rules=SERVICE, today=TODAY, book=smb)
    ours = found.ours
    assert (ours.churns, ours.arrivals, ours.came_and_left) == (1, 0, 0)
    assert (ours.subscriptions, ours.subscriptions_ended) == (3, 2)
    assert ours.customers_closing - found.paid_up.customers_closing == 1


def test_nothing_at_all_counts_nothing(db: Session) -> None:
    found = reconciliation(db, OCTOBER, rates=RATES, rules=SERVICE, today=TODAY)
    assert (found.ours.churns, found.ours.arrivals, found.ours.subscriptions, found.ours.closing) == (0, 0, 0, 0)
    assert found.paid_up == found.ours


# --- Random books ------------------------------------------------------------------------------------------------


def random_book(db: Session, chance: Random) -> None:
    """Accounts with rows, notices and bills on days so near each other that they meet."""
    for number in range(80):
        who = account(db, segment=chance.choice(("smb", None)))
        for row in range(chance.randint(1, 4)):
            start = day(8, 1) + timedelta(days=chance.randint(0, 110))
            end = chance.choice((None, start + timedelta(days=chance.randint(0, 50))))
            until = (end or day(12, 10)) - timedelta(days=chance.randint(0, 60))
            notice = until if chance.random() < 0.4 else None
            billed(db, who, f"{number} {row}", start, end, cancelled_on=notice, amount=chance.choice((0, 5_000, 9_999)),
                   currency=chance.choice(("USD", "USD", "EUR")), plan=chance.choice(("Team", "Pro")))  # fmt: skip
        for bill in range(chance.randint(0, 3)):
            due = day(7, 1) + timedelta(days=chance.randint(0, 130))
            paid = chance.choice((None, due + timedelta(days=chance.randint(-5, 60))))
            status = chance.choice(("open", "failed", "paid", "refunded", "void"))
            add(db, "invoice", key=f"{number} {bill}", account_id=who, amount=chance.choice((0, 100, 100, -100)),
                currency="USD", due_on=due, status=status, paid_on=paid)  # fmt: skip


def ours(db: Session, period: Period, rates: Rates, rules: LedgerRules, book: BookFilter) -> ChurnFacts:
    """What is counted in a store that is kept by these rules."""
    settle_rules(db.connection(), rules, TODAY)
    return reconciliation(db, period, rates=rates, rules=rules, today=TODAY, book=book).ours


RULES = [
    SERVICE,
    NOTICE,
    PAID_UP,
    LedgerRules(grace_days=6),
    LedgerRules(3, ChurnDate.CANCELLATION, 10),
    LedgerRules(12, ChurnDate.SERVICE_END, 0),
]


@pytest.mark.slow
@pytest.mark.parametrize("rules", RULES, ids=str)
def test_by_whatever_rules_the_store_is_kept_each_definition_is_exact(db: Session, rules: LedgerRules) -> None:
    random_book(db, Random(7))
    rates = Rates("USD", {"EUR": RATES_OF_EUR}, OCTOBER.last)
    for period in (OCTOBER, Period(day(9, 10), day(11, 5)), Period(day(11, 20), day(11, 24))):
        for book in (BookFilter(), BookFilter(segment="smb")):
            right = [ours(db, period, rates, other, book) for other in (SERVICE, NOTICE, PAID_UP)]
            settle_rules(db.connection(), rules, TODAY)
            found = reconciliation(db, period, rates=rates, rules=rules, today=TODAY, book=book)
            assert [found.by_service, found.by_notice, found.paid_up] == right
            told = revenue(db, period, rates=rates, book=book)
            for name in ("opening", "new", "reactivation", "expansion", "contraction", "churn", "closing",
                         "customers_opening", "customers_closing", "customers_lost"):  # fmt: skip
                assert getattr(found.ours, name) == getattr(told, name), name
            last = found.ours.days[-1]
            closing = last.mrr - last.lost + _new_on(db, period.last, rates, book)
            assert closing == told.closing


def _new_on(db: Session, when: date, rates: Rates, book: BookFilter) -> int:
    line = tables.mrr_movement.c
    query = select(line.currency, line.before, line.after).where(line.day == when, line.kind == "new")
    if book.segment is not None:
        smb = select(tables.account.c.id).where(tables.account.c.segment == book.segment)
        query = query.where(line.account_id.in_(smb))
    return sum(rates.to_home(row.after, row.currency) for row in db.execute(query))
