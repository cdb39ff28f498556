"""Use of the product in 28 days, by hand and against a plain count of random rows."""

import random
from collections.abc import Iterator
from datetime import UTC, date, timedelta
from typing import Any, NamedTuple

import pytest

from metrics.facts import ProductTotals
from metrics.money import home_only
from metrics.periods import Period, month_of
from metrics.types import BookFilter
from storage.queries.totals import Scope, facts_by_account, facts_of
from storage.session import Session
from tests.storage.queries import rows

OCTOBER = month_of(date(2026, 10, 1))
LAST = date(2026, 10, 30)
"""The last day of October that has usage, in most of these examples."""
JANUARY = date(2026, 1, 1)


def scope(period: Period = OCTOBER, **book: Any) -> Scope:
    return Scope(period, home_only("USD", period.last), UTC, BookFilter(**book))


def totals(db: Session, period: Period = OCTOBER, **book: Any) -> ProductTotals:
    return facts_of(db, ProductTotals, scope(period, **book))


def ago(days: int) -> date:
    return LAST - timedelta(days=days)


def customer(db: Session, started_on: date = JANUARY, ended_on: date | None = None, **values: Any) -> int:
    account_id = rows.account(db, **values)
    rows.subscribe(db, account_id, rows.paid(started_on, ended_on))
    return account_id


def test_a_store_without_usage_knows_nothing(db: Session) -> None:
    customer(db)
    assert totals(db) == ProductTotals()


def test_people_sessions_and_features_are_counted(db: Session) -> None:
    one, two = customer(db), customer(db)
    rows.used(db, one, LAST, "ana", "reports", sessions=2, minutes=10.4)
    rows.used(db, one, LAST, "ana", "exports", sessions=1, minutes=5)
    rows.used(db, one, ago(1), "ana", "reports", sessions=1)
    rows.used(db, one, ago(7), "bob", "reports", sessions=3, minutes=20.2)
    rows.used(db, two, ago(27), "ana", "reports", sessions=4)
    rows.used(db, two, ago(28), "ana", "exports", sessions=5)
    assert totals(db) == ProductTotals(
        customers=2,
        known=True,
        by_feature={"exports": 1, "reports": 2},
        using=2,
        daily_users=4,
        users=3,
        user_weeks=3,
        sessions=11,
        seconds=2_136,
        use_now=11,
        use_before=5,
    )


def test_a_user_counts_in_every_week_of_use(db: Session) -> None:
    one = customer(db)
    for days in (0, 6, 7, 20, 21, 27):
        rows.used(db, one, ago(days), "ana")
    assert (totals(db).users, totals(db).user_weeks, totals(db).daily_users) == (1, 4, 6)


def test_the_days_end_with_the_last_one_that_anybody_has_usage_on(db: Session) -> None:
    one, other = customer(db, segment="smb"), customer(db, segment="mid")
    rows.used(db, one, ago(20), "ana", sessions=1)
    rows.used(db, other, LAST, "eve", sessions=1)
    rows.used(db, other, date(2026, 11, 1), "eve", sessions=1)
    assert totals(db).sessions == 2
    assert totals(db, segment="smb").sessions == 1
    assert totals(db, Period(OCTOBER.start, ago(9)), segment="smb").sessions == 1
    assert totals(db, month_of(date(2026, 11, 1))).sessions == 3


def test_data_that_ended_long_before_is_no_sign_of_silence(db: Session) -> None:
    one = customer(db)
    rows.used(db, one, date(2026, 10, 3))
    assert totals(db).known
    assert totals(db, Period(date(2026, 10, 30), date(2026, 10, 31))).known
    assert totals(db, Period(date(2026, 10, 31), date(2026, 11, 1))) == ProductTotals()


def test_only_customers_of_that_day_adopt_a_feature(db: Session) -> None:
    here, gone, to_come, never = (
        customer(db),
        customer(db, ended_on=ago(3)),
        customer(db, LAST + timedelta(days=1)),
        rows.account(db),
    )
    silent = customer(db)
    for account_id in (here, gone, to_come, never):
        rows.used(db, account_id, ago(5), "ana", "reports")
    rows.used(db, never, LAST, "eve", sessions=1)
    found = totals(db)
    assert (found.customers, found.using, found.by_feature) == (2, 1, {"reports": 1})
    assert (found.users, found.use_now) == (5, 5)
    assert totals(db, account_id=silent).using == 0


def test_a_feature_is_tracked_for_ninety_days_after_its_last_use_by_anybody(db: Session) -> None:
    one, other = customer(db, segment="smb"), customer(db, segment="mid")
    rows.used(db, one, LAST, feature="reports")
    rows.used(db, other, ago(89), feature="fax")
    rows.used(db, other, ago(90), feature="telex")
    assert totals(db).by_feature == {"fax": 0, "reports": 1}
    assert totals(db, segment="mid").by_feature == {"fax": 0, "reports": 0}


def test_use_without_names_is_use_of_nobody_in_particular(db: Session) -> None:
    one = customer(db)
    rows.used(db, one, LAST, sessions=4, minutes=9)
    found = totals(db)
    assert (found.users, found.daily_users, found.user_weeks, found.sessions, found.seconds) == (0, 0, 0, 0, 0)
    assert (found.using, found.by_feature, found.use_now) == (1, {}, 4)


