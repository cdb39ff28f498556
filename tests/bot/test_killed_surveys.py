"""Surveys in processes that are killed at any moment: each person of a wave is asked once, reminded once at most."""

import random
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, func, select

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
from tests.bot.killed import KILLS, PATIENCE_SECONDS, Workers, work_begins, workers
from tests.storage.queries import rows

PEOPLE = max(40, KILLS // 2)
STORM = max(30, KILLS // 4)
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


def wave(engine: Engine) -> int:
    now = datetime.now(UTC)
    with transaction(engine) as db:
        new = NewWave("kill", "nps", Audience(To.EVERYBODY), now, started_by="U0ANA")
        return survey_waves.add_wave(db, new, now)


def states(engine: Engine) -> Counter[str]:
    with reading(engine) as db:
        return Counter(db.execute(select(survey_ask.c.state)).scalars())


def is_over(engine: Engine, wave_id: int) -> bool:
    with reading(engine) as db:
        over = db.execute(select(survey_wave.c.state).where(survey_wave.c.id == wave_id)).scalar() == "over"
        return over and not unsettled(db)


def unsettled(db: Session) -> int:
    waiting = outbox.c.state.in_(("pending", "sending", "unknown"))
    return int(db.execute(select(func.count()).where(waiting)).scalar_one())


def killed_until(
    done: Callable[[], bool], double: SlackDouble, at_work: Workers, chance: random.Random, seconds: float
) -> int:
    """Kill one again and again, mostly in the middle of something, until all is done; how many that were."""
    kills, deadline = 0, time.monotonic() + PATIENCE_SECONDS + seconds
    while not done() and time.monotonic() < deadline:
        work_begins(double)
        time.sleep(chance.uniform(0, 0.2))
        at_work.kill_one(chance)
        kills += 1
        if kills >= KILLS:
            time.sleep(0.5)
    return kills


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
def test_kills_at_any_step_of_a_wave_ask_nobody_twice_and_forget_nobody(engine: Engine, processes: int) -> None:
    """While it begins, is sent, people are reminded, and the questions end."""
    chance = random.Random(processes)
    users = [otto(number) for number in range(PEOPLE)]
    customers(engine, users)
    wave_id = wave(engine)
    with SlackDouble(world(PEOPLE)) as double, workers(engine, double, processes, "surveys") as at_work:
        kills = killed_until(lambda: is_over(engine, wave_id), double, at_work, chance, seconds=60)
        found = each_was_asked_once(engine, double, users)
        print(  # noqa: T201
            f"{kills} kills, {processes} processes: {dict(states(engine))}, sent {dict(found)}, "
            f"taken back {sum(call.method == 'chat.delete' for call in double.calls)}"
        )
        assert states(engine) == {"expired": PEOPLE}
        assert found[PURPOSE] == PEOPLE
        assert found[REMINDER] > 0
        assert posted_to(double, "U0ANA") == 1, "one live card"


@pytest.mark.slow
def test_faults_of_slack_and_people_who_cannot_be_reached_cost_no_question_and_double_none(engine: Engine) -> None:
    chance = random.Random(5)
    users = [otto(number) for number in range(STORM)]
    customers(engine, [*users, INVISIBLE, GONE])
    faults = (DropAfterAccepting(), DropAfterAccepting(), DropBefore(), RateLimited(1), ServerError())
    with SlackDouble(world(STORM)) as double:
        for _ in range(STORM):
            double.faults.next(chance.choice(ASKED), chance.choice(faults))
        with workers(engine, double, 3, "surveys") as at_work:
            wave(engine)

            def all_sent() -> bool:
                counts = states(engine)
                return counts["failed"] == 2 and sum(counts.values()) == STORM + 2 and not counts["queued"]

            kills = killed_until(all_sent, double, at_work, chance, seconds=60)
        each_was_asked_once(engine, double, users)
        with reading(engine) as db:
            failed = db.execute(
                select(survey_ask.c.destination, survey_ask.c.reason).where(survey_ask.c.state == "failed")
            ).all()
        print(f"{STORM} faults, {kills} kills, 3 processes: {dict(states(engine))}")  # noqa: T201
        assert {tuple(row) for row in failed} == {(INVISIBLE, "user_not_visible"), (GONE, "deactivated")}
