"""A broken destination: its owner is told once, in words, and what waits is sent once it is mended."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select

from bot.broken_news import BrokenNews
from bot.playground.double import SlackDouble
from commands.ui.cards.delivery import broken_notice
from commands.ui.text import translator
from storage.queries.destinations import Broken, mended, try_again
from storage.queries.tables import destination
from storage.session import reading, transaction
from tests.bot.outbox import COMPANY, NOW, WORLD, Clock, Office, office


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def double(clock: Clock) -> Iterator[SlackDouble]:
    with SlackDouble(WORLD, clock=clock) as slack:
        yield slack


@pytest.fixture
def desk(engine: Engine, double: SlackDouble, clock: Clock) -> Iterator[Office]:
    here = office(engine, double, clock)
    yield here
    here.slack.close()


def told(desk: Office, user_id: str) -> list[str]:
    """What a person has read in the direct message."""
    return desk.texts(desk.double.direct_channel(user_id))


def known(desk: Office, place: str) -> Any:
    with reading(desk.engine) as db:
        return db.execute(select(destination).where(destination.c.id == place)).one()


@pytest.mark.parametrize(
    ("place", "why", "mend"),
    [
        ("C0OLD", "the channel is archived", "Unarchive it and invite me again"),
        ("C0ALONE", "I am not in the channel", "Invite me there with `/invite`"),
        ("C0NONE", "I cannot see the channel", "Invite me there with `/invite`"),
        ("C0GUESTS", "people from outside your company, or guests, read it", "I show nothing internal there"),
    ],
)
def test_the_owner_is_told_once_what_is_wrong_what_waits_and_what_mends_it(
    desk: Office, place: str, why: str, mend: str
) -> None:
    desk.put("one", place, owner="U0ANA")
    desk.put("two", place)
    desk.work_on()
    (notice,) = told(desk, "U0ANA")
    first, waits, how, where = notice.splitlines()
    assert first.startswith(f"I cannot write to <#{place}> any more: {why}")
    assert waits == "2 messages wait for it."
    assert how.startswith(mend)
    assert "`/latido queue`" in where


def test_the_owner_of_the_message_above_is_told_too(desk: Office, double: SlackDouble) -> None:
    above = desk.put("one", owner="U0ANA")
    desk.work()
    double.alter("C0CS", is_archived=True)
    desk.put("two", thread_of=above)
    desk.work_on()
    assert len(told(desk, "U0ANA")) == 1
    assert known(desk, "C0CS").owner == "U0ANA"


def test_without_an_owner_the_admins_are_told(desk: Office) -> None:
    desk.put("one", "C0OLD")
    desk.work_on()
    assert len(told(desk, "U0OLGA")) == 1


def test_when_it_is_the_owner_who_cannot_be_written_to_the_admins_are_told(desk: Office) -> None:
    desk.put("one", "U0GUEST", owner="U0GUEST")
    desk.work_on()
    (notice,) = told(desk, "U0OLGA")
    assert "<@U0GUEST>" in notice


def test_where_nobody_can_be_told_the_log_is(desk: Office, caplog: pytest.LogCaptureFixture) -> None:
    assert isinstance(desk.delivery.news, BrokenNews)
    object.__setattr__(desk.delivery.news, "company", replace(COMPANY, admins=()))
    desk.put("one", "C0OLD")
    desk.work_on()
    assert "nobody can be told that C0OLD is broken: is_archived" in caplog.text
    assert set(desk.states()) == {"one"}


def test_it_is_said_in_the_owners_language(desk: Office, double: SlackDouble) -> None:
    desk.put("one", "C0OLD", owner="U0RITA")
    desk.work_on()
    (notice,) = told(desk, "U0RITA")
    assert notice == broken_notice(Broken("C0OLD", "is_archived", NOW, "U0RITA", 1), translator("es")).text


def test_once_it_is_mended_what_waited_is_sent_in_order(desk: Office, double: SlackDouble) -> None:
    desk.put("one", "C0OLD", owner="U0ANA")
    desk.put("two", "C0OLD")
    desk.work_on()
    double.alter("C0OLD", is_archived=False)
    with transaction(desk.engine) as db:
        assert mended(db, "C0OLD")
        assert not mended(db, "C0OLD")
    desk.work_on()
    assert desk.texts("C0OLD") == ["one", "two"]
    row = known(desk, "C0OLD")
    assert (row.broken_since, row.reason, row.told_at) == (None, None, None)


def test_a_try_that_fails_again_is_not_told_again_but_a_new_breakage_is(desk: Office, double: SlackDouble) -> None:
    desk.put("one", "C0OLD", owner="U0ANA")
    desk.work_on()
    with transaction(desk.engine) as db:
        assert try_again(db, "C0OLD")
    desk.work_on()
    assert known(desk, "C0OLD").broken_since is not None
    assert len(told(desk, "U0ANA")) == 1
    double.alter("C0OLD", is_archived=False)
    with transaction(desk.engine) as db:
        assert try_again(db, "C0OLD")
    desk.work_on()
    double.alter("C0OLD", is_archived=True)
    desk.put("two", "C0OLD")
    desk.work_on()
    assert desk.texts("C0OLD") == ["one"]
    assert len(told(desk, "U0ANA")) == 2


def test_what_waits_for_a_broken_destination_too_long_expires(desk: Office, clock: Clock) -> None:
    desk.put("one", "C0OLD", expires_at=clock.now + timedelta(hours=1))
    desk.work_on()
    clock.forward(hours=2)
    desk.work()
    assert desk.states()["one"] == "failed"


def test_a_channel_archived_while_messages_wait_keeps_them(desk: Office, double: SlackDouble) -> None:
    for number in range(4):
        desk.put(f"{number}", owner="U0ANA")
    desk.work()
    double.alter("C0CS", is_archived=True)
    desk.work_on()
    assert desk.texts() == ["0"]
    double.alter("C0CS", is_archived=False)
    with transaction(desk.engine) as db:
        mended(db, "C0CS")
    desk.work_on()
    assert desk.texts() == ["0", "1", "2", "3"]
