"""People who come and go in the double, and what the app hears of it."""

import pytest

from bot.playground.double import Channel, SlackDouble, Team, User, World
from bot.playground.double.errors import Impossible

WORLD = World(
    Team("T0US", "Us"),
    users=[User("U0ANA", "ana"), User("U0OTTO", "otto", team_id="T0THEM")],
    channels=[
        Channel("C0SHARED", "shared", members=["U0ANA", "U0OTTO"], is_ext_shared=True),
        Channel("C0ALONE", "alone", members=["U0ANA"], bot_member=False),
    ],
)
EVENTS = ("user_change", "member_left_channel", "member_joined_channel")


@pytest.fixture
def told():
    with SlackDouble(WORLD, subscriptions=EVENTS) as double:
        yield double


def test_whoever_is_deactivated_can_do_nothing_until_they_are_back(told):
    event = told.deactivate("U0OTTO").payload["event"]
    assert (event["type"], event["user"]["id"], event["user"]["deleted"]) == ("user_change", "U0OTTO", True)
    with pytest.raises(Impossible, match="deactivated"):
        told.say("U0OTTO", "C0SHARED", "Hello")
    assert told.deactivate("U0OTTO", back=True).payload["event"]["user"]["deleted"] is False
    told.say("U0OTTO", "C0SHARED", "Hello")


def test_whoever_leaves_a_channel_reads_it_no_more_until_they_join(told):
    event = told.leave("U0OTTO", "C0SHARED").payload["event"]
    assert (event["type"], event["user"], event["channel"]) == ("member_left_channel", "U0OTTO", "C0SHARED")
    assert event["team"] == "T0THEM"
    with pytest.raises(Impossible):
        told.say("U0OTTO", "C0SHARED", "Hello")
    assert told.join("U0OTTO", "C0SHARED").payload["event"]["type"] == "member_joined_channel"
    told.say("U0OTTO", "C0SHARED", "Hello")


@pytest.mark.parametrize(
    "impossible",
    [
        lambda double: double.deactivate("U0NOBODY"),
        lambda double: double.deactivate("U0ANA", back=True),
        lambda double: double.join("U0ANA", "C0SHARED"),
        lambda double: double.leave("U0OTTO", "C0ALONE"),
        lambda double: double.leave("U0ANA", "C0NONE"),
        lambda double: double.deactivate(double.bot_user_id),
    ],
)
def test_what_cannot_happen_is_refused(told, impossible):
    with pytest.raises(Impossible):
        impossible(told)


def test_the_app_hears_only_of_channels_it_is_in_and_of_what_it_subscribed_to(told):
    assert told.leave("U0ANA", "C0ALONE").payload == {}
    with SlackDouble(WORLD, subscriptions=()) as deaf:
        assert deaf.deactivate("U0OTTO").payload == {}
