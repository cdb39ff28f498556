"""Accounts judged, on a store: alerts open on entry, end on recovery, and are quiet in between."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, delete, select, update

from commands.core.request import Company
from commands.core.settling import Judged
from commands.core.signals import judge
from metrics.dials import RulePolicy
from storage.queries import alert_steps, alerts, tables
from storage.queries.alert_steps import Step
from storage.queries.alerts import Alert, Outcome, State
from storage.queries.remembered import remember
from storage.session import Session, reading, transaction
from tests.storage.queries import rows

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TODAY = NOW.date()
COMPANY = Company("USD", ZoneInfo("UTC"))
NIGHT = timedelta(days=1)


@pytest.fixture
def acme(db: Session) -> int:
    """A customer of a store whose signals are no news any more."""
    remember(db, "signals_introduced_on", "2026-01-01")
    return customer(db, "Acme")


def customer(db: Session, name: str) -> int:
    account_id = rows.account(db, name, created_on=date(2025, 1, 1))
    rows.subscribe(db, account_id, rows.paid(date(2025, 1, 1)))
    return account_id


def escalate(db: Session, account_id: int, opened_at: datetime = NOW - timedelta(hours=1)) -> int:
    key = f"t-{account_id}-{opened_at}"
    return rows.add(db, "ticket", key=key, account_id=account_id, opened_at=opened_at, escalated=True)


def resolve(db: Session, ticket_id: int, at: datetime = NOW) -> None:
    db.execute(update(tables.ticket).where(tables.ticket.c.id == ticket_id).values(resolved_at=at))


def looked(db: Session, now: datetime = NOW, *ids: int, company: Company = COMPANY) -> Judged:
    return judge(db, ids or None, company=company, now=now)


def only(db: Session) -> Alert:
    (number,) = db.execute(select(tables.alert.c.id)).scalars()
    found = alerts.by_id(db, number)
    assert found is not None
    return found


def steps(db: Session) -> list[str]:
    return [event.kind for event in alert_steps.events_of(db, only(db).id)]


def held_of(db: Session) -> dict[int, bool]:
    """Which accounts' alerts wait for the digest."""
    return {one.account_id: one.held for one in alerts.open_alerts(db)}


def test_a_signal_opens_an_alert_with_what_was_seen(db: Session, acme: int) -> None:
    escalate(db, acme)
    judged = looked(db)
    alert = only(db)
    assert judged == Judged(opened=[alert.id])
    assert (alert.account_id, alert.rule_id, alert.severity, alert.state) == (acme, "escalation", "warning", "open")
    assert alert.why.values["count"] == 1
    assert (alert.since, alert.mrr.minor, alert.held) == (TODAY, 10_000, False)
    assert steps(db) == ["opened"]


def test_looking_again_changes_nothing(db: Session, acme: int) -> None:
    escalate(db, acme)
    looked(db)
    before = only(db)
    assert looked(db) == looked(db, NOW, acme) == Judged()
    assert (only(db), steps(db)) == (before, ["opened"])


def test_some_accounts_are_judged_without_the_others(db: Session, acme: int) -> None:
    bolt = customer(db, "Bolt")
    escalate(db, acme)
    escalate(db, bolt)
    assert len(looked(db, NOW, bolt).opened) == 1
    assert only(db).account_id == bolt
    assert len(looked(db).opened) == 1


def test_what_gets_worse_is_told_again_once(db: Session, acme: int) -> None:
    escalate(db, acme)
    looked(db)
    judged = looked(db, NOW + 7 * NIGHT)
    alert = only(db)
    assert (judged.changed, alert.severity) == ([alert.id], "urgent")
    assert steps(db) == ["opened", "worsened"]
    assert alert.version == 2
    escalate(db, acme, NOW - NIGHT)
    assert looked(db, NOW + 7 * NIGHT) == Judged()
    assert only(db).why.values["count"] == 2, "what is seen is noted quietly"
    assert only(db).version == 2


def test_what_is_gone_for_long_enough_has_recovered(db: Session, acme: int) -> None:
    ticket = escalate(db, acme)
    looked(db)
    resolve(db, ticket)
    for nights in (0, 1):
        assert looked(db, NOW + nights * NIGHT) == Judged()
        assert only(db).silent_since == NOW
    later = NOW + 2 * NIGHT
    judged = looked(db, later)
    alert = only(db)
    assert judged == Judged(cleared=[alert.id])
    assert (alert.state, alert.cleared_at, steps(db)) == (State.RECOVERED, later, ["opened", "recovered"])


def test_what_comes_back_before_it_is_over_goes_on(db: Session, acme: int) -> None:
    ticket = escalate(db, acme)
    looked(db)
    resolve(db, ticket)
    looked(db, NOW + NIGHT)
    escalate(db, acme, NOW + NIGHT)
    assert looked(db, NOW + NIGHT + timedelta(hours=1)) == Judged()
    assert (only(db).silent_since, steps(db)) == (None, ["opened"])


