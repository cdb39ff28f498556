from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from metrics.asking import Audience, To
from storage.queries import survey_waves as waves
from storage.queries.survey_waves import NewWave, Wave
from storage.queries.tables import anonymous_answer
from storage.session import Session
from tests.storage.queries import rows

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
WAVE = NewWave(
    "form V1",
    "nps",
    Audience(To.SEGMENT, "smb"),
    NOW,
    name="Q4",
    series="quarterly",
    wording={"es": "¿Qué tal?"},
    one_in=3,
    started_by="U1",
)


def known(db: Session, wave_id: int) -> Wave:
    found = waves.wave(db, wave_id)
    assert found is not None
    return found


def test_a_wave_is_kept_as_it_was_wanted(db):
    kept = known(db, waves.add_wave(db, WAVE, NOW))
    assert {name: getattr(kept, name) for name in WAVE._fields} == WAVE._asdict()
    assert (kept.state, kept.ends_at, kept.created_at, kept.card_outbox_id) == ("waiting", None, NOW, None)


def test_wanted_twice_it_is_there_once_and_as_it_was(db):
    first = waves.add_wave(db, WAVE, NOW)
    assert waves.add_wave(db, WAVE._replace(kind="csat"), NOW + HOUR) == first
    assert [one.kind for one in waves.waves(db)] == ["nps"]


def test_a_wave_that_nobody_knows_is_none(db):
    assert waves.wave(db, 99) is None


def test_waves_are_listed_the_latest_first(db):
    old = waves.add_wave(db, WAVE, NOW)
    new = waves.add_wave(db, WAVE._replace(occurrence="2", start_at=NOW + HOUR, series=None), NOW)
    waves.begin(db, old)
    assert [one.id for one in waves.waves(db)] == [new, old]
    assert [one.id for one in waves.waves(db, states=["running"])] == [old]
    assert [one.id for one in waves.waves(db, series="quarterly")] == [old]
    assert [one.id for one in waves.waves(db, limit=1)] == [new]


def test_waves_are_due_in_order_from_their_moment_on(db):
    later = waves.add_wave(db, WAVE, NOW)
    first = waves.add_wave(db, WAVE._replace(occurrence="2", start_at=NOW - HOUR), NOW)
    waves.add_wave(db, WAVE._replace(occurrence="3", start_at=NOW + HOUR), NOW)
    assert waves.due_waves(db, NOW) == [first, later]
    waves.begin(db, first)
    waves.withdraw(db, later)
    assert waves.due_waves(db, NOW) == []


def test_a_triggers_wave_is_never_due(db):
    waves.add_wave(db, WAVE._replace(occurrence="trigger start_nps 2026-11"), NOW)
    assert waves.due_waves(db, NOW) == []


def test_a_wave_waits_runs_and_is_over(db):
    number = waves.add_wave(db, WAVE, NOW)
    assert not waves.finish(db, number)
    assert waves.begin(db, number)
    assert not waves.begin(db, number)
    assert waves.finish(db, number)
    assert not waves.finish(db, number)
    assert not waves.withdraw(db, number)
    assert known(db, number).state == "over"


def test_only_a_withdrawn_wave_cannot_be_carried_on(db):
    number = waves.add_wave(db, WAVE, NOW)
    assert waves.carry_on(db, number)
    assert waves.carry_on(db, number)
    waves.finish(db, number)
    assert waves.carry_on(db, number)
    assert waves.withdraw(db, number)
    assert not waves.carry_on(db, number)


@pytest.mark.parametrize("over", [waves.finish, waves.withdraw])
def test_an_anonymous_wave_forgets_its_secret_when_it_is_over(db, over):
    number = waves.add_wave(db, WAVE._replace(anonymous=True), NOW)
    waves.begin(db, number)
    assert len(waves.secret_of(db, number) or b"") == 32
    over(db, number)
    assert waves.secret_of(db, number) is None


@pytest.mark.parametrize("over", [waves.finish, waves.withdraw])
def test_an_anonymous_wave_forgets_on_which_days_it_was_answered(db, over):
    number = waves.add_wave(db, WAVE._replace(anonymous=True), NOW)
    waves.begin(db, number)
    later = NOW.date() + timedelta(days=4)
    rows.add(db, "anonymous_answer", wave_id=number, mark="a", kind="nps", score=3, day=later)
    over(db, number)
    assert db.scalar(select(anonymous_answer.c.day)) == WAVE.start_at.date()


def test_other_waves_have_no_secret(db):
    assert waves.secret_of(db, waves.add_wave(db, WAVE, NOW)) is None


def test_a_wave_ends_with_its_last_question(db):
    number = waves.add_wave(db, WAVE, NOW)
    for moment in (NOW + HOUR, NOW + 3 * HOUR, NOW + 2 * HOUR):
        waves.ends(db, number, moment)
    assert known(db, number).ends_at == NOW + 3 * HOUR
