"""Accounts that come back are celebrated, once, and large new ones if the company wants it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, select, update

from bot.jobs import JobContext, all_jobs
from bot.jobs.wins import JOB
from commands.core.request import Company
from metrics.types import EndReason
from storage.queries.people_known import Person
from storage.queries.people_known import remember as remember_person
from storage.queries.tables import mrr_movement, outbox
from storage.session import reading, transaction
from tests.storage.queries.rows import account, paid, subscribe

DAY = date(2026, 11, 19)
"""A Thursday."""
NOW = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
COMPANY = Company("USD", ZoneInfo("Europe/Madrid"), alert_channel="C0ALERTS")


def context(engine: Engine, day: date = DAY, **changed: Any) -> JobContext:
    return JobContext(engine, replace(COMPANY, **changed), day, NOW + (day - DAY))


def returned(engine: Engine, name: str, day: date = DAY, amount: int = 10_000, **values: Any) -> int:
    """An account that left on 1 September for its price and came back on `day`."""
    with transaction(engine) as db:
        one = account(db, name, **values)
        left = paid(
            date(2026, 1, 1), date(2026, 9, 1), 9_000, end_reason=EndReason.VOLUNTARY, end_detail="too expensive"
        )
        subscribe(db, one, left, paid(day, None, amount, subscription="s-2"))
    return one


def came(engine: Engine, name: str, amount: int, day: date = DAY) -> None:
    with transaction(engine) as db:
        subscribe(db, account(db, name), paid(day, None, amount))


def told(engine: Engine) -> list[tuple[str, str]]:
    with reading(engine) as db:
        rows = db.execute(select(outbox.c.destination, outbox.c.content).order_by(outbox.c.id)).all()
    return [(destination, content["text"]) for destination, content in rows]


def test_the_job_is_found_by_its_id() -> None:
    assert all_jobs()["wins"] is JOB


def test_an_account_that_came_back_is_told_once_with_what_it_had_left_for(engine: Engine) -> None:
    returned(engine, "Fjord")
    assert JOB.run(context(engine)) == "2026-11-19: 1 wins, 1 told"
    assert JOB.run(context(engine)) == "2026-11-19: 0 wins, 0 told"
    ((destination, text),) = told(engine)
    assert destination == "C0ALERTS"
    assert "Fjord is back: +$100 MRR" in text
    assert "away for 79 days, had left for: price (“too expensive”)" in text


def test_it_waits_for_the_end_of_the_quiet_hours(engine: Engine) -> None:
    returned(engine, "Fjord")
    JOB.run(context(engine))
    with reading(engine) as db:
        assert db.scalar(select(outbox.c.due_at)) == datetime(2026, 11, 20, 7, 0, tzinfo=UTC)


def test_new_customers_are_told_from_the_size_that_is_set(engine: Engine) -> None:
    came(engine, "Small", 99_999)
    came(engine, "Large", 100_000)
    assert JOB.run(context(engine)) == "2026-11-19: 0 wins, 0 told"
    JOB.run(context(engine, win_from=100_000))
    ((_, text),) = told(engine)
    assert "Large is a new customer: +$1,000 MRR" in text


def test_many_wins_are_one_message_the_largest_first(engine: Engine) -> None:
    for number in range(7):
        returned(engine, f"Account {number}", amount=10_000 + number)
    assert JOB.run(context(engine)) == "2026-11-19: 7 wins, 7 told"
    ((_, text),) = told(engine)
    assert text.startswith("🎉 7 wins: +$700.21 MRR")
    assert "Account 6" in text
    assert "Account 1" not in text
    assert "and 2 more" in text
    assert JOB.run(context(engine)) == "2026-11-19: 0 wins, 0 told"


def test_without_a_channel_it_is_for_the_accounts_csm_in_their_language(engine: Engine) -> None:
    returned(engine, "Fjord", csm_email="Irina@us.example")
    returned(engine, "Other")
    with transaction(engine) as db:
        remember_person(db, Person("U0IRINA", "irina@us.example", "Irina", "ru", "Europe/Belgrade"), now=NOW)
    JOB.run(context(engine, alert_channel=None, leads=("U0LEAD",)))
    destinations = dict(told(engine))
    assert set(destinations) == {"U0IRINA", "U0LEAD"}
    assert "Other is back" in destinations["U0LEAD"]


def test_whoever_nobody_can_be_told_of_is_told_of_later(engine: Engine) -> None:
    returned(engine, "Fjord")
    assert JOB.run(context(engine, alert_channel=None)) == "2026-11-19: 1 wins, 0 told"
    JOB.run(context(engine))
    assert len(told(engine)) == 1


def test_what_comes_late_is_told_for_a_week_and_what_was_before_the_first_day_never(engine: Engine) -> None:
    returned(engine, "History", DAY - timedelta(days=1))
    assert JOB.run(context(engine)) == "2026-11-19: 0 wins, 0 told"
    returned(engine, "Late", DAY + timedelta(days=1))
    returned(engine, "Too late", DAY)
    assert JOB.run(context(engine, DAY + timedelta(days=7))) == "2026-11-26: 1 wins, 1 told"
    assert "Late is back" in told(engine)[0][1]


def test_a_day_that_is_corrected_is_no_second_return(engine: Engine) -> None:
    one = returned(engine, "Fjord")
    JOB.run(context(engine))
    with transaction(engine) as db:
        db.execute(
            update(mrr_movement)
            .where(mrr_movement.c.account_id == one, mrr_movement.c.day == DAY)
            .values(day=DAY + timedelta(days=2))
        )
    assert JOB.run(context(engine, DAY + timedelta(days=2))) == "2026-11-21: 0 wins, 0 told"
    assert len(told(engine)) == 1


@pytest.mark.parametrize("days", [0, 3])
def test_the_day_is_due_until_it_is_done(engine: Engine, days: int) -> None:
    assert JOB.days(context(engine)) == (DAY,)
    JOB.run(context(engine, DAY + timedelta(days=days)))
    assert JOB.days(context(engine)) == ()
    assert JOB.days(context(engine, DAY + timedelta(days=days + 1))) == (DAY + timedelta(days=days + 1),)
