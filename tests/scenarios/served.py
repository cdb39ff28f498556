"""The whole bot served over signed HTTP in Slack's double: what stories of alerts and playbooks share."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from queue import Queue
from threading import Event, Thread
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from bot.build import Bot, build
from bot.manifest import EVENTS, SCOPES
from bot.playground.double import Channel, SlackDouble, Team, User, World
from bot.serving import serve
from bot.settings import load_settings
from commands.ui.alert_posting import tell
from metrics.types import Money, Sentence
from storage.load import load
from storage.queries import alert_steps, alerts
from storage.queries.accounts import search
from storage.queries.alert_steps import NewAlert
from storage.queries.alerts import Alert
from storage.session import reading, transaction
from tests.bot.outbox import Clock
from tests.commands.asking import NOW
from tests.commands.company import write_company

CHANNEL = "C0CS"
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


@contextmanager
def served(database: str, clock: Callable[[], datetime], **settings: str) -> Iterator[tuple[SlackDouble, Bot, str]]:
    """The double, the bot, and where Slack's requests go to; the bot does nothing by the clock."""
    stop, ports = Event(), Queue[int]()
    with SlackDouble(WORLD, scopes=SCOPES, subscriptions=EVENTS) as slack:
        given = {
            "LATIDO_MODE": "http",
            "LATIDO_PORT": "0",
            "LATIDO_DATABASE_URL": database,
            "LATIDO_CURRENCY": "USD",
            "LATIDO_TIMEZONE": "UTC",
            "LATIDO_COMMAND_PREFIX": "",
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_SIGNING_SECRET": slack.signing_secret,
            "SLACK_API_URL": slack.api_url,
        }
        bot = build(load_settings(None, **given | settings), clock=clock)
        thread = Thread(target=serve, args=(bot,), kwargs={"stop": stop, "started": ports.put, "jobs": False})
        thread.start()
        url = f"http://127.0.0.1:{ports.get(timeout=20)}/slack/events"
        slack.connect_http(url)
        yield slack, bot, url
        stop.set()
        thread.join(30)


@dataclass
class Workplace:
    """The bot on one database, with a sender and a clock that only the test moves."""

    slack: SlackDouble
    bot: Bot
    clock: Clock
    url: str
    """Where Slack's requests go."""

    def deliver(self) -> None:
        """Let everything that waits be sent, at Slack's pace."""
        assert self.bot.answers.wait_idle(30)
        for _ in range(12):
            while self.bot.delivery.step():
                pass
            self.clock.forward(seconds=2)

    def fires(self, account: str, rule: str, severity: str, why: Sentence) -> int:
        """An alert that has just been told."""
        with transaction(self.bot.engine) as db:
            hit = search(db, account, limit=1).hit
            assert hit is not None
            new = NewAlert(hit.id, rule, severity, why, None, Money(120_000, "USD"))
            (alert_id,) = alert_steps.open_(db, [new], now=self.clock.now)
            tell(db, [alert_id], company=self.bot.answering.company, now=self.clock.now)
        self.deliver()
        return alert_id

    def alert(self, alert_id: int) -> Alert:
        """An alert as it is now."""
        with reading(self.bot.engine) as db:
            found = alerts.by_id(db, alert_id)
        assert found is not None
        return found

    def modal(self, text: str, user: str = "U0ANA") -> dict[str, Any]:
        """The modal on top once it says that."""
        return self.slack.wait_until(
            lambda: [top for top in self.slack.views(user)[-1:] if text in json.dumps(top, ensure_ascii=False)]
        )[0]


Place = TypeVar("Place", bound=Workplace)


@contextmanager
def workplace(kind: type[Place], engine: Engine, folder: Path, **settings: str) -> Iterator[Place]:
    """A small company's data on that database, with a channel for alerts."""
    load(engine, [write_company(folder)], zone=ZoneInfo("UTC"), home_currency="USD", now=NOW)
    clock = Clock()
    database = engine.url.render_as_string(hide_password=False)
    with served(database, clock, LATIDO_ALERT_CHANNEL=CHANNEL, **settings) as (slack, bot, url):
        yield kind(slack, bot, clock, url)
