"""Signals looked at by night and soon after data comes in; people are told once, whatever breaks in between."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from threading import Event, current_thread
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, event, func, select

from bot.jobs import JobContext, all_jobs
from bot.jobs.signals import JOB
from bot.judging import can_be_at_once, is_waiting, look_at_everybody, look_at_touched, looked_at
from bot.runner import run_due
from commands.core.request import Company
from commands.core.settling import Judged
from commands.core.sightings import survey
from commands.core.signals import settle
from storage.engine import open_engine
from storage.queries import alert_steps, alerts, tables
from storage.queries.alert_steps import Step
from storage.queries.alerts import State
from storage.queries.health import account_ranges
from storage.queries.remembered import remember
from storage.queries.snapshots import record
from storage.session import Session, reading, transaction
from storage.touched import touch
from tests.bot.asleep import once_before
from tests.storage.queries import rows

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
YESTERDAY = NOW.date() - timedelta(days=1)
COMPANY = Company("USD", ZoneInfo("UTC"), alert_channel="C0CS")
PATIENCE = 10.0
"""Seconds after which a thread is not waited for any longer."""


def customers(db: Session, count: int, *, known: bool = True) -> list[int]:
    """So many customers, each with an escalation; `known`: the store has been judged for long."""
    if known:
        remember(db, "signals_introduced_on", "2026-01-01")
    ids = [rows.account(db, f"Customer {number}", created_on=date(2025, 1, 1)) for number in range(count)]
    for account_id in ids:
        rows.subscribe(db, account_id, rows.paid(date(2025, 1, 1)))
        escalated(db, account_id)
    return ids


def escalated(db: Session, account_id: int, opened_at: datetime = NOW - timedelta(days=2)) -> None:
    rows.add(
        db, "ticket", key=f"t-{account_id}-{opened_at}", account_id=account_id, opened_at=opened_at, escalated=True
    )


def context(engine: Engine, now: datetime = NOW) -> JobContext:
    return JobContext(engine, COMPANY, now.date() - timedelta(days=1), now)


def state(engine: Engine) -> dict[str, Any]:
    """Everything that judging leaves behind, but for ids."""
    c, e, o = tables.alert.c, tables.alert_event.c, tables.outbox.c
    with reading(engine) as db:
        scores = select(func.count()).select_from(tables.health_snapshot)
        return {
            "alerts": sorted(map(tuple, db.execute(select(c.account_id, c.rule_id, c.state, c.severity, c.held)))),
            "events": sorted(map(tuple, db.execute(select(e.kind, func.count()).group_by(e.kind)))),
            "messages": db.execute(select(func.count()).select_from(o.id.table).where(o.purpose == "alert")).scalar(),
            "scores": db.execute(scores).scalar(),
        }


@contextmanager
def broken_at(engine: Engine, table: str, time: int) -> Iterator[None]:
    """The process dies as it writes into a table for the n-th time."""
    begun = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith(f"INSERT INTO {table} "):
            begun.append(statement)
            if len(begun) == time:
                raise KeyboardInterrupt

    event.listen(engine, "before_cursor_execute", listen)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", listen)


def test_a_night_scores_and_judges_everybody(engine: Engine) -> None:
    with transaction(engine) as db:
        customers(db, 3)
    night = look_at_everybody(engine, COMPANY, YESTERDAY, NOW, portion=2)
    assert (night.scored, len(night.judged.opened)) == (3, 3)
    with reading(engine) as db:
        assert looked_at(db, YESTERDAY)
        assert not looked_at(db, YESTERDAY + timedelta(days=1))
    left = state(engine)
    assert left["messages"] == 3
    assert left["events"] == [("opened", 3), ("told", 3)]


def test_the_next_portion_is_looked_at_while_one_is_being_written(engine: Engine) -> None:
    with transaction(engine) as db:
        customers(db, 2)
    written, looked, begun = Event(), Event(), list[bool]()

    def begin(*_: Any) -> None:
        if current_thread().name.startswith("ahead"):
            begun.append(len(begun) == 0 or written.wait(PATIENCE))

    def end(*_: Any) -> None:
        if len(begun) == 2 and current_thread().name.startswith("ahead"):
            looked.set()

    def listen(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("INSERT INTO alert_event "):
            written.set()
            begun.append(looked.wait(PATIENCE))

    event.listen(engine, "checkout", begin)
    event.listen(engine, "checkin", end)
    event.listen(engine, "after_cursor_execute", listen)
    assert look_at_everybody(engine, COMPANY, YESTERDAY, NOW, portion=1).scored == 2
    assert all(begun)
    assert len(begun) > 2


@pytest.mark.parametrize(("table", "time"), [("alert", 2), ("health_snapshot", 2), ("alert_event", 3), ("outbox", 2)])
def test_a_night_that_was_broken_off_leaves_the_same_when_it_is_run_again(
    engine: Engine, new_engine: Any, table: str, time: int
) -> None:
    with transaction(engine) as db:
        customers(db, 4)
    other = new_engine()
    with transaction(other) as db:
        first = min(customers(db, 4))
    look_at_everybody(other, COMPANY, YESTERDAY, NOW, portion=2)
    with broken_at(engine, table, time), pytest.raises(KeyboardInterrupt):
        look_at_everybody(engine, COMPANY, YESTERDAY, NOW, portion=2)
    with reading(engine) as db:
        assert not looked_at(db, YESTERDAY)
    look_at_everybody(engine, COMPANY, YESTERDAY, NOW, portion=2)
    expected, found = state(other), state(engine)
    for each in (expected, found):
        base = min(row[0] for row in each["alerts"])
        each["alerts"] = [(row[0] - base, *row[1:]) for row in each["alerts"]]
    assert first
    assert found == expected


def test_a_process_that_sleeps_for_an_hour_before_it_keeps_what_it_saw_opens_and_tells_nothing_twice(
    engine: Engine,
) -> None:
    """Others judge everybody while it holds what it has seen; then it goes on."""
    with transaction(engine) as db:
        customers(db, 3)
    with reading(engine) as db:
        (portion,) = account_ranges(db)
        seen = survey(db, portion, as_of=YESTERDAY, company=COMPANY)
    look_at_everybody(engine, COMPANY, YESTERDAY, later(1))
    told = state(engine)
    with transaction(engine) as db:
        record(db, YESTERDAY, seen.scores)
        assert settle(db, seen, company=COMPANY, now=NOW) == Judged()
    look_at_everybody(engine, COMPANY, YESTERDAY, NOW)
    assert state(engine) == told
    assert (told["messages"], told["events"]) == (3, [("opened", 3), ("told", 3)])


def test_a_process_that_sleeps_for_an_hour_before_it_takes_new_data_finds_it_looked_at(engine: Engine) -> None:
    with transaction(engine) as db:
        (acme,) = customers(db, 1)
        touch(db.connection(), [acme], now=NOW)
    store = open_engine(engine.url)
    jobs = [all_jobs()["signals"]]
    with once_before(engine, "FROM touched_account", lambda: run_due(jobs, context(store, later(1)))):
        run_due(jobs, context(engine))
    store.dispose()
    left = state(engine)
    assert (len(left["alerts"]), left["messages"]) == (1, 1)


def later(hours: int) -> datetime:
    return NOW + timedelta(hours=hours)


def test_new_data_is_judged_at_once_and_told(engine: Engine) -> None:
    with transaction(engine) as db:
        acme, bolt = customers(db, 2)
        touch(db.connection(), [acme], now=NOW)
        assert is_waiting(db, NOW)
        assert can_be_at_once(db)
    assert len(look_at_touched(engine, COMPANY, NOW).opened) == 1
    with reading(engine) as db:
        assert not is_waiting(db, NOW)
        assert [one.account_id for one in alerts.open_alerts(db)] == [acme] != [bolt]
    assert state(engine)["messages"] == 1
    assert look_at_touched(engine, COMPANY, NOW).opened == []
    assert state(engine)["messages"] == 1


def test_touched_accounts_wait_again_where_the_process_dies(engine: Engine) -> None:
    with transaction(engine) as db:
        touch(db.connection(), customers(db, 2), now=NOW)
    with broken_at(engine, "outbox", 1), pytest.raises(KeyboardInterrupt):
        look_at_touched(engine, COMPANY, NOW)
    with reading(engine) as db:
        assert is_waiting(db, NOW)
    assert state(engine)["alerts"] == []
    look_at_touched(engine, COMPANY, NOW)
    assert state(engine)["messages"] == 2


def test_what_a_process_that_died_had_found_is_told(engine: Engine) -> None:
    with transaction(engine) as db:
        customers(db, 2)
    with broken_at(engine, "outbox", 1), pytest.raises(KeyboardInterrupt):
        look_at_everybody(engine, COMPANY, YESTERDAY, NOW)
    assert (len(state(engine)["alerts"]), state(engine)["messages"]) == (2, 0)
    look_at_touched(engine, COMPANY, NOW)
    assert state(engine)["messages"] == 2


def test_a_snooze_that_is_over_is_looked_at(engine: Engine) -> None:
    with transaction(engine) as db:
        (acme,) = customers(db, 1)
    look_at_everybody(engine, COMPANY, YESTERDAY, NOW)
    until = NOW + timedelta(hours=3)
    with transaction(engine) as db:
        (alert,) = alerts.open_alerts(db)
        snoozed = {"state": State.SNOOZED, "snoozed_until": until}
        alert_steps.change(db, alert.id, Step.SNOOZED, now=NOW, actor="U0ANA", **snoozed)  # type: ignore[arg-type]
        assert not is_waiting(db, until - timedelta(seconds=1))
        assert is_waiting(db, until)
    assert look_at_touched(engine, COMPANY, until).changed == [alert.id]
    with reading(engine) as db:
        (woken,) = alerts.open_alerts(db)
        assert woken.state is State.OPEN
        assert not is_waiting(db, until)
    assert acme


def test_on_the_first_night_only_what_is_urgent_is_told(engine: Engine) -> None:
    with transaction(engine) as db:
        ids = customers(db, 4, known=False)
        escalated(db, ids[0], NOW - timedelta(days=20))
    look_at_everybody(engine, COMPANY, YESTERDAY, NOW, portion=1)
    left = state(engine)
    assert [row[-1] for row in left["alerts"]] == [False, True, True, True]
    assert left["messages"] == 1


# --- The job -------------------------------------------------------------------------------------------------------


def test_the_job_is_found_by_its_id() -> None:
    assert all_jobs()["signals"] is JOB


def test_a_night_is_read_once_for_scores_and_signals(engine: Engine) -> None:
    with transaction(engine) as db:
        customers(db, 2)
    jobs = [all_jobs()["snapshot"], JOB]
    assert JOB.days(context(engine)) == (), "the scores come first"
    run_due(jobs, context(engine))
    assert state(engine)["events"] == [("opened", 2), ("told", 2)]
    assert [job.days(context(engine)) for job in jobs] == [(), ()]


def test_a_night_that_was_broken_off_after_some_scores_is_due(engine: Engine) -> None:
    with transaction(engine) as db:
        customers(db, 2)
    with broken_at(engine, "outbox", 1), pytest.raises(KeyboardInterrupt):
        all_jobs()["snapshot"].run(context(engine))
    assert JOB.days(context(engine)) == (YESTERDAY,)
    assert JOB.run(context(engine)) == "2026-11-22: alerts opened 0, worse or back 0, over 0"
    assert state(engine)["messages"] == 2
    assert JOB.days(context(engine)) == ()


def test_the_job_is_due_while_accounts_wait(engine: Engine) -> None:
    with transaction(engine) as db:
        ids = customers(db, 1)
    look_at_everybody(engine, COMPANY, YESTERDAY, NOW)
    with transaction(engine) as db:
        touch(db.connection(), ids, now=NOW)
    later = replace(context(engine), now=NOW + timedelta(days=6, minutes=1))
    assert JOB.days(later) == (YESTERDAY,)
    assert JOB.run(later) == "touched: alerts opened 0, worse or back 1, over 0"
    assert JOB.days(later) == ()