def test_one_that_somebody_closed_stays_quiet_until_it_is_over_and_then_may_fire_anew(db: Session, acme: int) -> None:
    ticket = escalate(db, acme)
    looked(db)
    alert = only(db)
    closed = {"state": State.CLOSED, "outcome": Outcome.NOT_A_RISK, "closed_at": NOW}
    alert_steps.change(db, alert.id, Step.CLOSED, now=NOW, actor="U0ANA", detail=None, quiet=False, **closed)  # type: ignore[arg-type]
    assert looked(db, NOW + 10 * NIGHT) == Judged()
    resolve(db, ticket, NOW + 10 * NIGHT)
    for nights in (11, 12, 13):
        assert looked(db, NOW + nights * NIGHT) == Judged()
    assert (only(db).state, only(db).outcome) == (State.CLOSED, Outcome.NOT_A_RISK)
    assert steps(db) == ["opened", "closed", "cleared"]
    escalate(db, acme, NOW + 14 * NIGHT)
    assert len(looked(db, NOW + 14 * NIGHT + timedelta(hours=1)).opened) == 1


def test_a_snoozed_one_wakes_in_the_hands_of_whoever_has_it(db: Session, acme: int) -> None:
    escalate(db, acme)
    looked(db)
    alert = only(db)
    until = NOW + 2 * NIGHT
    snoozed = {"state": State.SNOOZED, "snoozed_until": until, "taken_by": "U0ANA"}
    alert_steps.change(db, alert.id, Step.SNOOZED, now=NOW, actor="U0ANA", **snoozed)  # type: ignore[arg-type]
    assert looked(db, NOW + NIGHT) == Judged()
    assert looked(db, until) == Judged(changed=[alert.id])
    assert (only(db).state, only(db).snoozed_until) == (State.TAKEN, None)
    assert steps(db) == ["opened", "snoozed", "woken"]


@pytest.mark.parametrize("everybody", [True, False])
def test_an_account_that_left_is_lost(db: Session, acme: int, everybody: bool) -> None:
    escalate(db, acme)
    looked(db)
    db.execute(delete(tables.mrr_movement))
    rows.subscribe(db, acme, rows.paid(date(2025, 1, 1), TODAY))
    judged = looked(db) if everybody else looked(db, NOW, acme)
    alert = only(db)
    assert judged == Judged(cleared=[alert.id])
    assert (alert.state, alert.outcome, alert.cleared_at) == (State.CLOSED, Outcome.LOST, NOW)


def test_good_news_and_low_risks_are_held(db: Session, acme: int) -> None:
    rows.contact(db, acme, "Marta")
    rows.contact(db, acme, "Ivan", left_on=TODAY)
    looked(db)
    alert = only(db)
    assert (alert.rule_id, alert.severity, alert.held) == ("poc_departure", "notice", True)


def test_on_the_first_day_only_what_is_urgent_is_not_held(db: Session) -> None:
    acme, bolt = customer(db, "Acme"), customer(db, "Bolt")
    escalate(db, acme)
    escalate(db, bolt, NOW - 30 * NIGHT)
    looked(db)
    assert held_of(db) == {acme: True, bolt: False}
    core = customer(db, "Core")
    escalate(db, core)
    looked(db, NOW + timedelta(hours=2))
    assert held_of(db)[core]
    dyno = customer(db, "Dyno")
    escalate(db, dyno, NOW + NIGHT)
    looked(db, NOW + NIGHT + timedelta(hours=1))
    assert not held_of(db)[dyno]


def test_a_feed_that_has_stopped_neither_opens_nor_ends_alerts(db: Session, acme: int) -> None:
    """Nothing has been paid for weeks, of anybody: a failed payment may have been paid since."""
    bill = {"account_id": acme, "amount": 100, "currency": "USD"}
    for number in range(60):
        day = TODAY - timedelta(days=60 - number)
        rows.add(db, "invoice", key=f"i-{number}", due_on=day, paid_on=day, status="paid", **bill)
    rows.add(db, "invoice", key="failed", due_on=TODAY, failed_on=TODAY, status="failed", **bill)
    looked(db)
    alert = only(db)
    assert alert.rule_id == "payment_failed"
    for nights in range(1, 40):
        assert looked(db, NOW + nights * NIGHT).cleared == []
    after = only(db)
    assert (after.state, after.silent_since) == (State.OPEN, None)


def test_a_rule_that_is_turned_off_recovers(db: Session, acme: int) -> None:
    escalate(db, acme)
    looked(db)
    off = Company("USD", ZoneInfo("UTC"), rules=RulePolicy({"escalation": False}))
    for nights in (0, 1, 2):
        looked(db, NOW + nights * NIGHT, company=off)
    assert only(db).state is State.RECOVERED


def test_all_and_some_come_to_the_same(new_engine: Callable[[], Engine]) -> None:
    found = []
    for everybody in (True, False):
        with transaction(new_engine()) as db:
            ids = [customer(db, f"Customer {number}") for number in range(5)]
            for number in ids[1:4]:
                escalate(db, number, NOW - number * NIGHT)
            looked(db) if everybody else looked(db, NOW, *ids)
            first = min(ids)
            found.append([(one.account_id - first, one.severity, one.held) for one in alerts.open_alerts(db)])
    assert found[0] == found[1]


def test_two_processes_that_judge_the_same_accounts_open_one_alert(engine: Engine) -> None:
    with transaction(engine) as db:
        ids = [customer(db, f"Customer {number}") for number in range(6)]
        for number in ids:
            escalate(db, number)
    start = Barrier(4)

    def work(_: int) -> int:
        start.wait()
        with transaction(engine) as db:
            return len(looked(db, NOW, *ids).opened)

    with ThreadPoolExecutor(4) as pool:
        opened = list(pool.map(work, range(4)))
    assert sum(opened) == len(ids)
    with reading(engine) as db:
        assert len(alerts.open_alerts(db)) == len(ids)
