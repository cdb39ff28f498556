"""The whole bot, its real commands and a small company's data, in Slack's double with the manifest's own rights."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.build import Bot
from bot.playground.double import Message, SlackDouble
from bot.playground.double.deliveries import HttpRoute, Kind
from storage.engine import open_engine
from storage.load import load
from tests.commands.asking import NOW
from tests.commands.company import write_company
from tests.scenarios.served import served


@dataclass(frozen=True)
class Office:
    """A workspace in which people do things and see what comes of it."""

    slack: SlackDouble
    bot: Bot
    url: str
    """Where Slack's requests go."""

    def ask(self, typed: str, user: str = "U0ANA", channel: str = "C0CS") -> Message:
        """What a typed command is answered with."""
        self.quiet()  # a picture of an earlier answer may still be on its way
        before = {message.ts for message in self.slack.messages(channel, user)}
        delivery = self.slack.command(user, channel, typed)
        assert delivery.error is None
        return self.slack.wait_until(
            lambda: [m for m in self.slack.messages(channel, user) if m.ts not in before and m.user != user]
        )[0]

    def press(self, target: Message | dict[str, Any], action_id: str, user: str = "U0ANA") -> None:
        """Press a button."""
        assert self.slack.click(user, target, action_id).error is None

    def send(self, payload: dict[str, Any]) -> dict[str, Any]:
        """Sign and send an interaction as it is, as Slack would; the acknowledgement."""
        route = HttpRoute(self.url, self.slack.signing_secret, ack_seconds=10, now=time)
        outcome = route.deliver(Kind.INTERACTION, payload, None)
        route.close()
        assert outcome.failure is None
        return outcome.body

    def quiet(self) -> None:
        """Wait until nothing is under way any more."""
        assert self.bot.answers.wait_idle(30)
        assert self.bot.pictures.wait_idle(60)


@pytest.fixture(scope="module")
def office(_migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("office")
    database = f"sqlite:///{shutil.copy(_migrated_file, folder / 'latido.db')}"
    engine = open_engine(database)
    load(engine, [write_company(folder)], zone=ZoneInfo("UTC"), home_currency="USD", now=NOW)
    engine.dispose()
    with served(database, lambda: NOW) as (slack, bot, url):
        yield Office(slack, bot, url)
