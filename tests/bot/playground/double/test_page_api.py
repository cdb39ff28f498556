import json
from collections.abc import Callable
from http.client import HTTPConnection
from typing import Any
from urllib.error import HTTPError
from urllib.parse import parse_qs
from urllib.request import Request, urlopen

import pytest
from slack_sdk import WebClient

from bot.playground.double import SlackDouble
from tests.bot.playground.bolt_apps import BUTTONS, MODAL, over_http
from tests.bot.playground.double.test_slash import Recorder
from tests.bot.playground.worlds import small_world


def get(slack: SlackDouble, path: str) -> Any:
    with urlopen(f"{slack.base_url}{path}") as answer:
        return json.load(answer)


def post(slack: SlackDouble, path: str, *, verb: str = "POST", **body: Any) -> Any:
    request = Request(f"{slack.base_url}{path}", json.dumps(body).encode(), method=verb)
    with urlopen(request) as answer:
        return json.load(answer)


def refused(call: Callable[..., Any], *args: Any, **options: Any) -> int:
    with pytest.raises(HTTPError) as error:
        call(*args, **options)
    with error.value as answer:
        return int(answer.code)


def channels(slack: SlackDouble, user: str) -> list[str]:
    return [channel["id"] for channel in get(slack, f"/page/state?as={user}")["channels"]]


def test_the_state_is_what_one_person_sees() -> None:
    commands = [{"command": "/health", "usage": "<account>", "description": "How an account does"}]
    with SlackDouble(small_world(), commands=lambda: commands) as slack:
        state = get(slack, "/page/state?as=U_ANA")
    assert state["team"]["name"] == "Latido Inc."
    assert state["me"] | {"id": "U_ANA", "role": "member", "locale": "es-ES"} == state["me"]
    assert state["commands"] == commands
    assert state["bot"] == {"user_id": "U0LATIDO", "name": "Latido", "connected": False}
    roles = {user["id"]: user["role"] for user in state["users"]}
    assert roles["U_BOSS"] == "admin"
    assert (roles["U_GUEST"], roles["U_OUT"], roles["U0LATIDO"]) == ("guest", "outsider", "bot")
    assert "U_GONE" not in roles
    assert state["channels"][-1] | {"kind": "im", "with": "U0LATIDO"} == state["channels"][-1]


def test_everybody_sees_only_their_own_channels(slack: SlackDouble) -> None:
    assert channels(slack, "U_ANA") == ["C_CS", "G_ALONE", "C_SHARED", "C_OLD", "D00000001"]
    assert channels(slack, "U_OUT") == ["C_SHARED"]
    assert channels(slack, "U_GUEST") == ["C_CS", "D00000002"]
    assert refused(get, slack, "/page/conversation?as=U_OUT&channel=C_CS") == 400
    assert refused(get, slack, "/page/conversation?as=U_GUEST&channel=C_LOUNGE") == 400
    assert get(slack, "/page/conversation?as=U_ANA&channel=C_LOUNGE") == {"messages": []}


@pytest.mark.parametrize("user", ["U_NOBODY", "U_GONE", "U0LATIDO"])
def test_nobody_else_can_look(slack: SlackDouble, user: str) -> None:
    assert refused(get, slack, f"/page/state?as={user}") == 400
    assert get(slack, "/page/state")["me"]["id"] == "U_ANA"


def test_a_conversation_shows_ephemerals_to_their_person_and_threads_apart(
    slack: SlackDouble, client: WebClient
) -> None:
    first = client.chat_postMessage(channel="C_CS", text="first")["ts"]
    client.chat_postMessage(channel="C_CS", text="answer", thread_ts=first)
    client.chat_postEphemeral(channel="C_CS", user="U_ANA", text="psst")
    seen = get(slack, "/page/conversation?as=U_ANA&channel=C_CS")["messages"]
    assert [(each["text"], each["ephemeral"], each["reply_count"]) for each in seen] == [
        ("first", False, 1),
        ("psst", True, 0),
    ]
    assert seen[0]["time"].startswith("2026-11-23T09:00:00")
    assert [each["text"] for each in get(slack, "/page/conversation?as=U_BOSS&channel=C_CS")["messages"]] == ["first"]
    thread = get(slack, f"/page/conversation?as=U_BOSS&channel=C_CS&thread={first}")["messages"]
    assert [each["text"] for each in thread] == ["first", "answer"]


