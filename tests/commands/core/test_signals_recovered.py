"""Alerts that end before their time: a payment that is there, a departure after which another is news."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import update

from commands.core.request import Company
from commands.core.signals import judge
from commands.ui.cards.alert_history import step_line
from commands.ui.cards.alert_words import Day
from commands.ui.text import translator
from storage.queries import tables
from storage.queries.alert_steps import Step, change, events_of
from storage.queries.alerts import State, by_ids
from storage.queries.remembered import remember
from storage.session import Session
from tests.storage.queries import rows

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
COMPANY = Company("USD", ZoneInfo("UTC"))


def test_it_recovers_when_it_is_paid_and_says_on_which_day(db: Session) -> None:
    remember(db, "signals_introduced_on", "2026-01-01")
    one = rows.account(db, "Acme", created_on=date(2025, 1, 1))
    rows.subscribe(db, one, rows.paid(date(2025, 1, 1)))
    for key, due in (("i-0", date(2026, 10, 1)), ("i-1", date(2026, 11, 1))):
        failed = None if key == "i-0" else date(2026, 11, 10)
        status = "paid" if failed is None else "failed"
        rows.add(
            db, "invoice", key=key, account_id=one, amount=100, currency="USD", due_on=due, status=status,
            failed_on=failed, paid_on=None if failed else due,
        )  # fmt: skip
    opened = judge(db, [one], company=COMPANY, now=NOW).opened
    (alert,) = [each for each in by_ids(db, opened) if each.rule_id == "payment_failed"]
    paid = tables.invoice.c.key == "i-1"
    db.execute(update(tables.invoice).where(paid).values(status="paid", paid_on=date(2026, 11, 22)))
    later = NOW + timedelta(minutes=1)
    assert judge(db, [one], company=COMPANY, now=later).cleared == [alert.id]
    (over,) = by_ids(db, [alert.id])
    assert (over.state, over.cleared_at) == (State.RECOVERED, later)
    said = step_line(over, events_of(db, alert.id)[-1], None, Day(NOW.date(), COMPANY.zone))
    assert said is not None
    assert translator("en")(said) == "Recovered: paid on 22 Nov 2026."


def test_another_departure_is_news_although_the_alert_of_the_one_before_was_closed(db: Session) -> None:
    remember(db, "signals_introduced_on", "2026-01-01")
    one = rows.account(db, "Acme", created_on=date(2025, 1, 1))
    rows.subscribe(db, one, rows.paid(date(2025, 1, 1)))
    rows.contact(db, one, "Ana", left_on=date(2026, 11, 5), role="champion")
    bo = rows.contact(db, one, "Bo")
    (first,) = judge(db, [one], company=COMPANY, now=NOW).opened
    assert change(db, first, Step.CLOSED, now=NOW, state=State.CLOSED, outcome="saved", closed_at=NOW)
    assert judge(db, [one], company=COMPANY, now=NOW + timedelta(hours=1)).opened == []
    rows.add(db, "contact_sign", contact_id=bo, kind="left_channel", day=NOW.date(), told_at=NOW)
    later = NOW + timedelta(hours=2)
    (second,) = judge(db, [one], company=COMPANY, now=later).opened
    before, after = by_ids(db, [first, second])
    assert (before.state, before.outcome, before.cleared_at) == (State.CLOSED, "saved", later)
    assert (after.state, after.severity, after.why.values["name"], after.held) == (State.OPEN, "urgent", "Bo", False)
    assert judge(db, [one], company=COMPANY, now=later).opened == []
