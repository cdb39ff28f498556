"""Days off of an account's country, the use on the days left out, and what rules make of a fortnight without use."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from metrics.account_facts import AccountFacts, DaysOff
from metrics.dials import AS_DELIVERED
from metrics.judging import RiskFacts
from metrics.money import home_only
from metrics.rules import findings
from storage.holidays import keep_holidays
from storage.queries.asking import parameters
from storage.queries.days_off import days_off
from storage.queries.health import account_facts
from storage.session import Session, transaction
from tests.examples import examples
from tests.metrics.test_habit import usage_of
from tests.storage.queries.rows import account, add, paid, subscribe, used

TODAY = date(2026, 11, 23)
ONE_DAY = timedelta(days=1)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def off_of(db: Session, account_id: int, country: str | None, *others: int) -> DaysOff | None:
    asked = parameters(TODAY, UTC, "USD", (account_id, *others) if others else (account_id,))
    found = days_off(db, asked).of(account_id, country)
    assert days_off(db, {**asked, "ids": None}).of(account_id, country) == found
    return found


def test_use_on_days_off_and_on_their_partners_is_counted(db: Session) -> None:
    one, other, nowhere = account(db, country_code="ES"), account(db, country_code="DE"), account(db)
    for country, days in (("ES", 3), ("ES", 31), ("ES", 40), ("ES", 70), ("ES", 364), ("ES", 365), ("DE", 4)):
        add(db, "holiday", country=country, day=ago(days))
    add(db, "holiday", country="ES", day=ago(-1))
    for account_id in (one, other, nowhere):
        for days in range(100):
            used(db, account_id, ago(days), "ana", sessions=days)
        used(db, account_id, ago(12), "ben", sessions=1_000)
        used(db, account_id, ago(3), "cid", sessions=0)
    found = off_of(db, one, "ES")
    assert found == DaysOff(
        days=tuple(ago(days) for days in (364, 70, 40, 31, 3)),
        left_out=2,
        left_out_before=3,
        active_days_28=2,
        active_days_before=2,
        sessions_28=3 + 12 + 1_000,
        sessions_before=31 + 40,
        sessions_90=3 + 12 + 1_000 + 31 + 40 + 70,
    )
    assert off_of(db, one, "ES", other, nowhere) == found
    assert off_of(db, other, "DE") == DaysOff((ago(4),), 1, 1, 1, 1, 4, 32, 36)
    assert off_of(db, nowhere, None) is None
    assert off_of(db, other, "FR") is None


def test_who_did_not_use_it_on_those_days_has_none(db: Session) -> None:
    one = account(db, country_code="ES")
    add(db, "holiday", country="ES", day=ago(3))
    assert off_of(db, one, "ES") == DaysOff((ago(3),), 1, 1)
    add(db, "holiday", country="FR", day=ago(200))
    assert off_of(db, account(db, country_code="FR"), "FR") == DaysOff((ago(200),), 0, 0)


@settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(off=st.sets(st.integers(0, 120), max_size=25), sessions=st.dictionaries(st.integers(0, 95), st.integers(1, 9)))
def test_it_is_the_same_as_counting_by_hand(new_sqlite: Callable[[], Engine], off: set[int], sessions) -> None:
    by_day = {ago(days): count for days, count in sessions.items()}
    with transaction(new_sqlite()) as db:
        one = account(db, country_code="ES")
        for days in off:
            add(db, "holiday", country="ES", day=ago(days))
        for day, count in by_day.items():
            used(db, one, day, sessions=count)
        found = off_of(db, one, "ES")
    assert (found or DaysOff((), 0, 0)) == usage_of(by_day, {ago(days) for days in off}).off


# --- A fortnight without use ---------------------------------------------------------------------------------------

CLOSED = (date(2026, 12, 24), date(2027, 1, 6))


@pytest.fixture
def office(db: Session) -> Callable[[str | None], int]:
    """Makes an account that works on weekdays, and is closed for the fortnight from Christmas Eve to Epiphany."""
    shop = account(db, "Open every day")
    subscribe(db, shop, paid(date(2025, 1, 1)))
    for day in since(date(2026, 8, 1), date(2027, 2, 10)):
        used(db, shop, day, "shop", sessions=5)

    def make(country_code: str | None) -> int:
        one = account(db, country_code=country_code)
        subscribe(db, one, paid(date(2025, 1, 1)))
        for day in since(date(2026, 8, 3), date(2027, 2, 10)):
            if day.weekday() < 5 and not CLOSED[0] <= day <= CLOSED[1]:
                used(db, one, day, "ana", sessions=10)
        keep_holidays(db.connection(), TODAY)
        return one

    return make


def since(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += ONE_DAY


def alerts(db: Session, account_id: int) -> set[str]:
    """What is found in the account by mid-morning of each day from Christmas Eve to the end of January."""
    found = set()
    for day in since(CLOSED[0], date(2027, 2, 10)):
        facts = _facts(db, account_id, day - ONE_DAY)
        found |= {rule.id for rule, _ in findings(RiskFacts(facts), AS_DELIVERED)}
    return found


def _facts(db: Session, account_id: int, day: date) -> AccountFacts:
    (facts,) = account_facts(db, as_of=day, zone=UTC, rates=home_only("USD", day), account_ids=(account_id,))
    return facts


def test_a_christmas_fortnight_in_spain_is_no_alarm(db: Session, office: Callable[[str | None], int]) -> None:
    assert alerts(db, office("ES")) == set()


def test_the_same_fortnight_of_an_account_without_a_country_is(db: Session, office) -> None:
    assert alerts(db, office(None)) >= {"inactivity"}


def test_whoever_does_not_come_back_is_found_soon_after(db: Session, office) -> None:
    one = office("ES")
    db.connection().exec_driver_sql(f"DELETE FROM usage WHERE account_id = {one} AND day > 20810")
    assert {rule.id for rule, _ in findings(RiskFacts(_facts(db, one, date(2027, 1, 10))), AS_DELIVERED)} == set()
    (found,) = findings(RiskFacts(_facts(db, one, date(2027, 1, 20))), AS_DELIVERED)[:1]
    rule, finding = found
    assert (rule.id, finding.since) == ("inactivity", date(2026, 12, 23))
    left_out = finding.why.values["left_out"]
    assert left_out.values["count"] == 13  # type: ignore[union-attr]
