"""What still comes in, and what is known of accounts while something does not; on both databases."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from metrics.account_facts import AccountFacts
from metrics.factors import all_factors
from metrics.feeds import Feed, Stop
from metrics.health import score
from metrics.money import home_only
from metrics.types import HealthPolicy
from storage.queries.feed import FEEDS, ComingIn, coming_in, feeds, stopped
from storage.queries.health import account_facts, data_coverage
from storage.session import Session
from tests.storage.queries.rows import account, add, contact, paid, subscribe, used

TODAY = date(2026, 11, 23)
"""A Monday."""


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def at(day: date, hour: int = 12) -> datetime:
    return datetime.combine(day, time(hour), UTC)


def ticket(db: Session, account_id: int, day: date, **values: Any) -> None:
    add(db, "ticket", **{"key": f"t-{day}-{account_id}", "account_id": account_id, "opened_at": at(day), **values})


def answer(db: Session, account_id: int, day: date, **values: Any) -> None:
    about = {"key": f"r-{day}", "account_id": account_id, "kind": "nps", "score": 3, "responded_at": at(day)}
    add(db, "survey_response", **{**about, **values})


def invoice(db: Session, account_id: int, day: date, **values: Any) -> None:
    about = {"key": f"i-{day}", "account_id": account_id, "amount": 100, "currency": "USD", "due_on": day}
    add(db, "invoice", **{**about, "paid_on": day, "status": "paid", **values})


def mailing(db: Session, account_id: int, day: date) -> None:
    add(db, "campaign", key=f"m-{day}", day=day, account_id=account_id, sent=1, opened=0)


def usage(db: Session, account_id: int, day: date) -> None:
    used(db, account_id, day, "ana", "reports", sessions=9)


PUT: dict[str, Callable[[Session, int, date], None]] = {
    "usage": usage,
    "tickets": ticket,
    "survey_responses": answer,
    "invoices": invoice,
    "campaigns": mailing,
}
PARTS = {
    "usage": "usage",
    "tickets": "service",
    "survey_responses": "voice",
    "invoices": "money",
    "campaigns": "campaigns",
}
FACTORS = {
    "usage": {"use", "adoption"},
    "tickets": {"service"},
    "survey_responses": {"sentiment"},
    "invoices": {"money"},
}


def customer(db: Session) -> int:
    one = account(db)
    subscribe(db, one, paid(ago(300)))
    return one


def fill(db: Session, account_id: int, entity: str, days: Iterable[int]) -> None:
    for number in days:
        PUT[entity](db, account_id, ago(number))


def facts_of(db: Session, as_of: date = TODAY) -> AccountFacts:
    """Those of the first account."""
    return next(iter(account_facts(db, as_of=as_of, zone=UTC, rates=home_only("USD", TODAY))))


def test_what_is_judged_is_what_these_tests_know() -> None:
    assert set(PUT) == set(FEEDS)


def test_an_empty_store_has_no_feeds(db: Session) -> None:
    assert coming_in(db, TODAY) == ComingIn(TODAY, {})
    assert feeds(db, TODAY) == dict.fromkeys(FEEDS, Feed(None))
    assert stopped(db, TODAY) == {}


@pytest.mark.parametrize("entity", FEEDS)
def test_what_rests_on_a_feed_that_has_stopped_is_not_known_and_says_since_when(db: Session, entity: str) -> None:
    one = customer(db)
    for other in FEEDS:
        fill(db, one, other, range(20 if other == entity else 1, 150))
    facts = facts_of(db)
    assert {name for name in PARTS.values() if getattr(facts, name) is None} == {PARTS[entity]}
    assert facts.stopped.keys() == {entity}
    assert facts.stopped[entity].last_on == ago(20)
    health = score(facts, all_factors(), HealthPolicy())
    unknown = {part.factor_id for part in health.factors if part.reading is None} - {"opinion", "relationship"}
    assert unknown == FACTORS.get(entity, set())
    assert data_coverage(db, as_of=TODAY).stopped == facts.stopped == stopped(db, TODAY)


@pytest.mark.parametrize("entity", FEEDS)
def test_nothing_from_after_the_day_asked_about_leaks_in(db: Session, entity: str) -> None:
    one = customer(db)
    fill(db, one, entity, range(60, 200))
    assert facts_of(db, ago(30)).stopped[entity].last_on == ago(60)
    fill(db, one, entity, range(10))
    assert facts_of(db, ago(30)).stopped[entity].last_on == ago(60)
    assert facts_of(db, ago(60)).stopped == {}
    assert facts_of(db).stopped == {}


def test_while_others_use_the_product_a_silent_customer_is_found(db: Session) -> None:
    silent, busy = customer(db), customer(db)
    fill(db, silent, "usage", range(30, 90))
    fill(db, busy, "usage", range(1, 90))
    facts = facts_of(db)
    assert facts.usage is not None
    assert (facts.usage.last_on, facts.used_until) == (ago(30), ago(1))
    assert facts.stopped == {}


def test_while_others_need_help_a_quiet_customer_is_just_quiet(db: Session) -> None:
    quiet, busy = customer(db), customer(db)
    fill(db, quiet, "tickets", range(60, 90))
    fill(db, busy, "tickets", range(2, 90))
    service = facts_of(db).service
    assert service is not None
    assert service.opened_28 == 0


def test_pay_that_was_cut_is_known_without_invoices(db: Session) -> None:
    one = account(db)
    subscribe(db, one, paid(ago(300), ago(50), 10_000), paid(ago(50), None, 6_000))
    fill(db, one, "invoices", range(30, 120))
    facts = facts_of(db)
    assert facts.money is None
    assert facts.contraction is not None
    assert facts.contraction.lost_90 == 4_000


def test_who_was_seen_is_not_known_while_only_answers_told_and_they_have_stopped(db: Session) -> None:
    one = customer(db)
    who = contact(db, one, "Ana")
    for number in range(20, 200):
        answer(db, one, ago(number), contact_id=who)
    known = facts_of(db, ago(19)).contacts
    assert known is not None
    assert known.points_active_28 == 1
    facts = facts_of(db)
    assert facts.contacts is not None
    assert facts.contacts.points_active_28 is None


def test_a_day_is_that_of_the_companys_zone(db: Session) -> None:
    one = customer(db)
    for number in range(1, 60):
        ticket(db, one, ago(number), opened_at=at(ago(number), 23))
    madrid = ZoneInfo("Europe/Madrid")
    assert feeds(db, TODAY, madrid)["tickets"].last_on == TODAY
    assert feeds(db, TODAY, UTC)["tickets"] == Feed(ago(1), 1, 1)
    later = TODAY + timedelta(days=10)
    assert stopped(db, later, madrid)["tickets"] == Stop(TODAY, TODAY + timedelta(days=4))


def test_only_what_is_asked_about_is_told(db: Session) -> None:
    one = customer(db)
    fill(db, one, "tickets", range(30, 90))
    fill(db, one, "usage", range(30, 90))
    assert stopped(db, TODAY, entities=("tickets", "leads")).keys() == {"tickets"}
    assert stopped(db, TODAY, entities=("subscriptions",)) == {}


def test_the_windows_of_usage_end_with_its_last_day(db: Session) -> None:
    one = customer(db)
    fill(db, one, "usage", range(2, 90))
    assert coming_in(db, TODAY) == ComingIn(ago(2), {})


@pytest.mark.parametrize("late", [0, 1, 3])
def test_a_day_or_two_without_data_changes_no_window(db: Session, late: int) -> None:
    one = customer(db)
    for number in range(late, 100):
        used(db, one, ago(number), sessions=1)
    usage = facts_of(db).usage
    assert usage is not None
    assert (usage.active_days_28, usage.sessions_before, usage.sessions_90) == (28, 28, 90)


def test_three_tickets_a_month_are_no_feed_to_miss(db: Session) -> None:
    one = customer(db)
    fill(db, one, "tickets", (25, 31, 45, 52, 61, 79, 82, 95, 96, 110, 125, 140, 141, 160, 180, 199))
    assert stopped(db, TODAY) == {}
