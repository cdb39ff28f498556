"""Surveys in processes that are killed at any moment: each person of a wave is asked once, reminded once at most."""

import random
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import ColumnElement, Engine, func, select, update

from bot.playground.double import (
    Channel,
    DropAfterAccepting,
    DropBefore,
    RateLimited,
    ServerError,
    SlackDouble,
    Team,
    User,
    World,
)
from metrics.asking import Audience, To
from storage.queries import survey_waves
from storage.queries.survey_asks import PURPOSE, REMINDER
from storage.queries.survey_waves import NewWave
from storage.queries.tables import outbox, survey_ask, survey_wave
from storage.session import Session, reading, transaction
from tests.bot.killed import KILLS, PATIENCE_SECONDS, Mother, Workers, work_begins, workers
from tests.storage.queries import rows

PEOPLE = max(16, KILLS // 2)
STORM = max(12, KILLS // 4)
ASKED = ("chat.postMessage", "chat.postMessage", "conversations.open", "users.info")
INVISIBLE, GONE = "U9INVISIBLE", "U9GONE"


def otto(number: int) -> str:
    return f"U1{number:04}"


def world(people: int) -> World:
    """Everybody of the customers reads a channel with us, but for one who has left it."""
    users = [User(otto(each), f"otto{each}", f"Otto {each}", team_id="T0THEM") for each in range(people)]
    members = [*(user.id for user in users), GONE]
    return World(
        team=Team("T0US", "Us"),
        users=[
            User("U0ANA", "ana", "Ana Ruiz", "ana@us.example"),
            *users,
            User(INVISIBLE, "ivo", "Ivo Invisible", team_id="T0THEM"),
            User(GONE, "gil", "Gil Gone", team_id="T0THEM", deleted=True),
        ],
        channels=[
            Channel("C0SHARED", "all", members=members, is_ext_shared=True, connected_team_ids=["T0THEM"]),
        ],
    )


def customers(engine: Engine, users: list[str]) -> None:
    with transaction(engine) as db:
        for user in users:
            account = rows.account(db, f"Account of {user}", key=f"a-{user}")
            rows.subscribe(db, account, rows.paid(datetime.now(UTC).date() - timedelta(days=100)))
            rows.contact(db, account, user, slack_user_id=user)


def wave(engine: Engine) -> None:
    now = datetime.now(UTC)
    with transaction(engine) as db:
        new = NewWave("kill", "nps", Audience(To.EVERYBODY), now, started_by="U0ANA")
        survey_waves.add_wave(db, new, now)


def states(engine: Engine) -> Counter[str]:
    with reading(engine) as db:
        return Counter(db.execute(select(survey_ask.c.state)).scalars())


def count(db: Session, *which: ColumnElement[bool]) -> int:
    return int(db.execute(select(func.count()).where(*which)).scalar_one())


def all_asked(engine: Engine) -> bool:
    with reading(engine) as db:
        return count(db, survey_ask.c.state == "queued") == 0 < count(db, survey_ask.c.state == "sent")


def all_reminded(engine: Engine) -> bool:
    with reading(engine) as db:
        sent = count(db, outbox.c.purpose == REMINDER, outbox.c.state == "sent")
        return sent == count(db, survey_ask.c.state == "sent")


def time_passes(engine: Engine) -> None:
    """The moment comes at which the questions end."""
    now = datetime.now(UTC)
    with transaction(engine) as db:
        db.execute(update(survey_ask).where(survey_ask.c.state == "sent").values(expires_at=now))
        db.execute(update(survey_wave).values(ends_at=now))


def is_over(engine: Engine) -> bool:
    waiting = outbox.c.state.in_(("pending", "sending", "unknown"))
    with reading(engine) as db:
        return count(db, survey_wave.c.state != "over") == 0 == count(db, waiting)


def killed_until(done: Callable[[], bool], double: SlackDouble, at_work: Workers, chance: random.Random) -> None:
    """Kill one again and again, mostly in the middle of something, until all is done."""
    most, deadline = at_work.kills + KILLS // 3, time.monotonic() + PATIENCE_SECONDS
    while not done() and time.monotonic() < deadline:
        if at_work.kills < most:
            work_begins(double)
            time.sleep(chance.uniform(0, 0.1))
            at_work.kill_one(chance)
        else:
            time.sleep(0.05)
    assert done()


def posted_to(double: SlackDouble, user: str) -> int:
    return len(double.messages(double.direct_channel(user)))


def each_was_asked_once(engine: Engine, double: SlackDouble, users: list[str]) -> Counter[str]:
    """One question, and a reminder if it was sent; how often each purpose was sent."""
    with reading(engine) as db:
        sent = (outbox.c.state == "sent", outbox.c.purpose.in_((PURPOSE, REMINDER)))
        found = db.execute(select(outbox.c.purpose, outbox.c.destination).where(*sent)).all()
    by_purpose = Counter(row.purpose for row in found)
    expected = Counter(row.destination for row in found)
    assert {row.destination for row in found if row.purpose == PURPOSE} == set(users)
    assert {user: posted_to(double, user) for user in users} == expected
    return by_purpose


@pytest.mark.slow
@pytest.mark.parametrize("processes", [1, 3])
def test_kills_at_any_step_of_a_wave_ask_nobody_twice_and_forget_nobody(
    worker_mother: Mother, engine: Engine, processes: int
) -> None:
    """While it begins, is sent, people are reminded, and the questions end."""
    chance = random.Random(processes)
    users = [otto(number) for number in range(PEOPLE)]
    customers(engine, users)
    wave(engine)
    with SlackDouble(world(PEOPLE)) as double, workers(worker_mother, engine, double, processes, "surveys") as at_work:
        killed_until(lambda: all_asked(engine), double, at_work, chance)
        killed_until(lambda: all_reminded(engine), double, at_work, chance)
        time_passes(engine)
        killed_until(lambda: is_over(engine), double, at_work, chance)
        found = each_was_asked_once(engine, double, users)
        print(  # noqa: T201
            f"{at_work.kills} kills, {processes} processes: {dict(states(engine))}, sent {dict(found)}, "
            f"taken back {sum(call.method == 'chat.delete' for call in double.calls)}"
        )
        assert at_work.kills >= KILLS // 3
        assert states(engine) == {"expired": PEOPLE}
        assert found == {PURPOSE: PEOPLE, REMINDER: PEOPLE}
        assert posted_to(double, "U0ANA") == 1, "one live card"


@pytest.mark.slow
def test_faults_of_slack_and_people_who_cannot_be_reached_cost_no_question_and_double_none(
    worker_mother: Mother, engine: Engine
) -> None:
    chance = random.Random(5)
    users = [otto(number) for number in range(STORM)]
    customers(engine, [*users, INVISIBLE, GONE])
    faults = (DropAfterAccepting(), DropAfterAccepting(), DropBefore(), RateLimited(1), ServerError())
    with SlackDouble(world(STORM)) as double:
        for _ in range(STORM):
            double.faults.next(chance.choice(ASKED), chance.choice(faults))
        with workers(worker_mother, engine, double, 3, "surveys") as at_work:
            wave(engine)
            killed_until(lambda: all_asked(engine), double, at_work, chance)
            killed_until(lambda: all_reminded(engine), double, at_work, chance)
        each_was_asked_once(engine, double, users)
        with reading(engine) as db:
            failed = db.execute(
                select(survey_ask.c.destination, survey_ask.c.reason).where(survey_ask.c.state == "failed")
            ).all()
        print(f"{STORM} faults, {at_work.kills} kills, 3 processes: {dict(states(engine))}")  # noqa: T201
        assert at_work.kills >= KILLS // 3
        assert {tuple(row) for row in failed} == {(INVISIBLE, "user_not_found"), (GONE, "deactivated")}
