"""What Slack tells of customers' people becomes signs, through signed requests into the real app."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, select

from bot.build import Bot
from bot.playground.double import SlackDouble
from bot.signs import Signs
from commands.core.request import Company
from commands.core.signals import judge
from storage.queries.alerts import by_id, by_ids
from storage.queries.remembered import remember
from storage.queries.tables import account as account_table
from storage.queries.tables import contact_sign, processed_event, touched_account
from storage.session import Session, reading, transaction
from tests.bot.conftest import Served
from tests.storage.queries.rows import account, contact, paid, subscribe

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
MADRID = ZoneInfo("Europe/Madrid")
COMPANY = Company("USD", ZoneInfo("UTC"))


def ts(hour: int, minute: int = 0, day: int = 20) -> str:
    return f"{datetime(2026, 11, day, hour, minute, tzinfo=UTC).timestamp():.6f}"


def user_change(when: str, user: str = "U0OUT", *, deleted: bool = True) -> dict[str, Any]:
    return {"type": "user_change", "user": {"id": user, "deleted": deleted, "name": "otto"}, "event_ts": when}


def member(what: str, when: str, user: str = "U0OUT", channel: str = "C0SHARED") -> dict[str, Any]:
    kind = f"member_{what}_channel"
    return {"type": kind, "user": user, "channel": channel, "channel_type": "C", "team": "T0THEM", "event_ts": when}


def company(engine: Engine) -> tuple[int, int]:
    """An account with a shared channel, and its contact there; another account's contact with the same account."""
    with transaction(engine) as db:
        one = account(db, "Acme", slack_channel_id="C0SHARED")
        other = account(db, "Elsewhere")
        otto = contact(db, one, "Otto", slack_user_id="U0OUT")
        contact(db, other, "Otto too", slack_user_id="U0OUT")
    return one, otto


def signs_of(engine: Engine, contact_id: int) -> dict[str, str | None]:
    c = contact_sign.c
    with reading(engine) as db:
        rows = db.execute(select(c.kind, c.day).where(c.contact_id == contact_id)).all()
    return {kind: None if day is None else day.isoformat() for kind, day in rows}


def touched(engine: Engine) -> set[int]:
    with reading(engine) as db:
        return set(db.execute(select(touched_account.c.account_id)).scalars())


def touched_ids(db: Session) -> list[int]:
    return list(db.execute(select(touched_account.c.account_id)).scalars())


def rows(engine: Engine) -> int:
    with reading(engine) as db:
        tables = (contact_sign, touched_account, processed_event)
        return sum(len(db.execute(select(table)).all()) for table in tables)


# --- Through Slack's requests --------------------------------------------------------------------------------------


def test_a_deactivated_contact_is_a_sign_and_one_who_is_back_is_none(served: Served, slack: SlackDouble) -> None:
    one, otto = company(served.bot.engine)
    slack.event(user_change(ts(23, 30)))
    served.bot.answers.wait_idle(10)
    assert signs_of(served.bot.engine, otto) == {"deactivated": "2026-11-20"}
    assert one in touched(served.bot.engine)
    slack.event(user_change(ts(9, day=21), deleted=False))
    served.bot.answers.wait_idle(10)
    assert signs_of(served.bot.engine, otto) == {"deactivated": None}


def test_whoever_leaves_the_accounts_channel_is_gone_until_they_are_back(served: Served, slack: SlackDouble) -> None:
    one, otto = company(served.bot.engine)
    for what, told in (("left", {"left_channel": "2026-11-20"}), ("joined", {"left_channel": None})):
        slack.event(member(what, ts(10 if what == "left" else 11)))
        served.bot.answers.wait_idle(10)
        assert signs_of(served.bot.engine, otto) == told
    assert touched(served.bot.engine) == {one}


def test_an_event_that_comes_twice_counts_once(served: Served, slack: SlackDouble) -> None:
    one, otto = company(served.bot.engine)
    for _ in range(3):
        slack.event(member("left", ts(10)), event_id="Ev0TWICE")
    served.bot.answers.wait_idle(10)
    assert rows(served.bot.engine) == 3
    assert signs_of(served.bot.engine, otto) == {"left_channel": "2026-11-20"}
    assert touched(served.bot.engine) == {one}


