"""What tests of sending surveys share: a sender that may write to customers, and a customer whose Otto is in Slack."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import Engine, select

from bot.playground.double import SlackDouble, World
from bot.survey_gate import SurveyGate
from bot.survey_rounds import go_round
from commands.core.request import Company
from metrics.asking import Audience, To
from metrics.quiet_hours import quiet_hours_of
from storage.queries import survey_waves
from storage.queries.survey_waves import NewWave
from storage.queries.tables import survey_ask
from storage.session import reading, transaction
from tests.bot.outbox import COMPANY, NOW, WORLD, Clock, Office, office
from tests.storage.queries import rows

AWAKE = replace(COMPANY, quiet=quiet_hours_of("none", "none"))


@contextmanager
def surveyed(engine: Engine, world: World = WORLD, company: Company = AWAKE) -> Iterator[Office]:
    """An office whose sender asks customers as the company wants them asked."""
    clock = Clock()
    with SlackDouble(world, clock=clock) as double:
        here = office(engine, double, clock)
        yield gated(here, company)
        here.slack.close()


def gated(desk: Office, company: Company) -> Office:
    """The same office for a company that has decided otherwise."""
    gate = SurveyGate(desk.engine, desk.delivery.posting.people, company)
    return replace(desk, delivery=replace(desk.delivery, gate=gate))


def customer(desk: Office, **of_contact: Any) -> int:
    """A customer whose Otto is in Slack; Otto's id as a contact."""
    with transaction(desk.engine) as db:
        account = rows.account(db, "Them", key="them", slack_channel_id="C0SHARED")
        rows.subscribe(db, account, rows.paid(NOW.date() - timedelta(days=100)))
        return rows.contact(db, account, "Otto Out", **{"slack_user_id": "U0OUT", **of_contact})


def begun(desk: Office, **values: Any) -> int:
    """A wave for everybody, begun by Ana and sent as far as it can be; its id."""
    with transaction(desk.engine) as db:
        wave_id = survey_waves.add_wave(db, everybody(**values), NOW)
    turn(desk)
    return wave_id


def everybody(**values: Any) -> NewWave:
    """A wave of Ana's for everybody."""
    return NewWave("form 1", "nps", Audience(To.EVERYBODY), NOW, started_by="U0ANA")._replace(**values)


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
