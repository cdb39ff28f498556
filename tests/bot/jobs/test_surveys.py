"""The job of surveys: a round of what is due, and the wave of a schedule's moment."""

from datetime import datetime

from sqlalchemy import Engine

from bot.jobs import Occurrence
from bot.jobs.surveys import JOB
from bot.scheduler import context_at
from metrics.asking import Audience, To
from storage.queries.schedules import Schedule
from storage.queries.survey_waves import NewWave, add_wave, waves
from storage.session import reading, transaction
from tests.bot.outbox import COMPANY, NOW
from tests.storage.queries import rows


def schedule(**options: object) -> Schedule:
    """Every Monday at ten, whoever is there."""
    given = {
        "kind": "nps",
        "name": "Pulse",
        "audience": Audience(To.EVERYBODY).as_json(),
        "place": "direct",
        "wording": {},
        "one_in": 1,
        "anonymous": False,
        "occurrence": "form 1",
        "rhythm": "weekly",
        "from": "2026-11",
    }
    return Schedule(
        id=7,
        job=JOB.id,
        destination="U0ANA",
        owner="U0ANA",
        book="",
        rule="mon 10:00",
        zone="Europe/Madrid",
        language="en",
        options={**given, **options},
        paused=False,
        next_slot=datetime.fromisoformat("2026-11-23T10:00"),
        next_at=NOW,
        created_at=NOW,
    )


def occurs(engine: Engine, one: Schedule, slot: datetime) -> str:
    context = context_at(engine, COMPANY, NOW)
    return str(
        JOB.run(context.__class__(engine, COMPANY, context.day, NOW, Occurrence(one, slot, late=False, before=None)))
    )


def customer(engine: Engine) -> None:
    with transaction(engine) as db:
        account = rows.account(db)
        rows.subscribe(db, account, rows.paid(NOW.date().replace(day=1)))
        rows.contact(db, account, "Otto", slack_user_id="U0OUT")


def test_each_moment_of_a_schedule_is_one_wave_however_often_it_is_run(engine: Engine) -> None:
    customer(engine)
    for slot in ("2026-11-23T10:00", "2026-11-23T10:00", "2026-11-30T10:00"):
        assert occurs(engine, schedule(), datetime.fromisoformat(slot)).startswith("wave")
    with reading(engine) as db:
        found = waves(db, series="schedule 7")
    assert sorted(one.name for one in found) == ["Pulse 2026-11-23", "Pulse 2026-11-30"]


def test_a_quarterly_one_passes_over_the_months_between(engine: Engine) -> None:
    quarterly = schedule(rhythm="quarterly")
    assert "passes over" in occurs(engine, quarterly, datetime.fromisoformat("2026-12-23T10:00"))
    assert occurs(engine, quarterly, datetime.fromisoformat("2027-02-23T10:00")) == "wave 1"


def test_a_wave_that_waits_for_its_moment_is_begun_then_and_not_before(engine: Engine) -> None:
    customer(engine)
    context = context_at(engine, COMPANY, NOW)
    assert JOB.days(context) == ()
    with transaction(engine) as db:
        add_wave(db, NewWave("form 1", "nps", Audience(To.EVERYBODY), NOW), NOW)
    assert len(JOB.days(context)) == 1
    assert "1 started" in str(JOB.run(context))
    assert JOB.days(context) == ()
