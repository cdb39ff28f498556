"""Who is in a shared channel and in no import: asked of Slack's double, and recognised by the address it tells."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from slack_sdk.errors import SlackApiError
from sqlalchemy import Engine, select

from bot.acquaintance import MOST_AT_ONCE, Acquaintance
from bot.directory import Directory
from bot.people import Workspace
from bot.playground.double import ApiError, Channel, DropBefore, RateLimited, SlackDouble, User, World
from bot.playground.double.faults import Fault
from bot.slack_client import connect_slack
from storage.queries.respondents import Respondent, respondent_of
from storage.queries.tables import contact
from storage.session import reading, transaction
from tests.bot.outbox import TEAM, Clock
from tests.bot.outbox import WORLD as OFFICE
from tests.storage.queries import rows

CROWD = [User(f"U1{number:03}", f"n{number}", team_id="T0THEM") for number in range(MOST_AT_ONCE + 2)]
WORLD = World(
    team=OFFICE.team,
    users=[
        *OFFICE.users,
        User("U0UMA", "uma", "Uma", " Uma@Them.example", locale="es-ES", tz="Europe/Madrid", team_id="T0THEM"),
        User("U0MUM", "mum", "Uma", team_id="T0THEM"),
        User("U0BOT", "robot", "Robot", "robot@them.example", team_id="T0THEM", is_bot=True),
        *CROWD,
    ],
    channels=[
        Channel("C0THEM", "us-and-them", members=["U0ANA", "U0GUEST", "U0UMA", "U0MUM", "U0BOT"], is_ext_shared=True),
        Channel("C0CROWD", "crowd", members=[one.id for one in CROWD], is_ext_shared=True),
    ],
)


@dataclass
class Scene:
    """Them, whose people are known by their addresses alone."""

    engine: Engine
    slack: SlackDouble
    clock: Clock
    directory: Directory
    account: int

    def meet(self, channel_id: str = "C0THEM") -> int:
        here = Acquaintance(self.engine, self.directory, self.clock.now.date(), self.clock.now)
        return here.make(channel_id, self.directory.members(channel_id))

    def person(self, name: str, email: str, account: int | None = None) -> None:
        with transaction(self.engine) as db:
            rows.contact(db, account or self.account, name, email=email)

    def known(self) -> dict[str, str | None]:
        with reading(self.engine) as db:
            return {row.name: row.slack_user_id for row in db.execute(select(contact))}

    def told(self, user_id: str) -> Respondent | None:
        with reading(self.engine) as db:
            return respondent_of(db, user_id)


@pytest.fixture
def scene(engine: Engine) -> Iterator[Scene]:
    clock = Clock()
    with transaction(engine) as db:
        account = rows.account(db, "Them", slack_channel_id="C0THEM")
    with SlackDouble(WORLD, clock=clock) as double:
        slack = connect_slack(double.bot_token, double.api_url)
        directory = Directory(slack.outbox, Workspace(TEAM, None, double.bot_user_id, None))
        yield Scene(engine, double, clock, directory, account)
        slack.close()


def test_a_contact_is_known_by_their_address_never_by_their_name(scene: Scene) -> None:
    scene.person("Uma", "uma@them.example")
    scene.person("Gus Guest", "gus@else.example")
    scene.person("Ana Ruiz", "ana@us.example")
    scene.person("Robot", "robot@them.example")
    assert scene.meet() == 6
    assert scene.known() == {"Uma": "U0UMA", "Gus Guest": "U0GUEST", "Ana Ruiz": None, "Robot": None}
    uma = Respondent("U0UMA", "T0THEM", "Europe/Madrid", "es", gone=False, email="uma@them.example")
    assert (scene.told("U0UMA"), scene.told("U0ANA")) == (uma, Respondent("U0ANA", None, None, None, gone=False))


def test_nobody_is_asked_about_where_all_contacts_are_known(scene: Scene) -> None:
    assert scene.meet() == 0
    with transaction(scene.engine) as db:
        rows.contact(db, scene.account, "Uma", email="uma@them.example", slack_user_id="U0UMA")
    assert scene.meet() == 0


def test_whoever_shows_no_address_is_asked_about_again_after_a_month(scene: Scene) -> None:
    scene.person("Mum", "mum@them.example")
    assert (scene.meet(), scene.meet()) == (6, 0)
    scene.clock.forward(days=29)
    assert scene.meet() == 0
    scene.slack.alter_user("U0MUM", email="mum@them.example")
    scene.clock.forward(days=1)
    assert scene.meet() == 6
    assert scene.known() == {"Mum": "U0MUM"}


def test_a_few_are_asked_about_at_a_time(scene: Scene) -> None:
    with transaction(scene.engine) as db:
        crowd = rows.account(db, "Crowd", slack_channel_id="C0CROWD")
    scene.person("Somebody", "somebody@them.example", crowd)
    assert [scene.meet("C0CROWD") for _ in range(3)] == [MOST_AT_ONCE, len(CROWD) + 1 - MOST_AT_ONCE, 0], (
        "the bot is a member, too"
    )


@pytest.mark.parametrize("fault", [RateLimited(30), DropBefore(), ApiError("ratelimited")])
def test_what_was_heard_before_slack_falls_silent_is_not_asked_again(scene: Scene, fault: Fault) -> None:
    scene.person("Uma", "uma@them.example")
    scene.slack.faults.next("users.info", fault)
    with pytest.raises((SlackApiError, OSError)):
        scene.meet()
    assert scene.meet() == 6


def test_one_whom_slack_does_not_tell_of_keeps_back_no_others(scene: Scene) -> None:
    scene.person("Uma", "uma@them.example")
    scene.slack.faults.next("users.info", ApiError("missing_scope"))
    assert scene.meet() == 6
    assert scene.known() == {"Uma": "U0UMA"}
