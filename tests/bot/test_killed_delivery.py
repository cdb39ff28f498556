"""Senders that are killed at any moment, one or three at a time: every message comes once, none is lost."""

import random
import time
from collections import Counter
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, select

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
from commands.core.posted import written
from commands.core.reply import Reply
from commands.ui.blocks import section
from storage.queries.destinations import mended
from storage.queries.outbox import Draft, put
from storage.queries.tables import destination, outbox
from storage.session import reading, transaction
from tests.bot.killed import KILLS, PAUSES, Mother, all_sent, wait_until, work_begins, workers
from tests.bot.worker_process import LEASE

STORM = max(12, KILLS * 3 // 10)
ASKED = ("chat.postMessage", "chat.postMessage", "conversations.info", "conversations.members", "conversations.history")
CHANNELS = [f"C0{number:02}" for number in range(10)]

WORLD = World(
    team=Team("T0US", "Us"),
    users=[User("U0ANA", "ana", "Ana Ruiz", "ana@us.example")],
    channels=[Channel(each, each.lower(), members=["U0ANA"]) for each in CHANNELS],
)


def decide(engine: Engine, number: int) -> None:
    now = datetime.now(UTC)
    content = written(Reply(f"message {number}", (section(f"message {number}"),)))
    with transaction(engine) as db:
        put(db, Draft("kill", str(number), CHANNELS[number % len(CHANNELS)], content, now), now=now)


def each_came_once(engine: Engine, double: SlackDouble, count: int, what: str) -> None:
    with reading(engine) as db:
        states = Counter(db.execute(select(outbox.c.state)).scalars())
        attempts = Counter(db.execute(select(outbox.c.attempts)).scalars())
    posted = Counter(message.text for channel in CHANNELS for message in double.messages(channel))
    taken_back = sum(call.method == "chat.delete" for call in double.calls)
    print(f"{what}: {dict(states)}, attempts {dict(attempts)}, posted {posted.total()}, taken back {taken_back}")  # noqa: T201
    assert states == {"sent": count}
    assert posted == {f"message {number}": 1 for number in range(count)}


@pytest.mark.slow
@pytest.mark.parametrize("processes", [1, 3])
def test_kills_at_any_moment_cost_no_message_and_double_none(
    worker_mother: Mother, engine: Engine, processes: int
) -> None:
    chance = random.Random(processes)
    with SlackDouble(WORLD) as double, workers(worker_mother, engine, double, processes) as at_work:
        for number in range(KILLS):
            decide(engine, number)
            work_begins(double)
            time.sleep(chance.uniform(0, 0.03))
            at_work.kill_one(chance)
        all_sent(engine, at_work)
        assert at_work.kills == KILLS
        each_came_once(engine, double, KILLS, f"{KILLS} kills, {processes} processes")


@pytest.mark.slow
def test_kills_while_slack_takes_messages_without_saying_so_and_wants_everybody_to_wait(
    worker_mother: Mother, engine: Engine
) -> None:
    """Every third call or so goes wrong: dropped after or before it was done, refused for the rate, failed at Slack."""
    chance = random.Random(7)
    faults = (DropAfterAccepting(), DropAfterAccepting(), DropBefore(), RateLimited(1), ServerError())
    with SlackDouble(WORLD) as double, workers(worker_mother, engine, double, 3) as at_work:
        for number in range(STORM):
            double.faults.next(chance.choice(ASKED), chance.choice(faults))
            decide(engine, number)
            if number % 3 == 0:
                work_begins(double)
                at_work.kill_one(chance)
        double.faults.clear()
        all_sent(engine, at_work)
        assert at_work.kills == (STORM + 2) // 3
        each_came_once(engine, double, STORM, f"{STORM} faults, {STORM // 3} kills, 3 processes")


@pytest.mark.slow
def test_three_senders_in_a_storm_of_rate_limits_send_each_message_once(worker_mother: Mother, engine: Engine) -> None:
    with SlackDouble(WORLD) as double, workers(worker_mother, engine, double, 3) as at_work:
        double.faults.next("chat.postMessage", RateLimited(1), times=STORM)
        for number in range(STORM):
            decide(engine, number)
        all_sent(engine, at_work)
        refused = sum(call.error == "ratelimited" for call in double.calls)
        each_came_once(engine, double, STORM, f"{refused} calls refused for the rate, 3 processes")
        assert refused == STORM


@pytest.mark.slow
def test_a_sender_paused_for_longer_than_its_lease_posts_nothing_twice(worker_mother: Mother, engine: Engine) -> None:
    """Others take over what it had begun; it goes on in the middle of whatever it was doing."""
    chance = random.Random(11)
    lease = LEASE.total_seconds()
    pauses = 0
    with SlackDouble(WORLD) as double, workers(worker_mother, engine, double, 3) as at_work:
        for number in range(PAUSES):
            decide(engine, number)
            work_begins(double)
            time.sleep(chance.uniform(0, 0.03))
            if len(at_work.asleep) < 3:
                at_work.sleep_one(chance, lease * chance.uniform(1.1, 1.8))
                pauses += 1
        all_sent(engine, at_work)
        time.sleep(1)  # whoever went on last takes back what came twice
        looks = sum(call.method == "conversations.history" for call in double.calls)
        each_came_once(engine, double, PAUSES, f"{pauses} pauses beyond the lease, {looks} looks, 3 processes")


@pytest.mark.slow
def test_a_channel_archived_between_kills_keeps_its_messages_until_it_is_mended(
    worker_mother: Mother, engine: Engine
) -> None:
    chance = random.Random(13)
    archived = CHANNELS[::5]
    with SlackDouble(WORLD) as double, workers(worker_mother, engine, double, 3) as at_work:
        for number in range(STORM):
            if number == STORM // 3:
                for channel in archived:
                    double.alter(channel, is_archived=True)
            decide(engine, number)
            if number % 3 == 0:
                work_begins(double)
                at_work.kill_one(chance)
        wait_until(lambda: all(is_broken(engine, channel) for channel in archived))
        for channel in archived:
            double.alter(channel, is_archived=False)
            with transaction(engine) as db:
                assert mended(db, channel)
        all_sent(engine, at_work)
        each_came_once(engine, double, STORM, f"{len(archived)} channels archived meanwhile, {STORM // 3} kills")


def is_broken(engine: Engine, channel: str) -> bool:
    with reading(engine) as db:
        since = select(destination.c.broken_since).where(destination.c.id == channel)
        return db.execute(since).scalar() is not None