def test_what_comes_late_does_not_undo_what_happened_after_it(served: Served, slack: SlackDouble) -> None:
    _, otto = company(served.bot.engine)
    slack.event(member("joined", ts(11)))
    slack.event(user_change(ts(12), deleted=False))
    served.bot.answers.wait_idle(10)
    slack.event(member("left", ts(10)))
    slack.event(user_change(ts(9)))
    served.bot.answers.wait_idle(10)
    assert signs_of(served.bot.engine, otto) == {"left_channel": None, "deactivated": None}
    assert touched(served.bot.engine) == set()


def test_an_event_about_nobody_we_know_writes_nothing(served: Served, slack: SlackDouble) -> None:
    company(served.bot.engine)
    slack.event(user_change(ts(10), "U0NOBODY"))
    slack.event(member("left", ts(10), channel="C0CS"))
    slack.event(member("left", ts(10), user="U0ANA"))
    slack.event({"type": "user_change", "user": {}, "event_ts": ts(10)})
    served.bot.answers.wait_idle(10)
    assert rows(served.bot.engine) == 0


def test_signs_follow_a_channel_whose_id_changes(served: Served, slack: SlackDouble) -> None:
    one, otto = company(served.bot.engine)
    slack.event(
        {"type": "channel_id_changed", "old_channel_id": "C0SHARED", "new_channel_id": "C0NEW", "event_ts": ts(9)}
    )
    served.bot.answers.wait_idle(10)
    with reading(served.bot.engine) as db:
        channel = db.execute(select(account_table.c.slack_channel_id).where(account_table.c.id == one)).scalar()
    assert channel == "C0NEW"
    slack.event(member("left", ts(10), channel="C0NEW"))
    served.bot.answers.wait_idle(10)
    assert signs_of(served.bot.engine, otto) == {"left_channel": "2026-11-20"}


def test_a_repeated_deactivation_keeps_its_first_day(new_bot: Callable[..., Bot]) -> None:
    bot = new_bot()
    _, otto = company(bot.engine)
    signs = Signs(bot.engine, UTC, lambda: NOW)
    assert signs.take({"event": user_change(ts(9)), "event_id": "Ev1"}) == 2
    assert signs.take({"event": user_change(ts(9, day=22)), "event_id": "Ev2"}) == 0
    assert signs_of(bot.engine, otto) == {"deactivated": "2026-11-20"}


def test_whoever_leaves_the_channel_is_an_alert_and_back_again_it_is_seen_no_more(
    served: Served, slack: SlackDouble
) -> None:
    one, _ = company(served.bot.engine)
    with transaction(served.bot.engine) as db:
        remember(db, "signals_introduced_on", "2026-01-01")
        subscribe(db, one, paid(date(2025, 1, 1)))
    slack.event(member("left", ts(10)))
    served.bot.answers.wait_idle(10)
    with transaction(served.bot.engine) as db:
        opened = judge(db, touched_ids(db), company=COMPANY, now=NOW).opened
        (alert,) = [one for one in by_ids(db, opened) if one.rule_id == "poc_departure"]
    assert alert.severity == "urgent"
    assert alert.why.text == "{name} left the shared channel on {day}, {count} point of contact remains"
    assert (alert.why.values["name"], alert.since) == ("Otto", date(2026, 11, 20))
    slack.event(member("joined", ts(11)))
    served.bot.answers.wait_idle(10)
    with transaction(served.bot.engine) as db:
        judge(db, touched_ids(db), company=COMPANY, now=NOW)
        again = by_id(db, alert.id)
    assert again is not None
    assert again.silent_since == NOW


# --- On both databases ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("told", ["ts", "time", "never"])
def test_the_day_is_that_of_the_event_where_the_company_is(engine: Engine, told: str) -> None:
    _, otto = company(engine)
    event = member("left", ts(23, 30))
    body: dict[str, Any] = {"event": event, "event_id": "Ev1", "event_time": float(ts(23, 30))}
    if told != "ts":
        del event["event_ts"]
    if told == "never":
        del body["event_time"]
    signs = Signs(engine, MADRID, lambda: NOW)
    assert [signs.take(body), signs.take(body)] == [1, 0]
    assert signs_of(engine, otto) == {"left_channel": "2026-11-23" if told == "never" else "2026-11-21"}