def test_unread_messages_are_counted_until_they_are_read(slack: SlackDouble, client: WebClient) -> None:
    def unread() -> int:
        return {each["id"]: each["unread"] for each in get(slack, "/page/state?as=U_ANA")["channels"]}["C_CS"]  # type: ignore[no-any-return]

    client.chat_postMessage(channel="C_CS", text="one")
    slack.say("U_ANA", "C_CS", "my own")
    assert unread() == 1
    get(slack, "/page/conversation?as=U_ANA&channel=C_CS")
    assert unread() == 0


@pytest.mark.usefixtures("app")
def test_a_command_a_button_and_a_modal_work_from_the_page(slack: SlackDouble) -> None:
    here = {"as": "U_ANA", "channel": "C_CS"}
    assert post(slack, "/page/send", **here, text="/health acme") == {"ok": True}
    slack.wait_until(lambda: slack.messages("C_CS", "U_ANA"))
    [message] = get(slack, "/page/conversation?as=U_ANA&channel=C_CS")["messages"]
    pressed = {"ts": message["ts"], "block_id": "row", "action_id": "ask.open", "value": "7"}
    assert post(slack, "/page/action", **here, **pressed) == {"ok": True}
    slack.wait_until(lambda: slack.views("U_ANA"))
    shown = get(slack, "/page/modal?as=U_ANA")
    assert shown["depth"] == 1
    sent = {"as": "U_ANA", "view_id": shown["view"]["id"]}
    short = {"why": {"text": {"type": "plain_text_input", "value": "no"}}}
    assert post(slack, "/page/view/submit", **sent, state=short) == {"ok": False, "errors": {"why": "Say more."}}
    assert post(slack, "/page/view/close", **sent) == {"ok": True}
    assert get(slack, "/page/modal?as=U_ANA") == {"view": None, "depth": 0}


@pytest.mark.usefixtures("app")
def test_opening_the_home_from_the_page_is_a_visit(slack: SlackDouble) -> None:
    assert get(slack, "/page/home?as=U_ANA") == {"view": None}
    get(slack, "/page/home?as=U_ANA&open=1")
    slack.wait_until(lambda: slack.home("U_ANA"))
    assert get(slack, "/page/home?as=U_ANA")["view"]["type"] == "home"


def test_the_composer_posts_plain_text_and_tells_what_slack_tells(slack: SlackDouble) -> None:
    assert post(slack, "/page/send", **{"as": "U_ANA"}, channel="C_CS", text="hello") == {"ok": True}
    assert [message.text for message in slack.messages("C_CS", "U_BOSS")] == ["hello"]
    told = post(slack, "/page/send", **{"as": "U_OUT"}, channel="C_SHARED", text="/health")
    assert told == {"ok": False, "error": "/health is not a valid command."}
    assert refused(post, slack, "/page/send", **{"as": "U_ANA"}, channel="C_OLD", text="x") == 400
    assert refused(post, slack, "/page/send", **{"as": "U_ANA"}, channel="C_CS", text="  ") == 400
    assert refused(post, slack, "/page/send", text="x") == 400


def test_a_view_is_used_from_the_page(slack: SlackDouble, client: WebClient) -> None:
    client.chat_postMessage(channel="C_CS", text="x", blocks=BUTTONS)
    trigger = slack.click("U_ANA", slack.messages("C_CS")[0], "ask.open").payload["trigger_id"]
    view = client.views_open(trigger_id=trigger, view={**MODAL, "blocks": BUTTONS})["view"]
    pressed = {"as": "U_ANA", "view_id": view["id"], "block_id": "row", "action_id": "ask.open"}
    assert post(slack, "/page/action", **pressed)["error"] == "This app is not responding. Try again later."


def test_a_menu_asks_the_app_through_the_page(slack: SlackDouble, client: WebClient) -> None:
    menu = {"type": "external_select", "action_id": "find"}
    client.chat_postMessage(channel="C_CS", text="x", blocks=[{"type": "actions", "elements": [menu]}])
    place = {"as": "U_ANA", "channel": "C_CS", "ts": slack.messages("C_CS")[0].ts, "action_id": "find"}
    assert post(slack, "/page/options", **place, value="acm")["ok"] is False


def test_a_file_is_seen_where_it_is_shown(slack: SlackDouble, client: WebClient) -> None:
    client.files_upload_v2(filename="chart.png", content=b"png")
    path = "/files/F00000001?as="
    assert refused(urlopen, f"{slack.base_url}{path}U_ANA") == 404
    image = {"type": "image", "alt_text": "a chart", "slack_file": {"id": "F00000001"}}
    client.chat_postEphemeral(channel="C_CS", user="U_ANA", text="x", blocks=[image])
    with urlopen(f"{slack.base_url}{path}U_ANA") as answer:
        assert (answer.read(), answer.headers["content-type"]) == (b"png", "image/png")
    assert refused(urlopen, f"{slack.base_url}{path}U_BOSS") == 404
    client.files_upload_v2(filename="a.csv", content="a,b", channel="C_CS")
    with urlopen(f"{slack.base_url}/files/F00000002?as=U_BOSS") as answer:
        assert answer.read() == b"a,b"
    shown = get(slack, "/page/conversation?as=U_BOSS&channel=C_CS")["messages"][-1]["files"]
    assert shown[0] | {"id": "F00000002", "name": "a.csv", "mimetype": "text/csv"} == shown[0]


