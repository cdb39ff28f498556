"""A survey from its wave to its end, through outbox and sender: asked once, reminded once, closed, told."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select, update

from bot.jobs.surveys import JOB
from bot.scheduler import context_at
from bot.survey_rounds import go_round, is_waiting
from metrics.asking import Audience, To
from metrics.quiet_hours import quiet_hours_of
from storage.queries import survey_asks, survey_waves
from storage.queries.survey_rounds import CARD_RESTS, anything, waves_with_a_card
from storage.queries.survey_waves import NewWave
from storage.queries.tables import contact, survey_ask, survey_optout, survey_wave, ticket
from storage.session import reading, transaction
from tests.bot.outbox import NOW, Office
from tests.bot.surveyed import AWAKE, begun, customer, gated, read_by_otto, states, surveyed, turn


@pytest.fixture
def desk(engine: Engine) -> Iterator[Office]:
    with surveyed(engine) as here:
        yield here


def test_a_question_reaches_the_customer_once(desk: Office) -> None:
    customer(desk)
    begun(desk)
    turn(desk)
    assert states(desk) == [("sent", None)]
    assert len(read_by_otto(desk)) == 1


def test_whoever_started_it_follows_it_on_one_card(desk: Office) -> None:
    customer(desk)
    wave_id = begun(desk)
    turn(desk)
    channel = str(desk.slack.reads.conversations_open(users="U0ANA")["channel"]["id"])
    assert len(desk.texts(channel)) == 1
    with reading(desk.engine) as db:
        wave = survey_waves.wave(db, wave_id)
        assert wave is not None
        assert wave.card_shown is not None
        assert wave.card_shown["sent"] == 1
        assert not is_waiting(db, desk.clock.now, AWAKE)


def test_who_does_not_answer_is_reminded_once_and_then_the_question_is_closed(desk: Office) -> None:
    customer(desk)
    wave_id = begun(desk)
    desk.clock.forward(days=5, seconds=60)
    turn(desk)
    assert len(read_by_otto(desk)) == 2
    desk.clock.forward(days=1)
    turn(desk)
    assert len(read_by_otto(desk)) == 2
    desk.clock.forward(days=2)
    turn(desk)
    assert states(desk) == [("expired", None)]
    question, reminder = read_by_otto(desk)
    assert question == reminder, "both say that it is over"
    with reading(desk.engine) as db:
        assert db.execute(select(survey_wave.c.state).where(survey_wave.c.id == wave_id)).scalar() == "over"


def test_a_withdrawn_wave_is_closed_where_it_stands(desk: Office) -> None:
    customer(desk)
    wave_id = begun(desk)
    before = read_by_otto(desk)
    with transaction(desk.engine) as db:
        survey_waves.withdraw(db, wave_id)
    turn(desk)
    assert states(desk) == [("withdrawn", "told_by_others")]
    assert len(read_by_otto(desk)) == 1
    assert read_by_otto(desk) != before


@pytest.mark.parametrize("reason", ["left", "opted_out", "escalation"])
def test_at_the_last_moment_it_is_looked_whether_somebody_is_still_to_be_asked(desk: Office, reason: str) -> None:
    contact_id = customer(desk)
    new = NewWave("form 1", "nps", Audience(To.EVERYBODY), NOW)
    with transaction(desk.engine) as db:
        survey_waves.add_wave(db, new, NOW)
    go_round(desk.engine, AWAKE, desk.clock.now)
    with transaction(desk.engine) as db:
        if reason == "left":
            db.execute(update(contact).where(contact.c.id == contact_id).values(left_on=NOW.date()))
        elif reason == "opted_out":
            db.execute(survey_optout.insert().values(user_id="U0OUT", contact_id=contact_id, said_at=NOW))
        else:
            account = db.execute(select(contact.c.account_id)).scalar_one()
            db.execute(ticket.insert().values(key="t", account_id=account, opened_at=NOW, escalated=True))
    desk.work_on()
    assert states(desk) == [("withdrawn", reason)]
    assert read_by_otto(desk) == []


def test_a_withdrawn_question_in_a_channel_is_closed_although_somebody_has_answered_it(desk: Office) -> None:
    customer(desk)
    wave_id = begun(desk, place="channel")
    with transaction(desk.engine) as db:
        db.execute(update(survey_ask).values(state="answered"))
        survey_waves.withdraw(db, wave_id)
    turn(desk)
    assert "Ya no necesitamos respuesta" in desk.texts("C0SHARED")[0]
    with reading(desk.engine) as db:
        (over,) = db.execute(select(survey_ask.c.state, survey_ask.c.expires_at)).all()
        assert not anything(db, now=desk.clock.now, today=desk.clock.now.date())
    assert over.state == "answered"
    assert over.expires_at <= desk.clock.now


def test_at_night_nobody_is_asked(desk: Office) -> None:
    customer(desk)
    night = replace(AWAKE, quiet=quiet_hours_of("08:00-20:00", "none"))
    asleep = gated(desk, night)
    begun(asleep)
    assert states(desk) == [("queued", None)]
    asleep.clock.forward(hours=12)
    asleep.work_on()
    assert states(desk) == [("sent", None)]


def test_whoever_sent_it_is_told_once_of_the_questions_that_did_not_get_there(desk: Office) -> None:
    customer(desk, slack_user_id="U0NOBODY")
    wave_id = begun(desk)
    with reading(desk.engine) as db:
        progress = survey_asks.progress(db, wave_id)
    assert (progress.failed, progress.asked, progress.failures) == (1, 0, {"user_not_found": 1})
    for _ in range(3):
        turn(desk)
    channel = str(desk.slack.reads.conversations_open(users="U0ANA")["channel"]["id"])
    card, told = desk.texts(channel)
    assert "1 de 1" in told
    assert "1 de 1" not in card
    assert desk.texts("C0CS") == []


def test_a_reminder_in_a_shared_channel_stands_in_the_thread_of_the_question(desk: Office) -> None:
    customer(desk)
    begun(desk, place="channel")
    desk.clock.forward(days=5, seconds=60)
    turn(desk)
    question, reminder = desk.double.messages("C0SHARED")
    assert reminder.thread_ts == question.ts


def test_a_question_in_a_thread_and_its_reminder_stand_in_that_thread(desk: Office) -> None:
    customer(desk)
    root = desk.double.say("U0ANA", "C0SHARED", "How did the workshop go?")
    begun(desk, place="thread", thread=f"C0SHARED {root.ts}")
    desk.clock.forward(days=5, seconds=60)
    turn(desk)
    assert [each.thread_ts for each in desk.double.messages("C0SHARED")] == [root.ts] * 3


def test_a_live_card_does_not_change_more_often_than_twice_a_minute(desk: Office) -> None:
    customer(desk)
    wave_id = begun(desk)
    go_round(desk.engine, AWAKE, desk.clock.now)
    with reading(desk.engine) as db:
        now = desk.clock.now
        assert waves_with_a_card(db, now=now) == []
        assert waves_with_a_card(db, now=now + CARD_RESTS) == [wave_id]


def test_the_secret_of_an_anonymous_wave_goes_with_its_end(desk: Office) -> None:
    customer(desk)
    wave_id = begun(desk, anonymous=True)
    with reading(desk.engine) as db:
        assert survey_waves.secret_of(db, wave_id)
    desk.clock.forward(days=8)
    turn(desk)
    with reading(desk.engine) as db:
        assert survey_waves.secret_of(db, wave_id) is None


def test_the_job_is_due_while_something_is_to_be_done(desk: Office) -> None:
    customer(desk)
    context = context_at(desk.engine, AWAKE, desk.clock.now)
    assert JOB.days(context) == ()
    begun(desk)
    turn(desk)
    assert JOB.days(context) == ()
    later = context_at(desk.engine, AWAKE, NOW + timedelta(days=6))
    assert len(JOB.days(later)) == 1
    assert "1 reminded" in str(JOB.run(later))
