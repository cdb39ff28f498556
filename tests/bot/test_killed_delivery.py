"""Senders that are killed at any moment, one or three at a time: every message comes once, none is lost."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from bot.playground.double import Channel, SlackDouble, Team, User, World
from commands.core.posted import written
from commands.core.reply import Reply
from commands.ui.blocks import section
from storage.queries.outbox import Draft, put
from storage.queries.tables import outbox
from storage.session import reading, transaction

KILLS = 500
CHANNELS = [f"C0{number:02}" for number in range(25)]
PATIENCE_SECONDS = 120

WORLD = World(
    team=Team("T0US", "Us"),
    users=[User("U0ANA", "ana", "Ana Ruiz", "ana@us.example")],
    channels=[Channel(each, each.lower(), members=["U0ANA"]) for each in CHANNELS],
)


class Senders:
    """Processes at work on the outbox, started again whenever one is killed."""

    def __init__(self, mother: "subprocess.Popen[str]", count: int) -> None:
        self._mother = mother
        self._alive = [self._start() for _ in range(count)]

    def kill_one(self, chance: random.Random) -> None:
        """Kill −9 one of them and start another in its place."""
        at = chance.randrange(len(self._alive))
        os.kill(self._alive[at], signal.SIGKILL)
        self._alive[at] = self._start()

    def stop(self) -> None:
        for each in self._alive:
            os.kill(each, signal.SIGKILL)

    def _start(self) -> int:
        assert self._mother.stdin is not None
        assert self._mother.stdout is not None
        self._mother.stdin.write("\n")
        self._mother.stdin.flush()
        return int(self._mother.stdout.readline())


@contextmanager
def senders(engine: Engine, double: SlackDouble, count: int) -> Iterator[Senders]:
    command = [sys.executable, "-m", "tests.bot.sender_process"]
    told = [engine.url.render_as_string(hide_password=False), double.api_url, double.bot_token, double.bot_user_id]
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [*command, *told], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as mother:
        at_work = Senders(mother, count)
        try:
            yield at_work
        finally:
            at_work.stop()
            assert mother.stdin is not None
            mother.stdin.close()


def decide(engine: Engine, number: int) -> None:
    now = datetime.now(UTC)
    content = written(Reply(f"message {number}", (section(f"message {number}"),)))
    with transaction(engine) as db:
        put(db, Draft("kill", str(number), CHANNELS[number % len(CHANNELS)], content, now), now=now)


def left(engine: Engine) -> int:
    with reading(engine) as db:
        return int(db.execute(select(func.count()).where(outbox.c.state != "sent")).scalar_one())


def work_begins(double: SlackDouble) -> None:
    """Wait until a sender asks Slack something: it is in the middle of a message then."""
    before = len(double.calls)
    with suppress(TimeoutError):
        double.wait_until(lambda: len(double.calls) > before, timeout=1)


@pytest.mark.slow
@pytest.mark.parametrize("processes", [1, 3])
def test_five_hundred_kills_cost_no_message_and_double_none(engine: Engine, processes: int) -> None:
    chance = random.Random(processes)
    with SlackDouble(WORLD) as double, senders(engine, double, processes) as at_work:
        for number in range(KILLS):
            decide(engine, number)
            work_begins(double)
            time.sleep(chance.uniform(0, 0.03))
            at_work.kill_one(chance)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while left(engine) and time.monotonic() < deadline:
            time.sleep(0.1)
        with reading(engine) as db:
            states = Counter(db.execute(select(outbox.c.state)).scalars())
            attempts = Counter(db.execute(select(outbox.c.attempts)).scalars())
        posted = Counter(message.text for channel in CHANNELS for message in double.messages(channel))
    print(f"{KILLS} kills, {processes} processes: {dict(states)}, attempts {dict(attempts)}")  # noqa: T201
    assert states == {"sent": KILLS}
    assert posted == {f"message {number}": 1 for number in range(KILLS)}
