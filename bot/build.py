"""build(settings): the one place where the bot's parts meet."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Event

from pydantic import SecretStr
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from sqlalchemy import Engine

from bot.answering import Answering
from bot.broken_news import BrokenNews
from bot.chart_files import ChartFiles
from bot.delivery import Delivery
from bot.desk import Desk
from bot.directory import Directory
from bot.drawing import Draw, Drawing
from bot.home import Events
from bot.opening import keep_up, open_store
from bot.outbox_gauges import outbox_gauges
from bot.people import People, Workspace
from bot.pictures import Pictures
from bot.pools import Pool
from bot.posting import Posting
from bot.sending import Sender
from bot.settings import Settings, SettingsError
from bot.slack_client import Slack, code_of, connect_slack
from bot.survey_gate import SurveyGate
from bot.telemetry import Telemetry
from bot.wiring import Listeners, bolt_app
from commands.core.registry import Registry, all_commands, check_prefix
from commands.ui.charts import draw_png

logger = logging.getLogger(__name__)

ANSWER_THREADS = 8
ANSWER_BACKLOG = 200
PICTURE_THREADS = 2
PICTURE_BACKLOG = 50
DISPATCH_THREADS = 8
SENDER_THREADS = 2
"""A slow destination does not hold up the others; more would only wait for Slack's pace."""


def utc_now() -> datetime:
    """The moment, aware."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is done at once and how much may wait."""

    answer_threads: int = ANSWER_THREADS
    answer_backlog: int = ANSWER_BACKLOG
    sender_threads: int = SENDER_THREADS
    patience_seconds: float = 10.0
    """How long closing waits for what is under way."""


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot, ready to be served."""

    settings: Settings
    engine: Engine
    answering: Answering
    people: People
    slack: Slack
    app: App
    answers: Pool
    pictures: Pool
    turned_away: Pool
    drawing: Drawing
    telemetry: Telemetry
    dispatching: ThreadPoolExecutor
    """Runs Bolt's dispatch; a listener there only acknowledges and hands over."""
    directory: Directory
    delivery: Delivery
    """Sends what is in the outbox, once somebody lets it run."""
    poke: Event
    """Set when there may be something new in the outbox."""
    sender_threads: int
    draining: Event
    """Set when the bot is to stop: it is not ready for more, and nothing waits any longer."""
    patience_seconds: float

    def close(self) -> None:
        """Let what is under way finish: acknowledgements, then answers, then pictures; then let go of everything."""
        self.draining.set()
        self.dispatching.shutdown(wait=True)
        for pool in (self.answers, self.turned_away, self.pictures):
            if not pool.close(self.patience_seconds):
                logger.warning("gave up waiting for the pool %s", pool.name)
        self.drawing.close()
        self.slack.close()
        self.engine.dispose()


def build(
    settings: Settings,
    *,
    clock: Callable[[], datetime] = utc_now,
    registry: Registry | None = None,
    draw: Draw = draw_png,
    sizes: Sizes | None = None,
) -> Bot:
    """Put the bot together; `registry` None means every command there is.

    SettingsError when Slack refuses the token, SchemaBehind when the store has to be migrated, BadRegistration when a
    command, button or modal does not declare who may use it where.
    """
    settings.require_slack()
    sizes = sizes or Sizes()
    known = all_commands() if registry is None else registry
    check_prefix(known.commands.values(), settings.command_prefix)
    token = _secret(settings.bot_token)
    slack = connect_slack(token, settings.slack_api_url)
    workspace = installed(slack)
    engine = open_store(settings.database_url)
    keep_up(engine, settings.company(), clock())
    telemetry = Telemetry()
    draining, poke = Event(), Event()
    answering = Answering(engine, known, settings.company(), clock, poke.set)
    people = People(slack.reads, workspace)
    drawing = Drawing(draw)
    charts = ChartFiles(slack, drawing)
    answers = Pool("answers", threads=sizes.answer_threads, backlog=sizes.answer_backlog)
    pictures = Pool("pictures", threads=PICTURE_THREADS, backlog=PICTURE_BACKLOG)
    turned_away = Pool("turned_away", threads=1, backlog=ANSWER_BACKLOG)
    telemetry.watch_counts(outbox_gauges(engine, clock))
    telemetry.watch({pool.name: pool.depth for pool in (answers, pictures, turned_away)})
    desk = Desk(
        answering,
        people,
        Sender(slack, people),
        Pictures(slack, people, drawing, charts, draining.wait),
        pictures,
        telemetry,
    )
    unhurried = People(slack.outbox, workspace)  # asks once: the outbox decides itself when to try again
    news = BrokenNews(engine, unhurried, settings.company(), clock)
    gate = SurveyGate(engine, unhurried, settings.company())
    delivery = Delivery(engine, Posting(slack, unhurried, charts, draining.wait), clock, news, gate)
    directory = Directory(slack.outbox, workspace)
    dispatching = ThreadPoolExecutor(DISPATCH_THREADS, thread_name_prefix="dispatch")
    app = bolt_app(
        Listeners(desk, Events(answering, people, slack, directory, poke.set), slack, answers, turned_away),
        WebClient(base_url=settings.slack_api_url),
        token,
        workspace,
        _secret(settings.signing_secret),
        dispatching,
    )
    return Bot(
        settings=settings,
        engine=engine,
        answering=answering,
        people=people,
        slack=slack,
        app=app,
        answers=answers,
        pictures=pictures,
        turned_away=turned_away,
        drawing=drawing,
        telemetry=telemetry,
        dispatching=dispatching,
        directory=directory,
        delivery=delivery,
        poke=poke,
        sender_threads=sizes.sender_threads,
        draining=draining,
        patience_seconds=sizes.patience_seconds,
    )


def directory_of(settings: Settings) -> Directory:
    """What asks Slack about people, without the rest of the bot; SettingsError when Slack refuses the token."""
    slack = connect_slack(_secret(settings.bot_token), settings.slack_api_url)
    return Directory(slack.outbox, installed(slack))


def installed(slack: Slack) -> Workspace:
    """Where the token is installed; SettingsError when Slack refuses it or it stands for a whole organisation."""
    try:
        known = slack.reads.auth_test()
    except SlackApiError as error:
        raise SettingsError(
            f"Slack refuses SLACK_BOT_TOKEN ({code_of(error)}). Take the token from your app's page, "
            "OAuth & Permissions, after installing the app."
        ) from error
    except OSError as error:
        raise SettingsError(f"Slack cannot be reached: {error}") from error
    if known.get("is_enterprise_install"):
        raise SettingsError("The app is installed for a whole organisation; install it into one workspace instead.")
    return Workspace(str(known["team_id"]), known.get("enterprise_id"), str(known["user_id"]), known.get("bot_id"))


def _secret(value: SecretStr | None) -> str:
    return "" if value is None else value.get_secret_value()
