"""A survey from its wave to its end, through outbox and sender: asked once, reminded once, closed, told."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select, update

from bot.jobs.surveys import JOB
from bot.playground.double import SlackDouble
from bot.scheduler import context_at
from bot.survey_gate import SurveyGate
from bot.survey_rounds import go_round, is_waiting
from metrics.asking import Audience, To
from metrics.quiet_hours import quiet_hours_of
from storage.queries import survey_asks, survey_waves
from storage.queries.survey_waves import NewWave
from storage.queries.tables import contact, survey_ask, survey_optout, survey_wave, ticket
from storage.session import reading, transaction
from tests.bot.outbox import COMPANY, NOW, WORLD, Clock, Office, office
from tests.storage.queries import rows

AWAKE = replace(COMPANY, quiet=quiet_hours_of("none", "none"))
DIRECT = "D-U0OUT"


@pytest.fixture
def desk(engine: Engine) -> Iterator[Office]:
    clock = Clock()
    with SlackDouble(WORLD, clock=clock) as double:
        here = office(engine, double, clock)
        gate = SurveyGate(engine, here.delivery.posting.people, AWAKE)
        yield replace(here, delivery=replace(here.delivery, gate=gate))


def customer(desk: Office, **of_contact: Any) -> int:
    """A customer whose Otto is in Slack; Otto's id as a contact."""
    with transaction(desk.engine) as db:
        account = rows.account(db, "Them", key="them", slack_channel_id="C0SHARED")
        rows.subscribe(db, account, rows.paid(NOW.date() - timedelta(days=100)))
        return rows.contact(db, account, "Otto Out", **{"slack_user_id": "U0OUT", **of_contact})


def begun(desk: Office, **values: Any) -> int:
    """A wave for everybody, begun by Ana and sent as far as it can be; its id."""
    new = NewWave("form 1", "nps", Audience(To.EVERYBODY), NOW, started_by="U0ANA")
    with transaction(desk.engine) as db:
        wave_id = survey_waves.add_wave(db, new._replace(**values), NOW)
    turn(desk)
    return wave_id


def turn(desk: Office) -> None:
    """A round, and all that the sender can do after it."""
    go_round(desk.engine, AWAKE, desk.clock.now)
    desk.work_on()


def states(desk: Office) -> list[tuple[str, str | None]]:
    with reading(desk.engine) as db:
        found = db.execute(select(survey_ask.c.state, survey_ask.c.reason).order_by(survey_ask.c.id))
        return [(row.state, row.reason) for row in found]


def read_by_otto(desk: Office) -> list[str]:
    channel = desk.slack.reads.conversations_open(users="U0OUT")["channel"]["id"]
    return desk.texts(str(channel))


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


def test_at_night_nobody_is_asked(desk: Office) -> None:
    customer(desk)
    night = replace(AWAKE, quiet=quiet_hours_of("08:00-20:00", "none"))
    gate = SurveyGate(desk.engine, desk.delivery.posting.people, night)
    asleep = replace(desk, delivery=replace(desk.delivery, gate=gate))
    begun(asleep)
    assert states(desk) == [("queued", None)]
    asleep.clock.forward(hours=12)
    asleep.work_on()
    assert states(desk) == [("sent", None)]


def test_whom_slack_does_not_let_be_written_to_is_told_to_the_sender_alone(desk: Office) -> None:
    customer(desk, slack_user_id="U0NOBODY")
    wave_id = begun(desk)
    with reading(desk.engine) as db:
        progress = survey_asks.progress(db, wave_id)
    assert progress.failed == 1
    turn(desk)
    assert desk.texts("C0CS") == []


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
