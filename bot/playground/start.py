"""play(): the bot, an example company and Slack's double on one machine, until told to stop."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from bot.build import build
from bot.manifest import EVENTS, SCOPES, slash_commands
from bot.opening import open_store
from bot.playground.company.digests import set_up_digest
from bot.playground.company.people import demo_world
from bot.playground.company.store import fill_store
from bot.playground.company.surveys import ask_soon
from bot.playground.double import SlackDouble
from bot.serving import serve
from bot.settings import Mode, Settings, load_settings
from commands.core.registry import Registry, all_commands
from metrics.types import ChurnDate

logger = logging.getLogger(__name__)

ZONE = ZoneInfo("Europe/Madrid")
"""Where the example company is."""


def play(
    *,
    port: int,
    opened: Callable[[str], None],
    started: Callable[[str], None],
    stop: Event | None = None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> None:
    """Serve the page on 127.0.0.1 and let the real bot answer there over Socket Mode, on a store of its own.

    `opened` gets the page's address as soon as it can be looked at, `started` once the bot answers. The store is made
    anew each time and thrown away at the end: the example company always ends yesterday. OSError: the port is taken.
    """
    registry = all_commands()
    with (
        TemporaryDirectory(prefix="latido-demo-") as folder,
        SlackDouble(
            demo_world(), clock=clock, port=port, scopes=SCOPES, subscriptions=EVENTS, commands=page_commands(registry)
        ) as slack,
    ):
        opened(slack.base_url)
        settings = demo_settings(slack, Path(folder))
        engine = open_store(settings.database_url)
        fill_store(engine, settings.company(), clock())
        set_up_digest(engine, settings.company(), clock())
        ask_soon(engine, settings.company(), clock())
        engine.dispose()
        serve(build(settings, clock=clock, registry=registry), stop=stop, started=lambda _port: started(slack.base_url))


def demo_settings(slack: SlackDouble, folder: Path) -> Settings:
    """Settings that know the double and nothing of the environment's own Slack or store."""
    given = {
        "LATIDO_MODE": Mode.SOCKET,
        "LATIDO_DATABASE_URL": f"sqlite:///{folder / 'faro.db'}",
        "LATIDO_HOST": "127.0.0.1",
        "LATIDO_PORT": 0,
        "LATIDO_TIMEZONE": ZONE.key,
        "LATIDO_CURRENCY": "USD",
        "LATIDO_COMMAND_PREFIX": "",
        "LATIDO_CHURN_GRACE_DAYS": 0,
        "LATIDO_CHURN_DATE": ChurnDate.SERVICE_END,
        "LATIDO_PAST_DUE_DAYS": None,
        "LATIDO_ALERT_CHANNEL": "C0SUCCESS",
        "LATIDO_LEADS": "U0MAYA",
        "LATIDO_ADMINS": "U0TOM",
        "LATIDO_TAKE_WITHIN": "urgent=4h warning=2d",
        "LATIDO_QUIET_HOURS": "none",  # it is tried at night and on Sundays, too
        "LATIDO_DAYS_OFF": "none",
        "LATIDO_PRODUCT": "Faro",
        "LATIDO_SURVEY_CAP_DAYS": 60,
        "LATIDO_SURVEY_KIND_CAPS": "nps=85",  # each quarter
        "SLACK_BOT_TOKEN": SecretStr(slack.bot_token),
        "SLACK_APP_TOKEN": SecretStr(slack.app_token),
        "SLACK_SIGNING_SECRET": SecretStr(slack.signing_secret),
        "SLACK_API_URL": slack.api_url,
    }
    return load_settings(env_file=None, **given)


def page_commands(registry: Registry) -> list[dict[str, str]]:
    """The slash commands as the page's completion shows them."""
    return [
        {
            "command": command["command"],
            "usage": command.get("usage_hint", ""),
            "description": command["description"],
        }
        for command in slash_commands(registry)
    ]
