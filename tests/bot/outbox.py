"""What tests of the outbox share: a store, Slack's double, a clock that only they move, and a sender."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, select

from bot.broken_news import BrokenNews
from bot.delivery import Delivery
from bot.people import People, Workspace
from bot.playground.double import Channel, SlackDouble, Team, User, World
from bot.posting import Posting
from bot.slack_client import Slack, connect_slack
from bot.uploads import upload
from commands.core.posted import written
from commands.core.reply import Chart, Reply
from commands.core.request import Company
from commands.ui.blocks import section
from storage.queries.outbox import Draft, put
from storage.queries.tables import outbox
from storage.session import reading, transaction

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TEAM = "T0US"
COMPANY = Company("EUR", ZoneInfo("Europe/Madrid"), language="es", admins=("U0OLGA",))
WORLD = World(
    team=Team(TEAM, "Us"),
    users=[
        User("U0ANA", "ana", "Ana Ruiz", "ana@us.example"),
        User("U0OLGA", "olga", "Olga Petrova", "olga@us.example"),
        User("U0RITA", "rita", "Rita Ros", "rita@us.example", locale="es-ES"),
        User("U0GUEST", "gus", "Gus Guest", "gus@else.example", is_restricted=True),
        User("U0OUT", "otto", "Otto Out", "otto@them.example", team_id="T0THEM"),
    ],
    channels=[
        Channel("C0CS", "cs", members=["U0ANA", "U0OLGA"]),
        Channel("C0TWO", "two", members=["U0ANA", "U0OLGA"]),
        Channel("C0OLD", "old", members=["U0ANA"], is_archived=True),
        Channel("C0ALONE", "alone", members=["U0ANA"], bot_member=False),
        Channel("C0GUESTS", "guests", members=["U0ANA", "U0GUEST"]),
        Channel(
            "C0SHARED", "us-and-them", members=["U0ANA", "U0OUT"], is_ext_shared=True, connected_team_ids=["T0THEM"]
        ),
    ],
)


class Clock:
    """A moment that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **how: float) -> None:
        self.now += timedelta(**how)


@dataclass
class Files:
    """Charts as files that the double has, without drawing."""

    slack: Slack
    dropped: list[str] = field(default_factory=list)

    def id_of(self, chart: Chart) -> str | None:
        return upload(self.slack, f"{chart.id}.png", b"\x89PNG", title=chart.title)

    def drop(self, chart: Chart) -> None:
        self.dropped.append(chart.id)


@dataclass
class Office:
    """A store and a sender at work on it."""

    engine: Engine
    double: SlackDouble
    clock: Clock
    slack: Slack
    delivery: Delivery

    def put(self, text: str, destination: str = "C0CS", **more: Any) -> int:
        """Decide a message now; `text` is also what makes it this one."""
        given: dict[str, Any] = {"purpose": "test", "occurrence": text, "due_at": self.clock.now} | more
        reply = given.pop("reply", None) or Reply(text, (section(text),))
        with transaction(self.engine) as db:
            return put(db, Draft(destination=destination, content=written(reply), **given), now=self.clock.now)

    def work(self, most: int = 100) -> None:
        """Let the sender do all that can be done at this moment."""
        for _ in range(most):
            if not self.delivery.step():
                return
        raise AssertionError("the sender never comes to rest")

    def work_on(self, seconds: float = 2.0, times: int = 20) -> None:
        """The same while time goes by."""
        for _ in range(times):
            self.work()
            self.clock.forward(seconds=seconds)

    def texts(self, channel: str = "C0CS") -> list[str]:
        """What stands in a channel, oldest first."""
        return [message.text for message in self.double.messages(channel)]

    def states(self) -> dict[str, str]:
        """The state of each message by occurrence."""
        with reading(self.engine) as db:
            return {row.occurrence: row.state for row in db.execute(select(outbox.c.occurrence, outbox.c.state))}

    def row(self, outbox_id: int) -> Any:
        """All that is known of a message."""
        with reading(self.engine) as db:
            return db.execute(select(outbox).where(outbox.c.id == outbox_id)).one()


def office(engine: Engine, double: SlackDouble, clock: Clock | None = None, **how: Any) -> Office:
    """A sender on `engine` and the double."""
    clock = clock or Clock()
    slack = connect_slack(double.bot_token, double.api_url)
    people = People(slack.outbox, Workspace(TEAM, None, double.bot_user_id, None))
    wait: Callable[[float], object] = lambda _seconds: None  # noqa: E731
    news = BrokenNews(engine, people, COMPANY, clock)
    delivery = Delivery(engine, Posting(slack, people, Files(slack), wait), clock, news, **how)
    return Office(engine, double, clock, slack, delivery)
