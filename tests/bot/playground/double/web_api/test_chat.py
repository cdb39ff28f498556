from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.playground.double import FileNotReady, SlackDouble
from tests.bot.playground.bolt_apps import client_of
from tests.bot.playground.clock import Clock
from tests.bot.playground.worlds import small_world

SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "a"}}


def image(file_id: str) -> dict[str, Any]:
    return {"type": "image", "alt_text": "a chart", "slack_file": {"id": file_id}}


def refusal(call: Callable[..., Any], **args: Any) -> Any:
    with pytest.raises(SlackApiError) as refused:
        call(**args)
    return refused.value.response


def error(call: Callable[..., Any], **args: Any) -> str:
    return str(refusal(call, **args)["error"])


def raw_error(client: WebClient, method: str, **args: Any) -> str:
    """The refusal of a call that the sdk's own method would not make."""
    return error(client.api_call, api_method=method, json=args)


def test_a_message_is_seen_by_everybody_in_the_channel(slack: SlackDouble, client: WebClient) -> None:
    posted = client.chat_postMessage(channel="C_CS", text="hello", blocks=[SECTION])
    [seen] = slack.messages("C_CS", "U_GUEST")
    assert (seen.ts, seen.text, seen.user) == (posted["ts"], "hello", slack.bot_user_id)
    assert seen.blocks[0]["block_id"]
    assert slack.messages("C_CS", "U_OUT") == []


@pytest.mark.parametrize(
    ("channel", "code"),
    [
        ("C_LOUNGE", "not_in_channel"),
        ("G_ALONE", "channel_not_found"),
        ("C_NOWHERE", "channel_not_found"),
        ("C_OLD", "is_archived"),
        ("U_GONE", "channel_not_found"),
        ("U_STRANGER", "channel_not_found"),
    ],
)
def test_where_the_bot_cannot_post_it_is_refused(client: WebClient, channel: str, code: str) -> None:
    assert error(client.chat_postMessage, channel=channel, text="x") == code


def test_a_persons_id_means_the_direct_conversation_with_them(slack: SlackDouble, client: WebClient) -> None:
    client.chat_postMessage(channel="U_ANA", text="psst")
    assert [message.text for message in slack.messages(slack.direct_channel("U_ANA"), "U_ANA")] == ["psst"]
    assert slack.messages(slack.direct_channel("U_ANA"), "U_BOSS") == []


def test_a_message_needs_text_or_blocks(client: WebClient) -> None:
    assert raw_error(client, "chat.postMessage", channel="C_CS") == "no_text"


def test_bad_blocks_are_refused_with_the_place(client: WebClient) -> None:
    long = {"type": "section", "text": {"type": "mrkdwn", "text": "a" * 3001}}
    answer = refusal(client.chat_postMessage, channel="C_CS", text="x", blocks=[SECTION, long])
    assert answer["error"] == "invalid_blocks"
    assert "[json-pointer:/blocks/1/text" in answer["response_metadata"]["messages"][0]
    assert error(client.chat_postMessage, channel="C_CS", text="x", blocks="nonsense") == "invalid_blocks_format"


def test_an_unknown_or_unready_file_is_no_image(slack: SlackDouble, client: WebClient, clock: Clock) -> None:
    answer = refusal(client.chat_postMessage, channel="C_CS", text="x", blocks=[SECTION, image("F00000001")])
    assert answer["errors"] == ["invalid slack file [json-pointer:/blocks/1/slack_file]"]
    slack.faults.next("files.completeUploadExternal", FileNotReady(2))
    client.files_upload_v2(filename="chart.png", content=b"png")
    assert error(client.chat_postMessage, channel="C_CS", text="x", blocks=[image("F00000001")]) == "invalid_blocks"
    clock.pass_by(seconds=2)
    client.chat_postMessage(channel="C_CS", text="x", blocks=[image("F00000001")])
    slack.faults.next("chat.postMessage", FileNotReady())
    assert error(client.chat_postMessage, channel="C_CS", text="x", blocks=[image("F00000001")]) == "invalid_blocks"
    client.files_delete(file="F00000001")
    assert error(client.chat_postMessage, channel="C_CS", text="x", blocks=[image("F00000001")]) == "invalid_blocks"


def test_a_thread_hangs_on_a_message_that_is_there(slack: SlackDouble, client: WebClient) -> None:
    first = client.chat_postMessage(channel="C_CS", text="first")["ts"]
    client.chat_postMessage(channel="C_CS", text="second", thread_ts=first)
    assert [message.thread_ts for message in slack.messages("C_CS")] == [first, first]
    assert error(client.chat_postMessage, channel="C_CS", text="x", thread_ts="1.0") == "cannot_reply_to_message"


