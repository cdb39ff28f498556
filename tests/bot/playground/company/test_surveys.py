"""What Faro has asked, as the cards of a morning find it, and what it is about to ask."""

import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from bot.playground.company.people import OUTSIDERS, demo_world
from bot.playground.company.surveys import LISTS, PAST, SOON, ask_in_the_past, ask_soon
from bot.playground.double import SlackDouble
from bot.playground.start import ZONE, demo_settings
from commands.core.request import Company
from commands.core.survey_plan import Plan, plan
from metrics.asking import Audience, Reason, To
from storage.engine import open_engine
from storage.queries.saved_lists import saved_lists
from storage.queries.survey_asks import progress
from storage.queries.survey_waves import NewWave, Wave, waves
from storage.queries.tables import contact, outbox, survey_response
from storage.session import Session, reading
from tests.bot.playground.company.conftest import Import
from tests.bot.playground.company.days import CLOCKS_FORWARD, ORDINARY

SEED = 20


@pytest.fixture(scope="module", params=[ORDINARY, CLOCKS_FORWARD], ids=str)
def today(request: pytest.FixtureRequest) -> date:
    day: date = request.param
    return day


@pytest.fixture(scope="module")
def now(today: date) -> datetime:
    return datetime(today.year, today.month, today.day, 9, 30, tzinfo=ZONE)


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Company:
    """Faro's own settings."""
    with SlackDouble(demo_world()) as slack:
        return demo_settings(slack, tmp_path_factory.mktemp("settings")).company()


@pytest.fixture(scope="module")
def store(
    today: date, now: datetime, company: Company, imported: Import, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """The imported company of the day, which has asked and is about to."""
    filled = imported(today, SEED).engine.url.database
    assert filled is not None
    path: Path = tmp_path_factory.mktemp("asked") / "faro.db"
    with imported(today, SEED).engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine = open_engine(f"sqlite:///{shutil.copy(filled, path)}")
    ask_in_the_past(engine, company, now)
    ask_soon(engine, company, now)
    yield engine
    engine.dispose()


@pytest.fixture
def faro(store: Engine) -> Iterator[Session]:
    with reading(store) as db:
        yield db


def planned(db: Session, wanted: NewWave | Wave, company: Company, now: datetime) -> Plan:
    return plan(db, wanted, company, now + SOON)


def test_past_waves_were_answered_declined_and_left_to_expire(faro: Session) -> None:
    past = [one for one in waves(faro) if one.state == "over"]
    assert [one.kind for one in past] == ["csat", "nps", "nps"]
    for one, told in zip(past, reversed(PAST), strict=True):
        counts = progress(faro, one.id)
        said = [said.score for said in told.said.values()]
        assert counts.answered == len(said) - said.count(None)
        assert counts.declined == said.count(None)
        assert counts.expired > 0
        assert counts.queued == counts.sent == counts.failed == counts.withdrawn == 0


def test_every_answer_is_its_contact_s_in_their_own_words(faro: Session) -> None:
    r, c = survey_response.c, contact.c
    found = faro.execute(
        select(c.slack_user_id, r.kind, r.score, r.comment)
        .join_from(survey_response, contact, c.id == r.contact_id)
        .where(r.ask_id.is_not(None))
    )
    told = [
        (user, past.kind, said.score, said.comment or None)
        for past in PAST
        for user, said in past.said.items()
        if said.score is not None
    ]
    assert sorted((row[0], row[1], row[2], row[3] or None) for row in found) == sorted(told)


def test_what_was_said_then_is_not_said_again(faro: Session) -> None:
    states = faro.execute(select(outbox.c.state).distinct()).scalars()
    assert set(states) == {"sent"}


def test_the_lists_hold_everybody_who_is_named(faro: Session) -> None:
    assert {one.name: one.contacts for one in saved_lists(faro)} == {name: len(users) for name, users in LISTS.items()}
    assert set().union(*LISTS.values()) == {user.id for user in OUTSIDERS}


def test_whoever_tries_it_can_answer_in_three_languages(faro: Session, company: Company, now: datetime) -> None:
    nps = next(one for one in waves(faro, states=("waiting",)) if one.kind == "nps")
    asked = planned(faro, nps, company, now)
    assert {who.destination for who in asked.asked} == {"U0PRIYA", "U0JON", "U0NURIA", "U0DARYA"}
    assert {one.why.reason for one in asked.skipped} == {Reason.ASKED_LATELY, Reason.OPTED_OUT}


def test_a_question_is_put_into_a_shared_channel(faro: Session, company: Company, now: datetime) -> None:
    csat = next(one for one in waves(faro, states=("waiting",)) if one.kind == "csat")
    assert [who.destination for who in planned(faro, csat, company, now).asked] == ["C0IBERIA"]


def test_somebody_is_left_to_be_asked_by_hand(faro: Session, company: Company, now: datetime) -> None:
    by_hand = NewWave("by hand", "nps", Audience(To.POINTS, "globex"), now, "", started_by="U0MAYA")
    assert "U0MINDY" in {who.destination for who in planned(faro, by_hand, company, now).asked}