@pytest.mark.parametrize("kind", ["RateLimited", "server_error", "drop_after_accepting", "DropBefore", "Slow"])
def test_faults_are_set_and_cleared(slack: SlackDouble, kind: str) -> None:
    told = post(slack, "/page/faults", method="chat.postMessage", kind=kind, times=2, seconds=3)
    assert told == {"ok": True}
    [fault] = get(slack, "/page/state?as=U_ANA")["faults"]
    assert (fault["method"], fault["times"]) == ("chat.postMessage", 2)
    assert fault["kind"].lower() == kind.replace("_", "").lower()
    assert post(slack, "/page/faults", verb="DELETE") == {"ok": True}
    assert get(slack, "/page/state?as=U_ANA")["faults"] == []


def test_every_answer_keeps_the_page_to_itself(slack: SlackDouble) -> None:
    with urlopen(f"{slack.base_url}/page/state?as=U_ANA") as answer:
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["content-security-policy"] == "default-src 'self'; img-src 'self' data:"
        assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("name", ["nothing.js", "..%2Fdouble%2Fslack.py", ".hidden"])
def test_only_the_pages_files_are_served(slack: SlackDouble, name: str) -> None:
    assert refused(urlopen, f"{slack.base_url}/page/static/{name}") == 404


def test_changes_are_streamed_to_those_they_concern(slack: SlackDouble, client: WebClient) -> None:
    connection = HTTPConnection("127.0.0.1", slack.port, timeout=5)
    connection.request("GET", "/page/events?as=U_BOSS")
    stream = connection.getresponse()
    try:
        assert "text/event-stream" in str(stream.getheader("content-type"))
        assert stream.readline() == b": here\n"
        client.chat_postEphemeral(channel="C_CS", user="U_ANA", text="not for Bea")
        client.chat_postMessage(channel="C_SHARED", text="Bea sees public channels")
        client.chat_postMessage(channel="C_CS", text="for all")
        client.views_publish(user_id="U_BOSS", view={"type": "home", "blocks": [{"type": "divider"}]})
        told: list[dict[str, str]] = []
        while len(told) < 3:
            if (line := stream.readline()).startswith(b"data: "):
                told.append(json.loads(line.removeprefix(b"data: ")))
    finally:
        stream.close()
        connection.close()
    assert told == [
        {"scope": "channel", "channel": "C_SHARED"},
        {"scope": "channel", "channel": "C_CS"},
        {"scope": "home"},
    ]


def test_menus_and_pickers_are_used_from_the_page(slack: SlackDouble, client: WebClient) -> None:
    option = {"text": {"type": "plain_text", "text": "Acme Corp"}, "value": "acme"}
    elements = [
        {"type": "static_select", "action_id": "pick", "options": [option]},
        {"type": "external_select", "action_id": "find"},
        {"type": "datepicker", "action_id": "day"},
        {"type": "overflow", "action_id": "more", "options": [option]},
        {"type": "multi_users_select", "action_id": "who"},
    ]
    client.chat_postMessage(channel="C_CS", text="x", blocks=[{"type": "actions", "elements": elements}])
    recorder = Recorder()
    chosen: dict[str, dict[str, Any]] = {
        "pick": {"selected_option": option},
        "find": {"selected_option": option},
        "day": {"selected_date": "2026-11-23"},
        "more": {"selected_option": option},
        "who": {"selected_users": ["U_BOSS", "U_ANA"]},
    }
    place = {"as": "U_ANA", "channel": "C_CS", "ts": slack.messages("C_CS")[0].ts}
    with over_http(recorder, slack):
        for action_id, choice in chosen.items():
            assert post(slack, "/page/action", **place, action_id=action_id, **choice) == {"ok": True}
    payloads = [json.loads(parse_qs(body)["payload"][0]) for _, body in recorder.requests]
    for payload, (action_id, choice) in zip(payloads, chosen.items(), strict=True):
        action = payload["actions"][0]
        assert action["action_id"] == action_id
        assert action | choice == action