def test_rows_that_count_nothing_but_zeros_are_no_use(db: Session) -> None:
    one = customer(db)
    rows.used(db, one, LAST, "ana", "reports", events=3)
    rows.used(db, one, ago(1), "bob", "exports", sessions=0, events=0)
    assert (totals(db).users, totals(db).by_feature) == (1, {"exports": 0, "reports": 1})


def test_where_nobody_counts_sessions_days_of_use_stand_for_them(db: Session) -> None:
    one, two = customer(db), customer(db)
    rows.used(db, one, LAST, "ana", "reports", events=3)
    rows.used(db, one, LAST, "bob", "reports", events=3)
    rows.used(db, two, LAST, "ana", "reports", events=3)
    rows.used(db, two, ago(28), "ana", "reports", events=3)
    assert (totals(db).use_now, totals(db).use_before, totals(db).sessions) == (2, 1, 0)


def test_a_feature_may_be_called_anything(db: Session) -> None:
    one = customer(db)
    for feature in ("a,b", "отчёты", "x y", "100%"):
        rows.used(db, one, LAST, feature=feature)
    assert set(totals(db).by_feature.items()) == {("a,b", 1), ("отчёты", 1), ("x y", 1), ("100%", 1)}


def test_each_customer_has_every_feature_also_the_one_that_used_nothing(db: Session) -> None:
    one, silent, gone = customer(db, segment="smb"), customer(db), customer(db, ended_on=ago(3))
    rows.account(db)
    rows.used(db, one, LAST, "ana", "reports", sessions=2)
    rows.used(db, gone, ago(30), "eve", "exports", sessions=3)
    found = facts_by_account(db, ProductTotals, scope())
    unused = {"exports": 0, "reports": 0}
    assert found == {
        one: ProductTotals(1, True, {"exports": 0, "reports": 1}, 1, 1, 1, 1, sessions=2, use_now=2),
        silent: ProductTotals(customers=1, known=True, by_feature=unused),
        gone: ProductTotals(known=True, by_feature=unused, use_before=3),
    }
    assert all(totals(db, account_id=account_id) == alone for account_id, alone in found.items())
    assert facts_by_account(db, ProductTotals, scope(segment="SMB")) == {one: found[one]}


def test_an_accounts_use_is_counted_as_that_of_its_book(db: Session) -> None:
    one, other = customer(db, segment="smb"), customer(db)
    rows.used(db, one, LAST, "ana", events=3)
    rows.used(db, other, LAST, "eve", sessions=3)
    found = facts_by_account(db, ProductTotals, scope())
    assert (found[one].use_now, found[other].use_now) == (0, 3)
    assert facts_by_account(db, ProductTotals, scope(segment="smb"))[one].use_now == 1


def test_without_usage_nobody_has_any_part(db: Session) -> None:
    customer(db)
    assert facts_by_account(db, ProductTotals, scope()) == {}


class Row(NamedTuple):
    account_id: int
    day: date
    user: str
    feature: str
    sessions: int


def random_rows(chance: random.Random, accounts: list[int]) -> Iterator[Row]:
    keys = {
        (
            chance.choice(accounts),
            ago(chance.randrange(-3, 95)),
            chance.choice(("", "ana", "bob", "eve")),
            chance.choice(("", "reports", "exports", "fax")),
        )
        for _ in range(400)
    }
    for key in sorted(keys):
        yield Row(*key, chance.randrange(3))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_is_what_a_plain_count_finds(db: Session, seed: int) -> None:
    chance = random.Random(seed)
    accounts = [customer(db, segment=chance.choice(("smb", "mid"))) for _ in range(6)]
    found = list(random_rows(chance, accounts))
    for row in found:
        rows.used(db, row.account_id, row.day, row.user, row.feature, sessions=row.sessions)
    assert totals(db) == plain_count(found, accounts)
    some = accounts[2]
    assert totals(db, account_id=some) == plain_count([row for row in found if row.account_id == some], [some])
    alone = facts_by_account(db, ProductTotals, scope())
    assert alone == {one: plain_count([row for row in found if row.account_id == one], [one]) for one in accounts}


def plain_count(found: list[Row], accounts: list[int]) -> ProductTotals:
    """With so many rows, every day until the end of October and every feature is used by somebody."""
    last = OCTOBER.last
    used = [(row, (last - row.day).days) for row in found if row.sessions]
    now = [(row, days) for row, days in used if 0 <= days < 28]
    named = [(row, days) for row, days in now if row.user]
    return ProductTotals(
        customers=len(accounts),
        known=True,
        by_feature={
            feature: len({row.account_id for row, _ in now if row.feature == feature})
            for feature in ("exports", "fax", "reports")
        },
        using=len({row.account_id for row, _ in now}),
        daily_users=len({(row.account_id, row.user, days) for row, days in named}),
        users=len({(row.account_id, row.user) for row, _ in named}),
        user_weeks=len({(row.account_id, row.user, days // 7) for row, days in named}),
        sessions=sum(row.sessions for row, _ in named),
        use_now=sum(row.sessions for row, _ in now),
        use_before=sum(row.sessions for row, days in used if 28 <= days < 56),
    )
