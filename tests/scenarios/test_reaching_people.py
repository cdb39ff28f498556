"""A customer's person whom no file names a Slack account for is found by their address, and asked."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, select, update

from bot.jobs import JobContext, signs
from bot.playground.double import ApiError
from commands.ui.survey_posting import start
from metrics.asking import Audience, To
from storage.load import load
from storage.queries.survey_waves import NewWave, add_wave
from storage.queries.tables import contact, survey_ask, survey_response, ticket
from storage.session import reading, transaction
from tests.commands.asking import NOW
from tests.factories import write_csv
from tests.scenarios.served import Workplace, workplace

OTTO, ACME = "U0OUT", "C0ACME"
CONTACT = {"contact_id": "c2", "account_id": "a1", "name": "John Doe", "email": "Otto@acme.com", "slack_user_id": ""}


class Reaching(Workplace):
    """Acme, which shares a channel with us; its John Doe has the address of Otto there."""

    folder: Path

    def imports(self) -> None:
        """The nightly files once more, which name nobody's Slack account."""
        account = {"account_id": "a1", "name": "Acme Corp", "slack_channel_id": ACME}
        files = [write_csv(self.folder / "accounts.csv", [account]), write_csv(self.folder / "contacts.csv", [CONTACT])]
        load(self.bot.engine, files, zone=ZoneInfo("UTC"), home_currency="USD", now=self.clock.now)

    def night(self) -> None:
        company, now = self.bot.settings.company(), self.clock.now
        job = JobContext(self.bot.engine, company, now.date(), now, directory=self.bot.directory)
        while signs.JOB.days(job):
            signs.JOB.run(job)

    def asked(self, name: str) -> tuple[str, str | None]:
        """Ask John: what was decided, and why."""
        with transaction(self.bot.engine) as db:
            new = NewWave(f"form {name}", "nps", Audience(To.CONTACT, "c2"), self.clock.now, started_by="U0ANA")
            start(db, add_wave(db, new, self.clock.now), self.bot.answering.company, self.clock.now)
        self.deliver()
        with reading(self.bot.engine) as db:
            latest = select(survey_ask.c.state, survey_ask.c.reason).order_by(survey_ask.c.id.desc()).limit(1)
            state, reason = db.execute(latest).one()
        return state, reason

    def john(self) -> str | None:
        with reading(self.bot.engine) as db:
            return db.execute(select(contact.c.slack_user_id).where(contact.c.key == "c2")).scalar()


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> Iterator[Reaching]:
    settings = {"LATIDO_QUIET_HOURS": "none", "LATIDO_DAYS_OFF": "none"}
    with workplace(Reaching, engine, tmp_path, **settings) as there:
        there.folder = tmp_path
        there.imports()
        with transaction(engine) as db:
            db.execute(update(survey_response).values(responded_at=NOW - timedelta(days=400)))
            db.execute(update(ticket).values(escalated=False))
        yield there


def test_who_could_not_be_reached_is_found_at_night_and_asked(office: Reaching) -> None:
    assert office.asked("before") == ("skipped", "unreachable")
    office.night()
    office.imports()
    assert office.asked("after") == ("sent", None)
    messages = office.slack.messages(office.slack.direct_channel(OTTO), OTTO)
    assert [one.user for one in messages] == [office.slack.bot_user_id]


def test_whoever_joins_the_channel_is_known_at_once(office: Reaching) -> None:
    office.slack.leave(OTTO, ACME)
    office.night()
    assert office.john() is None
    office.slack.join("U0GUEST", ACME)
    office.slack.join(OTTO, ACME)
    assert office.bot.answers.wait_idle(30)
    assert office.john() == OTTO


def test_while_slack_does_not_answer_nothing_is_lost(office: Reaching) -> None:
    office.slack.leave(OTTO, ACME)
    office.slack.faults.next("users.info", ApiError("ratelimited"))
    office.slack.join(OTTO, ACME)
    assert office.bot.answers.wait_idle(30)
    assert office.john() is None
    office.night()
    assert office.john() == OTTO
