"""Processes that are killed at any moment and started again: how tests run and watch them."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Timer
from typing import Literal

from sqlalchemy import Engine, func, select

from bot.playground.double import SlackDouble
from storage.queries.tables import outbox
from storage.session import reading

KILLS = int(os.environ.get("LATIDO_KILLS", "20"))
"""500 of each kind take an hour or so on all databases: LATIDO_KILLS=500. A run of all tests has fewer."""
PAUSES = max(8, KILLS * 16 // 100)
PATIENCE_SECONDS = 120 + KILLS
"""Digests of one moment go out one after the other: of many the last is due only later."""


class Mother:
    """A process that has everything imported and forks others, so that one costs milliseconds."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def fork(self, *arguments: str) -> int:
        """The id of a new process that works with these arguments."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(arguments) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


@contextmanager
def mother_of(module: str) -> Iterator[Mother]:
    """A mother of processes that do what this module does."""
    command = [sys.executable, "-m", module]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Mother(process)


class Workers:
    """Processes at work, started again whenever one is killed."""

    def __init__(self, start: Callable[[], int], count: int) -> None:
        self._start = start
        self.asleep: set[int] = set()
        self.kills = 0
        self._alive = [self._start() for _ in range(count)]

    def kill_one(self, chance: random.Random) -> None:
        """Kill −9 one of them and start another in its place."""
        at = chance.randrange(len(self._alive))
        os.kill(self._alive[at], signal.SIGKILL)  # an error if it was not alive
        self.kills += 1
        self._alive[at] = self._start()

    def sleep_one(self, chance: random.Random, seconds: float) -> None:
        """Pause one of them where it stands, be it with the store's lock in its hands; it goes on by itself."""
        sleeper = chance.choice([each for each in self._alive if each not in self.asleep])
        self.asleep.add(sleeper)
        os.kill(sleeper, signal.SIGSTOP)
        Timer(seconds, self._wake, [sleeper]).start()

    def _wake(self, sleeper: int) -> None:
        os.kill(sleeper, signal.SIGCONT)
        self.asleep.discard(sleeper)

    def stop(self) -> None:
        """Kill them all."""
        for each in self._alive:
            with suppress(ProcessLookupError):
                os.kill(each, signal.SIGKILL)


@contextmanager
def workers(
    mother: Mother,
    engine: Engine,
    double: SlackDouble,
    count: int,
    what: Literal["send", "everything", "surveys"] = "send",
) -> Iterator[Workers]:
    """So many processes that send what is in the outbox, or do what leads to digests and alerts, or to answers."""
    store = engine.url.render_as_string(hide_password=False)
    told = [what, store, double.api_url, double.bot_token, double.bot_user_id]
    at_work = Workers(lambda: mother.fork(*told), count)
    try:
        yield at_work
    finally:
        at_work.stop()


def left(engine: Engine) -> int:
    """How many messages are not sent yet."""
    with reading(engine) as db:
        return int(db.execute(select(func.count()).where(outbox.c.state != "sent")).scalar_one())


def work_begins(double: SlackDouble) -> None:
    """Wait until a sender asks Slack something: it is in the middle of a message then."""
    before = len(double.calls)
    with suppress(TimeoutError):
        double.wait_until(lambda: len(double.calls) > before, timeout=1)


def all_sent(engine: Engine, at_work: Workers, decided: Callable[[], bool] = lambda: True) -> None:
    """Wait until all is decided and sent, and whoever sleeps has gone on and done what it had begun."""
    wait_until(lambda: decided() and not left(engine) and not at_work.asleep)


def wait_until(done: Callable[[], bool]) -> None:
    """Wait for what other processes write into the store; whoever calls looks at it again once patience has ended."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not done() and time.monotonic() < deadline:
        time.sleep(0.05)
