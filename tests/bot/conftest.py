"""A bot with commands made for the tests, in a workspace of Slack's double."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from queue import Queue
from threading import Event, Thread
from typing import Any

import pytest
from sqlalchemy import Engine

from bot.build import Bot, Sizes, build
from bot.interactions import Interaction, Surface
from bot.playground.double import Channel, SlackDouble, Team, User, World
from bot.serving import serve
from bot.settings import Mode, Settings, load_settings
from commands.core.errors import UserError
from commands.core.registry import Registry, registry_of
from commands.core.reply import Answer, Chart, Document, Invalid, Modal, Reply
from commands.core.request import Place, Request, Role
from commands.core.spec import Action, Command, View
from commands.ui.blocks import actions, button, section, text_input
from metrics.types import Sentence
from storage.session import Session
from tests.bot.killed import Mother, mother_of
from tests.bot.pixel import draw_pixel

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
TEAM = "T0US"
SECRET_NAME = "Acme Corp"

WORLD = World(
    team=Team(TEAM, "Us"),
    users=[
        User("U0ANA", "ana", "Ana Ruiz", "ana@us.example"),
        User("U0OLGA", "olga", "Olga Petrova", "olga@us.example", locale="ru-RU"),
        User("U0ADA", "ada", "Ada Admin", "ada@us.example", is_admin=True),
        User("U0GUEST", "gus", "Gus Guest", "gus@else.example", is_restricted=True),
        User("U0OUT", "otto", "Otto Out", "otto@them.example", team_id="T0THEM"),
    ],
    channels=[
        Channel("C0CS", "cs", members=["U0ANA", "U0OLGA", "U0ADA"]),
        Channel("C0ALL", "all", members=["U0ANA", "U0OLGA", "U0ADA", "U0GUEST"]),
        Channel(
            "C0SHARED", "us-and-them", members=["U0ANA", "U0OUT"], is_ext_shared=True, connected_team_ids=["T0THEM"]
        ),
        Channel("C0SECRET", "secret", kind="private", members=["U0ANA"], bot_member=False),
        Channel("C0OPEN", "open", members=["U0ANA"], bot_member=False),
        Channel("D0ANA", "ana", kind="im", members=["U0ANA"]),
    ],
)


@dataclass
class Stage:
    """What the test-only commands did, and what they wait for."""

    runs: list[Request]
    go_on: Event
    reply: Reply | None = None


@dataclass
class Served:
    """A bot that serves in a thread of its own."""

    bot: Bot
    url: str
    stop: Event
    thread: Thread


def card(text: str = f"{SECRET_NAME} is well") -> tuple[dict[str, Any], ...]:
    return (
        section(text),
        actions(
            button("Why", "test.why", "acme"),
            button("Share", "test.share", "acme"),
            button("Next", "test.next", "2"),
            button("File", "test.file"),
            button("Form", "test.form"),
            button("Fail", "test.fail"),
            button("Ask", "latido.ask", "/test from a button"),
        ),
    )


def chart(**data: Any) -> Chart:
    return Chart("test_chart", "A finding", "The line goes up", {"points": [1, 2], **data})


def commands_for(stage: Stage) -> Registry:  # noqa: C901 - one of everything
    """A command with one of everything that a command may declare."""

    def show(request: Request, _db: Session) -> Answer:
        stage.runs.append(request)
        return stage.reply or Reply(f"{SECRET_NAME} said {request.text}", card())

    def why(request: Request, _db: Session) -> Answer:
        stage.runs.append(request)
        return Modal("Why", (section(f"because of {request.text}"),), close="Close")

    def share(request: Request, _db: Session) -> Answer:
        stage.runs.append(request)
        return stage.reply or Reply(f"{SECRET_NAME} for all", card(), shared=True)

    def next_page(_request: Request, _db: Session) -> Answer:
        return Reply("Page 2", card("Page 2"), replace=True)

    def file(_request: Request, _db: Session) -> Answer:
        return Document("accounts.csv", b"account,mrr\nacme,1\n", "The accounts")

    def form(_request: Request, _db: Session) -> Answer:
        field = text_input("name", "Name")
        return Modal("Form", (field,), close="Close", submit="Save", callback_id="test.save")

    def save(request: Request, _db: Session) -> Answer:
        stage.runs.append(request)
        name = request.state.get("name")
        if name == "bad":
            return Invalid({"name": "That is not a name."})
        return Reply(f"Saved {name}")

    def fail(_request: Request, _db: Session) -> Answer:
        raise RuntimeError("the inside of the machine")

    def refuse(_request: Request, _db: Session) -> Answer:
        raise UserError(Sentence("I know no account called “{name}”.", {"name": "acne"}), suggestions=("/test acme",))

    def wait(_request: Request, _db: Session) -> Answer:
        stage.go_on.wait(10)
        return Reply("At last")

    def part(name: str, run: Any, **more: Any) -> Action:
        return Action(f"test.{name}", run, Role.MEMBER, Place.INTERNAL, **more)

    def command(name: str, run: Any, **more: Any) -> Command:
        role = more.pop("least_role", Role.MEMBER)
        return Command(name, "", "A test", run, role, Place.INTERNAL, **more)

    test = command(
        "test",
        show,
        examples=("acme",),
        actions=(
            part("why", why, opens_modal=True),
            part("share", share, once=True),
            part("next", next_page),
            part("file", file),
            part("form", form),
            part("fail", fail),
        ),
        views=(View("test.save", save, Role.MEMBER, Place.INTERNAL),),
    )
    return registry_of(
        [
            test,
            command("fail", fail),
            command("refuse", refuse),
            command("wait", wait),
            command("form", form),
            command("boss", show, least_role=Role.ADMIN),
        ]
    )


@pytest.fixture(scope="session")
def worker_mother() -> Iterator[Mother]:
    """Of the processes that are killed while they work."""
    with mother_of("tests.bot.worker_process") as mother:
        yield mother


@pytest.fixture
def stage() -> Iterator[Stage]:
    stage = Stage([], Event())
    yield stage
    stage.go_on.set()


@pytest.fixture
def slack() -> Iterator[SlackDouble]:
    with SlackDouble(WORLD) as double:
        yield double


@pytest.fixture
def settings_for(slack: SlackDouble, sqlite_engine: Engine) -> Callable[..., Settings]:
    def settings(**changed: str) -> Settings:
        given = {
            "LATIDO_MODE": "http",
            "LATIDO_PORT": "0",
            "LATIDO_DATABASE_URL": str(sqlite_engine.url),
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN": slack.app_token,
            "SLACK_SIGNING_SECRET": slack.signing_secret,
            "SLACK_API_URL": slack.api_url,
        }
        return load_settings(None, **(given | changed))

    return settings


@pytest.fixture
def new_bot(settings_for: Callable[..., Settings], stage: Stage) -> Iterator[Callable[..., Bot]]:
    """Bots with the test's commands, closed at the end."""
    built: list[Bot] = []

    def new(sizes: Sizes | None = None, **changed: str) -> Bot:
        built.append(
            build(
                settings_for(**changed), clock=lambda: NOW, registry=commands_for(stage), draw=draw_pixel, sizes=sizes
            )
        )
        return built[-1]

    yield new
    stage.go_on.set()
    for bot in built:
        bot.close()


