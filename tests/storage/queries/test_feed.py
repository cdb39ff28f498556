"""A feed of usage that has stopped is told from customers who are silent, by the feed's own habit."""

from datetime import UTC, date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.account_facts import AccountFacts
from metrics.factors import all_factors
from metrics.health import score
from metrics.judging import RiskFacts
from metrics.money import home_only
from metrics.rules import findings
from metrics.types import HealthPolicy
from storage.queries.feed import Feed, feed_of, usage_feed
from storage.queries.health import account_facts, data_coverage
from storage.session import Session
from tests.storage.queries.rows import account, paid, subscribe, used

TODAY = date(2026, 11, 23)


def days(*ago: int) -> list[date]:
    return [TODAY - timedelta(days=number) for number in sorted(ago, reverse=True)]


def test_data_until_yesterday_is_up_to_date_and_the_windows_end_there():
    assert feed_of(days(*range(1, 60)), TODAY) == Feed(TODAY - timedelta(days=1), None)


def test_a_feed_that_has_been_silent_for_longer_than_ever_has_stopped():
    assert feed_of(days(*range(4, 60)), TODAY) == Feed(TODAY, TODAY - timedelta(days=4))


def test_weekends_are_no_stop():
    workdays = [day for day in days(*range(1, 60)) if day.weekday() < 5]
    assert feed_of(workdays, TODAY).stopped_on is None
    tuesday = TODAY + timedelta(days=1)
    assert feed_of(workdays, tuesday).stopped_on is None


def test_a_weekly_feed_is_late_after_two_weeks():
    weekly = range(1, 100, 7)
    assert feed_of(days(*(number + 12 for number in weekly)), TODAY).stopped_on is None
    assert feed_of(days(*(number + 14 for number in weekly)), TODAY).stopped_on == TODAY - timedelta(days=15)


@given(st.sets(st.integers(0, 119), max_size=9))
def test_few_days_tell_nothing(ago: set[int]):
    assert feed_of(days(*ago), TODAY) == Feed(TODAY, None)


def test_while_the_feed_is_broken_nobody_is_silent_and_use_is_unknown(db: Session) -> None:
    one = account(db)
    subscribe(db, one, paid(TODAY - timedelta(days=300)))
    for day in days(*range(30, 90)):
        used(db, one, day, "ana", "reports", sessions=9)
    facts = facts_of(db)
    assert (facts.usage, facts.usage_stopped_on) == (None, TODAY - timedelta(days=30))
    health = score(facts, all_factors(), HealthPolicy())
    assert {part.factor_id for part in health.factors if part.reading is None} >= {"use", "adoption"}
    found = {rule.id for rule, _ in findings(RiskFacts(facts, health.score))}
    assert not found & {"inactivity", "usage_drop"}
    coverage = data_coverage(db, as_of=TODAY)
    assert coverage.usage_stopped
    assert coverage.usage_until == TODAY - timedelta(days=30)


def test_while_others_use_the_product_a_silent_customer_is_found(db: Session) -> None:
    silent, busy = account(db), account(db)
    for each in (silent, busy):
        subscribe(db, each, paid(TODAY - timedelta(days=300)))
    for day in days(*range(30, 90)):
        used(db, silent, day, "ana", "reports", sessions=9)
    for day in days(*range(1, 90)):
        used(db, busy, day, "bo", "reports", sessions=9)
    facts = facts_of(db)
    assert facts.usage is not None
    assert (facts.usage.last_on, facts.used_until) == (TODAY - timedelta(days=30), TODAY - timedelta(days=1))
    assert "inactivity" in [rule.id for rule, _ in findings(RiskFacts(facts))]
    assert usage_feed(db, TODAY).stopped_on is None


@pytest.mark.parametrize("late", [0, 1, 3])
def test_a_day_or_two_without_data_changes_no_window(db: Session, late: int) -> None:
    one = account(db)
    subscribe(db, one, paid(TODAY - timedelta(days=300)))
    for day in days(*range(late, 100)):
        used(db, one, day, sessions=1)
    usage = facts_of(db).usage
    assert usage is not None
    assert (usage.active_days_28, usage.sessions_before, usage.sessions_90) == (28, 28, 90)


def facts_of(db: Session) -> AccountFacts:
    """Those of the first account."""
    return next(iter(account_facts(db, as_of=TODAY, zone=UTC, rates=home_only("USD", TODAY))))