def test_an_ephemeral_is_for_one_member_and_cannot_be_changed(slack: SlackDouble, client: WebClient) -> None:
    ts = client.chat_postEphemeral(channel="C_CS", user="U_ANA", text="psst")["message_ts"]
    assert [message.text for message in slack.messages("C_CS", "U_ANA")] == ["psst"]
    assert slack.messages("C_CS", "U_BOSS") == []
    assert error(client.chat_postEphemeral, channel="C_CS", user="U_OUT", text="x") == "user_not_in_channel"
    assert error(client.chat_update, channel="C_CS", ts=ts, text="x") == "message_not_found"
    assert error(client.chat_delete, channel="C_CS", ts=ts) == "message_not_found"
    assert error(client.chat_getPermalink, channel="C_CS", message_ts=ts) == "message_not_found"


def test_the_bots_own_messages_are_changed_and_deleted(slack: SlackDouble, client: WebClient) -> None:
    ts = client.chat_postMessage(channel="C_CS", text="before", blocks=[SECTION])["ts"]
    client.chat_update(channel="C_CS", ts=ts, text="after")
    [message] = slack.messages("C_CS")
    assert (message.text, message.blocks[0]["type"], bool(message.edited_ts)) == ("after", "section", True)
    client.chat_update(channel="C_CS", ts=ts, text="bare", blocks=[])
    assert slack.messages("C_CS")[0].blocks == []
    client.chat_delete(channel="C_CS", ts=ts)
    assert slack.messages("C_CS") == []
    assert error(client.chat_update, channel="C_CS", ts=ts, text="x") == "message_not_found"


def test_the_messages_of_people_are_not_the_bots_to_change(slack: SlackDouble, client: WebClient) -> None:
    ts = slack.say("U_ANA", "C_CS", "mine").ts
    assert error(client.chat_update, channel="C_CS", ts=ts, text="x") == "cant_update_message"
    assert error(client.chat_delete, channel="C_CS", ts=ts) == "cant_delete_message"


def test_texts_have_their_limits(slack: SlackDouble, client: WebClient) -> None:
    ts = client.chat_postMessage(channel="C_CS", text="a" * 40_001)["ts"]
    assert len(slack.messages("C_CS")[0].text) == 40_000
    assert error(client.chat_update, channel="C_CS", ts=ts, text="a" * 4_001) == "msg_too_long"
    assert raw_error(client, "chat.update", channel="C_CS", ts=ts) == "no_text"


def test_another_name_needs_another_scope(client: WebClient) -> None:
    answer = refusal(client.chat_postMessage, channel="C_CS", text="x", username="Somebody")
    assert (answer["error"], answer["needed"]) == ("missing_scope", "chat:write.customize")


def test_posting_without_being_there_needs_another_scope(clock: Clock) -> None:
    scopes = {"chat:write", "chat:write.public"}
    with SlackDouble(small_world(), clock=clock, scopes=scopes) as slack:
        assert client_of(slack).chat_postMessage(channel="C_LOUNGE", text="x")["ok"]


def test_a_permalink_names_channel_and_message(client: WebClient) -> None:
    ts = client.chat_postMessage(channel="C_CS", text="x")["ts"]
    link = client.chat_getPermalink(channel="C_CS", message_ts=ts)["permalink"]
    assert link.endswith(f"/archives/C_CS/p{ts.replace('.', '')}")


@pytest.mark.parametrize(
    ("block", "place"),
    [
        ({**image("F1"), "slack_file": {"url": "http://example.com/files-pri/T-F1/F1/a.png"}}, "0/slack_file"),
        ({**SECTION, "accessory": image("F1")}, "0/accessory/slack_file"),
        ({"type": "context", "elements": [image("F1")]}, "0/elements/0/slack_file"),
    ],
)
def test_an_image_is_looked_for_wherever_it_stands(
    slack: SlackDouble, client: WebClient, block: dict[str, Any], place: str
) -> None:
    answer = refusal(client.chat_postMessage, channel="C_CS", text="x", blocks=[block])
    assert answer["errors"] == [f"invalid slack file [json-pointer:/blocks/{place}]"]


def test_an_image_may_name_its_file_by_url(slack: SlackDouble, client: WebClient) -> None:
    [file] = client.files_upload_v2(filename="a.png", content=b"x")["files"]
    shown = {"type": "image", "alt_text": "a", "slack_file": {"url": file["url_private"]}}
    assert client.chat_postMessage(channel="C_CS", text="x", blocks=[shown])["ok"]
