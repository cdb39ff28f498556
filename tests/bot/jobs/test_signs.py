"""What Slack could not tell while the bot was away is found by comparing, through real calls to Slack's double."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Engine, select

from bot.directory import Directory
from bot.jobs import JobContext
from bot.jobs.signs import JOB, MOST
from bot.people import Workspace
from bot.playground.double import ApiError, Channel, DropBefore, RateLimited, SlackDouble, User, World
from bot.playground.double.faults import Fault
from bot.signs import Signs
from bot.slack_client import connect_slack
from commands.core.signals import judge
from storage.queries.alerts import by_ids
from storage.queries.contact_signs import move_channel
from storage.queries.remembered import remember
from storage.queries.tables import account as account_table
from storage.queries.tables import contact as contact_table
from storage.queries.tables import contact_sign, touched_account
from storage.session import reading, transaction
from tests.bot.outbox import TEAM, Clock
from tests.bot.outbox import WORLD as OFFICE
from tests.commands.alerted import COMPANY, NOW
from tests.storage.queries.rows import account, contact, paid, subscribe

DAY = timedelta(days=1)
NOT_ASKED = "0 asked about, 0 differ; then Slack did not tell: "
WORLD = World(
    team=OFFICE.team,
    users=[
        *OFFICE.users,
        User("U0UMA", "uma", "Uma", team_id="T0THEM"),
        User("U0VIC", "vic", "Vic", team_id="T0THEM"),
    ],
    channels=[
        Channel("C0SHARED", "us-and-them", members=["U0ANA", "U0OUT", "U0UMA"], is_ext_shared=True),
        Channel("C0OTHER", "us-and-others", members=["U0ANA", "U0VIC"], is_ext_shared=True),
    ],
)


@dataclass
class Scene:
    """A store with an account: Otto and Uma are in its channel, Vic has never been. No bot hears what happens."""

    engine: Engine
    slack: SlackDouble
    clock: Clock
    directory: Directory
    ids: dict[str, int]

    @property
    def job(self) -> JobContext:
        return JobContext(self.engine, COMPANY, self.today - DAY, self.clock.now, directory=self.directory)

    @property
    def today(self) -> date:
        return self.clock.now.astimezone(COMPANY.zone).date()

    def night(self) -> list[str]:
        """A day later: one round, and what its runs said."""
        self.clock.forward(days=1)
        return self.ask()

    def ask(self) -> list[str]:
        said = []
        while JOB.days(self.job):
            said.append(str(JOB.run(self.job)))
        return said

    def signs(self) -> dict[tuple[str, str], date | None]:
        c, names = contact_sign.c, {id_: name for name, id_ in self.ids.items()}
        with reading(self.engine) as db:
            return {(names[id_], kind): day for id_, kind, day in db.execute(select(c.contact_id, c.kind, c.day))}

    def touched(self) -> set[int]:
        with reading(self.engine) as db:
            return set(db.execute(select(touched_account.c.account_id)).scalars())


@pytest.fixture
def scene(engine: Engine) -> Iterator[Scene]:
    """After the first round: it is known who is in the channel."""
    clock = Clock()
    clock.now = NOW
    with transaction(engine) as db:
        one = account(db, "Acme", slack_channel_id="C0SHARED")
        people = {"Otto": "U0OUT", "Uma": "U0UMA", "Vic": "U0VIC"}
        ids = {name: contact(db, one, name, slack_user_id=id_) for name, id_ in people.items()}
        db.execute(touched_account.delete())
    with SlackDouble(WORLD, clock=clock) as double:
        reads = connect_slack(double.bot_token, double.api_url).outbox
        directory = Directory(reads, Workspace(TEAM, None, double.bot_user_id, None))
        scene = Scene(engine, double, clock, directory, {"Acme": one, **ids})
        assert scene.ask() == ["4 asked about, 0 differ"]
        assert scene.signs() == {}
        yield scene


# --- What it finds -------------------------------------------------------------------------------------------------


def test_whoever_left_the_channel_unheard_is_noticed_at_night_and_whoever_is_back_too(scene: Scene) -> None:
    scene.slack.leave("U0OUT", "C0SHARED")
    assert scene.ask() == [], "once a day"
    assert scene.night() == ["4 asked about, 1 differ"]
    noticed = scene.today
    assert scene.signs() == {("Otto", "left_channel"): noticed}
    assert scene.touched() == {scene.ids["Acme"]}
    assert scene.night() == ["4 asked about, 0 differ"]
    assert scene.signs() == {("Otto", "left_channel"): noticed}
    scene.slack.join("U0OUT", "C0SHARED")
    assert scene.night() == ["4 asked about, 1 differ"]
    assert scene.signs() == {("Otto", "left_channel"): None}


def test_whoever_was_deactivated_unheard_is_noticed_with_the_day_of_it(scene: Scene) -> None:
    scene.slack.deactivate("U0UMA")
    day = scene.today
    scene.clock.forward(days=3)
    assert scene.night() == ["4 asked about, 1 differ"]
    assert scene.signs() == {("Uma", "deactivated"): day}
    scene.slack.deactivate("U0UMA", back=True)
    assert scene.night() == ["4 asked about, 1 differ"]
    assert scene.signs() == {("Uma", "deactivated"): None}


def test_what_is_noticed_becomes_an_alert_as_after_the_event(scene: Scene) -> None:
    with transaction(scene.engine) as db:
        remember(db, "signals_introduced_on", "2026-01-01")
        subscribe(db, scene.ids["Acme"], paid(date(2025, 1, 1)))
        db.execute(contact_table.update().where(contact_table.c.id != scene.ids["Otto"]).values(is_poc=False))
    scene.slack.leave("U0OUT", "C0SHARED")
    scene.night()
    with transaction(scene.engine) as db:
        opened = judge(db, scene.touched(), company=COMPANY, now=scene.clock.now).opened
        (alert,) = [one for one in by_ids(db, opened) if one.rule_id == "poc_departure"]
    assert (alert.severity, alert.since) == ("urgent", scene.today)


def test_an_event_that_was_heard_is_not_news_at_night_and_one_that_comes_late_undoes_nothing(scene: Scene) -> None:
    signs = Signs(scene.engine, COMPANY.zone, scene.clock)
    left = {"type": "member_left_channel", "user": "U0OUT", "channel": "C0SHARED"}
    heard = left | {"event_ts": f"{scene.clock.now.timestamp():.6f}"}
    day = scene.today
    scene.slack.leave("U0OUT", "C0SHARED")
    assert signs.take({"event": heard, "event_id": "Ev1"}) == 1
    assert scene.night() == ["4 asked about, 0 differ"]
    assert scene.signs() == {("Otto", "left_channel"): day}
    scene.slack.join("U0OUT", "C0SHARED")
    scene.night()
    late = left | {"event_ts": f"{(scene.clock.now - timedelta(hours=3)).timestamp():.6f}"}
    assert signs.take({"event": late, "event_id": "Ev2"}) == 0
    assert scene.signs() == {("Otto", "left_channel"): None}


# --- Whom it does not miss -----------------------------------------------------------------------------------------


def test_nobody_is_missed_in_a_channel_that_is_archived_or_that_the_bot_cannot_see(scene: Scene) -> None:
    scene.slack.alter("C0SHARED", is_archived=True, members=[])
    scene.night()
    scene.slack.alter("C0SHARED", is_archived=False, kind="private", bot_member=False)
    scene.night()
    assert scene.signs() == {}


def test_nobody_is_missed_in_a_channel_they_were_never_seen_in(scene: Scene) -> None:
    with transaction(scene.engine) as db:
        db.execute(account_table.update().values(slack_channel_id="C0OTHER"))
    assert scene.night() == ["4 asked about, 0 differ"]
    assert scene.signs() == {}
    scene.slack.leave("U0VIC", "C0OTHER")
    scene.night()
    assert scene.signs() == {("Vic", "left_channel"): scene.today}


def test_who_was_seen_in_a_channel_is_still_known_under_its_new_id(scene: Scene) -> None:
    with transaction(scene.engine) as db:
        move_channel(db, "C0SHARED", "C0OTHER")
    scene.night()
    assert set(scene.signs()) == {("Otto", "left_channel"), ("Uma", "left_channel")}


def test_whoever_has_left_by_the_data_or_does_not_matter_is_not_asked_about(scene: Scene) -> None:
    with transaction(scene.engine) as db:
        of = contact_table.c.id
        db.execute(contact_table.update().where(of == scene.ids["Uma"]).values(left_on=scene.today))
        db.execute(contact_table.update().where(of == scene.ids["Vic"]).values(is_poc=False))
    scene.slack.leave("U0UMA", "C0SHARED")
    assert scene.night() == ["2 asked about, 0 differ"]


# --- At Slack's pace -----------------------------------------------------------------------------------------------


def test_it_asks_a_few_at_a_time_and_goes_on_where_it_stopped(scene: Scene) -> None:
    with transaction(scene.engine) as db:
        for number in range(2 * MOST):
            contact(db, scene.ids["Acme"], f"Nobody {number}", slack_user_id=f"U1{number:03}")
    before = len(scene.slack.calls)
    assert scene.night() == [f"{count} asked about, 0 differ" for count in (MOST, MOST, 4)]
    asked = [call for call in scene.slack.calls[before:] if call.method == "users.info"]
    assert len(asked) == 2 * MOST + 3


def test_asking_who_the_members_are_is_asking_too(scene: Scene) -> None:
    crowd = [f"U2{number:03}" for number in range(MOST)]
    scene.slack.alter_user("U0VIC", email="vic@them.example")
    scene.slack.alter("C0OTHER", members=["U0VIC", *crowd])
    scene.slack.alter("C0SHARED", members=["U0ANA", "U0OUT", "U0UMA", *crowd])
    with transaction(scene.engine) as db:
        contact(db, account(db, "Others", slack_channel_id="C0OTHER"), "Vic", email="vic@them.example")
        contact(db, scene.ids["Acme"], "Zoe", email="zoe@them.example")
    assert scene.night() == ["2 asked about, 0 differ", "3 asked about, 0 differ"]
    assert scene.night() == ["5 asked about, 0 differ"]
    with reading(scene.engine) as db:
        named = set(db.execute(select(contact_table.c.name, contact_table.c.slack_user_id)).all())
    assert named == {("Otto", "U0OUT"), ("Uma", "U0UMA"), ("Vic", "U0VIC"), ("Zoe", None)}


@pytest.mark.parametrize("fault", [RateLimited(30), DropBefore(), ApiError("ratelimited")])
def test_when_slack_does_not_tell_it_waits_and_a_stubborn_one_keeps_back_no_others(scene: Scene, fault: Fault) -> None:
    scene.slack.leave("U0OUT", "C0SHARED")
    scene.slack.faults.next("conversations.members", fault)
    first, second = scene.night()
    assert first.startswith(NOT_ASKED)
    assert second == "4 asked about, 1 differ"
    scene.slack.deactivate("U0UMA")
    scene.slack.faults.next("conversations.members", fault, times=3)
    *_, last = scene.night()
    assert last == "4 asked about, 1 differ"
    assert ("Uma", "deactivated") in scene.signs()


def test_a_round_that_takes_longer_than_a_day_is_ended_before_the_next_one(scene: Scene) -> None:
    scene.slack.faults.next("conversations.members", RateLimited(30))
    scene.clock.forward(days=1)
    JOB.run(scene.job)
    assert scene.night() == ["4 asked about, 0 differ", "4 asked about, 0 differ"]


def test_a_terminal_without_slack_cannot_ask(scene: Scene) -> None:
    job = replace(scene.job, directory=None, now=datetime.fromisoformat("2027-01-01T09:00:00+00:00"))
    assert JOB.days(job) == ()
    assert JOB.run(job) == "Slack cannot be asked without SLACK_BOT_TOKEN"
