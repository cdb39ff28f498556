"""The whole bot, its real commands and a small company's data, in Slack's double with the manifest's own rights."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from threading import Event, Thread
from time import time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.build import Bot, build
from bot.manifest import EVENTS, SCOPES
from bot.playground.double import Channel, Message, SlackDouble, Team, User, World
from bot.playground.double.deliveries import HttpRoute, Kind
from bot.serving import serve
from bot.settings import load_settings
from storage.engine import open_engine
from storage.load import load
from tests.commands.asking import NOW
from tests.commands.company import write_company

WORLD = World(
    Team("T0US", "Us"),
    users=[
        User("U0ANA", "ana", "Ana", "ana@example.com", is_admin=True),
        User("U0INES", "ines", "Inés", "ines@example.com", locale="es-ES"),
        User("U0OLGA", "olga", "Ольга", "olga@example.com", locale="ru-RU"),
        User("U0GUEST", "gus", "Gus", "gus@else.example", is_restricted=True),
        User("U0OUT", "otto", "Otto", "otto@acme.com", team_id="T0ACME"),
    ],
    channels=[
        Channel("C0CS", "cs", members=["U0ANA", "U0INES", "U0OLGA"]),
        Channel("C0ALL", "all", members=["U0ANA", "U0INES", "U0OLGA", "U0GUEST"]),
        Channel("C0ACME", "acme-us", members=["U0ANA", "U0OUT"], is_ext_shared=True, connected_team_ids=["T0ACME"]),
        Channel("D0ANA", "ana", "im", members=["U0ANA"]),
    ],
)


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
    stop, ports = Event(), Queue[int]()
    with SlackDouble(WORLD, scopes=SCOPES, subscriptions=EVENTS) as slack:
        settings = load_settings(
            None,
            LATIDO_MODE="http",
            LATIDO_PORT="0",
            LATIDO_DATABASE_URL=database,
            LATIDO_CURRENCY="USD",
            LATIDO_TIMEZONE="UTC",
            LATIDO_COMMAND_PREFIX="",
            SLACK_BOT_TOKEN=slack.bot_token,
            SLACK_SIGNING_SECRET=slack.signing_secret,
            SLACK_API_URL=slack.api_url,
        )
        bot = build(settings, clock=lambda: NOW)
        thread = Thread(target=serve, args=(bot,), kwargs={"stop": stop, "started": ports.put, "jobs": False})
        thread.start()
        url = f"http://127.0.0.1:{ports.get(timeout=20)}/slack/events"
        slack.connect_http(url)
        yield Office(slack, bot, url)
        stop.set()
        thread.join(30)