def asked(text: str = "", **changed: Any) -> Interaction:
    """A typed /test in the team's own channel."""
    given = {"id": "/test", "user_id": "U0ANA", "team_id": TEAM, "surface": Surface.CONVERSATION, "channel_id": "C0CS"}
    return Interaction(text=text, **(given | changed))


def as_json(body: object) -> str:
    return json.dumps(body)


@pytest.fixture
def serving(slack: SlackDouble, new_bot: Callable[..., Bot]) -> Iterator[Callable[..., Served]]:
    """Bots that serve over real sockets, in HTTP mode connected to the double; stopped at the end."""
    served: list[Served] = []

    def start(sizes: Sizes | None = None, *, jobs: bool = False, **changed: str) -> Served:
        stop, ports = Event(), Queue[int]()
        bot = new_bot(sizes, **changed)
        thread = Thread(
            target=serve, args=(bot,), kwargs={"stop": stop, "started": ports.put, "jobs": jobs}, name="serve"
        )
        thread.start()
        here = Served(bot, f"http://127.0.0.1:{ports.get(timeout=10)}", stop, thread)
        served.append(here)
        if bot.settings.mode is Mode.HTTP:
            slack.connect_http(f"{here.url}/slack/events")
        return here

    yield start
    for each in served:
        each.stop.set()
        each.thread.join(20)


@pytest.fixture
def served(serving: Callable[..., Served]) -> Served:
    return serving()
