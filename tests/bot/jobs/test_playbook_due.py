"""Owners of overdue steps are reminded: once a day each, in the language they read, when people may be spoken to."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, select

from bot.jobs.playbook_due import JOB
from bot.runner import run_due
from bot.scheduler import context_at
from commands.core.request import Company
from storage.queries import playbook_runs
from storage.queries.people_known import Person, prefer, remember
from storage.queries.playbook_runs import NewRun, RunStep
from storage.queries.tables import account, outbox
from storage.session import reading, transaction
from tests.factories import accounts, import_files, write_csv

MADRID = ZoneInfo("Europe/Madrid")
FRIDAY = datetime(2026, 11, 27, 10, 0, tzinfo=UTC)


@pytest.fixture
def running(engine: Engine, tmp_path):
    """Ana's two runs and Olga's one; every step was due on Thursday."""
    import_files(engine, write_csv(tmp_path / "accounts.csv", accounts("a1")))
    with transaction(engine) as db:
        account_id = db.execute(select(account.c.id)).scalar_one()
        remember(db, Person("U0OLGA", "olga@us.example", "Olga", "ru"), now=FRIDAY)
        for owner, title in (("U0ANA", "First"), ("U0ANA", "Second"), ("U0OLGA", "Third")):
            steps = [RunStep(0, "Call them", date(2026, 11, 26)), RunStep(1, "Write it down", None)]
            new = NewRun("gone_quiet", title, account_id, None, owner, "en", date(2026, 11, 26))
            playbook_runs.begin(db, new, steps, now=FRIDAY)
    return engine


def tick(engine: Engine, now: datetime) -> None:
    """One beat of the scheduler."""
    run_due([JOB], context_at(engine, Company("EUR", MADRID), now))


def reminders(engine: Engine) -> list[tuple[str, str, str]]:
    with reading(engine) as db:
        rows = db.execute(select(outbox.c.occurrence, outbox.c.destination, outbox.c.content).order_by(outbox.c.id))
        return [(row.occurrence, row.destination, row.content["text"]) for row in rows]


def test_each_owner_gets_one_message_a_day(running):
    for hour in range(5):
        tick(running, FRIDAY + timedelta(hours=hour))
    found = reminders(running)
    assert [(day, owner) for day, owner, _ in found] == [("2026-11-27", "U0ANA"), ("2026-11-27", "U0OLGA")]
    assert "First" in found[0][2]
    assert "Second" in found[0][2]
    assert "Write it down" not in found[0][2]


def test_nobody_is_spoken_to_at_night_or_on_days_off(running):
    tick(running, datetime(2026, 11, 27, 5, 0, tzinfo=UTC))
    tick(running, datetime(2026, 11, 28, 10, 0, tzinfo=UTC))
    assert reminders(running) == []
    tick(running, datetime(2026, 11, 30, 7, 1, tzinfo=UTC))
    assert {day for day, _, _ in reminders(running)} == {"2026-11-30"}


def test_whose_own_night_or_day_off_it_is_hears_of_it_afterwards(running):
    with transaction(running) as db:
        remember(db, Person("U0ANA", "ana@us.example", "Ana", "en", "America/Los_Angeles"), now=FRIDAY)
        prefer(db, "U0OLGA", {"days": "fri"})
    tick(running, FRIDAY)  # two at night in Los Angeles
    assert reminders(running) == []
    tick(running, datetime(2026, 11, 27, 16, 0, tzinfo=UTC))
    assert [(day, owner) for day, owner, _ in reminders(running)] == [("2026-11-27", "U0ANA")]


def test_it_stops_when_the_steps_are_done_or_the_run_has_ended(running):
    with transaction(running) as db:
        playbook_runs.tick(db, 1, [0], by="U0ANA", now=FRIDAY)
        playbook_runs.change(db, 2, state="stopped")
    tick(running, FRIDAY)
    assert [owner for _, owner, _ in reminders(running)] == ["U0OLGA"]


def test_what_is_due_today_is_not_overdue(running):
    tick(running, datetime(2026, 11, 26, 10, 0, tzinfo=UTC))
    assert reminders(running) == []


def test_an_owner_who_took_over_during_the_day_hears_of_it_too(running):
    tick(running, FRIDAY)
    with transaction(running) as db:
        playbook_runs.change(db, 1, owner="U0INES")
    tick(running, FRIDAY + timedelta(hours=1))
    assert [owner for _, owner, _ in reminders(running)] == ["U0ANA", "U0OLGA", "U0INES"]
