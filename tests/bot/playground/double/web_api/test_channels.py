import pytest
from slack_sdk import WebClient

from bot.playground.double import SlackDouble
from tests.bot.playground.bolt_apps import client_of
from tests.bot.playground.clock import Clock
from tests.bot.playground.double.web_api.test_chat import error, refusal
from tests.bot.playground.worlds import small_world


def test_a_shared_channel_says_so(client: WebClient) -> None:
    shared = client.conversations_info(channel="C_SHARED")["channel"]
    assert (shared["is_ext_shared"], shared["is_shared"], shared["is_org_shared"]) == (True, True, False)
    assert shared["connected_team_ids"] == ["T_ACME"]
    own = client.conversations_info(channel="C_CS", include_num_members=True)["channel"]
    assert (own["is_ext_shared"], own["is_shared"], own["num_members"]) == (False, False, 4)


def test_private_channels_without_the_bot_are_unknown_to_it(client: WebClient) -> None:
    assert client.conversations_info(channel="G_SECRET")["channel"]["is_private"]
    assert error(client.conversations_info, channel="G_ALONE") == "channel_not_found"


@pytest.mark.parametrize(("channel", "needed"), [("C_CS", "channels:read"), ("G_SECRET", "groups:read")])
def test_each_kind_of_channel_has_its_own_scope(clock: Clock, channel: str, needed: str) -> None:
    with SlackDouble(small_world(), clock=clock, scopes={"im:read"}) as slack:
        answer = refusal(client_of(slack).conversations_info, channel=channel)
    assert (answer["error"], answer["needed"], answer["provided"]) == ("missing_scope", needed, "im:read")


def test_channels_are_listed_by_kind_in_pages(client: WebClient) -> None:
    first = client.conversations_list(types="public_channel,private_channel", limit=3, exclude_archived=True)
    second = client.conversations_list(
        types="public_channel,private_channel",
        limit=3,
        exclude_archived=True,
        cursor=first["response_metadata"]["next_cursor"],
    )
    listed = [channel["id"] for page in (first, second) for channel in page["channels"]]
    assert listed == ["C_CS", "C_LOUNGE", "G_SECRET", "C_SHARED"]
    assert second["response_metadata"]["next_cursor"] == ""
    assert error(client.conversations_list, cursor="nonsense") == "invalid_cursor"
    assert error(client.conversations_list, types="secret_channel") == "invalid_types"
    assert error(client.conversations_list, limit=-1) == "invalid_limit"


def test_a_direct_conversation_is_opened_once(client: WebClient) -> None:
    first = client.conversations_open(users="U_ANA")
    assert (first["no_op"], first["channel"]["id"][0]) == (False, "D")
    again = client.conversations_open(users=["U_ANA"], return_im=True)
    assert (again["no_op"], again["channel"]["user"]) == (True, "U_ANA")
    assert client.conversations_open(channel=first["channel"]["id"])["ok"]


@pytest.mark.parametrize(
    ("user", "code"),
    [
        ("U_NOBODY", "user_not_found"),
        ("U_GONE", "user_disabled"),
        ("U_STRANGER", "user_not_visible"),
        ("U0LATIDO", "invalid_user_combination"),
        ("U_ANA,U_BOSS", "method_not_supported_for_channel_type"),
        ("", "users_list_not_supplied"),
    ],
)
def test_with_whom_the_bot_cannot_talk(client: WebClient, user: str, code: str) -> None:
    assert error(client.conversations_open, users=user) == code


def test_the_bot_talks_to_outsiders_it_shares_a_channel_with(client: WebClient) -> None:
    assert client.conversations_open(users="U_OUT")["ok"]


def test_history_is_newest_first_without_threads_and_ephemerals(slack: SlackDouble, client: WebClient) -> None:
    first = client.chat_postMessage(channel="C_CS", text="first", metadata={"event_type": "x", "event_payload": {}})
    client.chat_postMessage(channel="C_CS", text="answer", thread_ts=first["ts"])
    client.chat_postEphemeral(channel="C_CS", user="U_ANA", text="psst")
    second = slack.say("U_ANA", "C_CS", "second")
    history = client.conversations_history(channel="C_CS", include_all_metadata=True)
    assert [message["text"] for message in history["messages"]] == ["second", "first"]
    assert history["messages"][1]["reply_count"] == 1
    assert history["messages"][1]["metadata"]["event_type"] == "x"
    later = client.conversations_history(channel="C_CS", oldest=first["ts"])
    assert [message["ts"] for message in later["messages"]] == [second.ts]
    both = client.conversations_history(channel="C_CS", oldest=first["ts"], inclusive=True, limit=1)
    assert both["has_more"]
    thread = client.conversations_replies(channel="C_CS", ts=first["ts"])
    assert [message["text"] for message in thread["messages"]] == ["first", "answer"]
    assert error(client.conversations_replies, channel="C_CS", ts="1.0") == "thread_not_found"
    assert error(client.conversations_history, channel="C_LOUNGE") == "not_in_channel"


def test_members_are_listed_with_the_bot(client: WebClient) -> None:
    assert client.conversations_members(channel="C_CS")["members"] == ["U_ANA", "U_BOSS", "U_GUEST", "U0LATIDO"]
