from typing import Any

import pytest
from slack_sdk import WebClient

from bot.playground.double import Impossible, SlackDouble
from tests.bot.playground.bolt_apps import BUTTONS

SELECT: dict[str, Any] = {
    "type": "static_select",
    "action_id": "pick",
    "options": [{"text": {"type": "plain_text", "text": word}, "value": word} for word in ("one", "two")],
}


def with_elements(*elements: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"type": "actions", "block_id": "row", "elements": list(elements)}]


@pytest.mark.usefixtures("app")
def test_a_button_opens_a_modal_through_the_trigger(slack: SlackDouble) -> None:
    slack.command("U_ANA", "C_CS", "/health acme")
    slack.wait_until(lambda: slack.messages("C_CS", "U_ANA"))
    [answer] = slack.messages("C_CS", "U_ANA")
    delivery = slack.click("U_ANA", answer, "ask.open")
    assert delivery.acked
    assert delivery.payload["actions"][0]["value"] == "7"
    assert delivery.payload["container"]["is_ephemeral"] is True
    assert "message" not in delivery.payload
    slack.wait_until(lambda: slack.views("U_ANA"))
    assert slack.views("U_ANA")[0]["callback_id"] == "ask"
    assert slack.views("U_BOSS") == []


def test_the_payload_of_a_posted_message_tells_message_channel_and_state(slack: SlackDouble, client: WebClient) -> None:
    client.chat_postMessage(channel="C_CS", text="choose", blocks=with_elements(SELECT, *BUTTONS[0]["elements"]))
    [message] = slack.messages("C_CS")
    payload = slack.click("U_BOSS", message, "pick", "two").payload
    assert payload["message"]["ts"] == message.ts
    assert payload["channel"] == {"id": "C_CS", "name": "customer-success"}
    assert payload["user"]["team_id"] == slack.team_id
    assert payload["actions"][0]["selected_option"]["value"] == "two"
    assert payload["state"]["values"]["row"]["pick"]["selected_option"]["value"] == "two"
    assert payload["response_url"].startswith(slack.base_url)


def test_what_is_not_there_cannot_be_pressed(slack: SlackDouble, client: WebClient) -> None:
    client.chat_postMessage(channel="C_CS", text="choose", blocks=with_elements(SELECT, *BUTTONS[0]["elements"]))
    [message] = slack.messages("C_CS")
    with pytest.raises(Impossible, match=r"there are: pick, ask\.open"):
        slack.click("U_ANA", message, "other")
    with pytest.raises(Impossible, match="no button"):
        slack.click("U_ANA", message, "ask.open", "8")
    with pytest.raises(Impossible, match="no option"):
        slack.click("U_ANA", message, "pick", "three")
    client.chat_delete(channel="C_CS", ts=message.ts)
    with pytest.raises(Impossible, match="sees no message"):
        slack.click("U_ANA", message, "ask.open")


def test_others_cannot_press_what_they_do_not_see(slack: SlackDouble, client: WebClient) -> None:
    client.chat_postEphemeral(channel="C_CS", user="U_ANA", text="x", blocks=BUTTONS)
    client.chat_postMessage(channel="G_SECRET", text="x", blocks=BUTTONS)
    [for_ana], [secret] = slack.messages("C_CS"), slack.messages("G_SECRET")
    with pytest.raises(Impossible, match="not shown"):
        slack.click("U_BOSS", for_ana, "ask.open")
    with pytest.raises(Impossible, match="sees no message"):
        slack.click("U_ANA", secret, "ask.open")


def test_outsiders_can_press_buttons_where_they_read_along(slack: SlackDouble, client: WebClient) -> None:
    client.chat_postMessage(channel="C_SHARED", text="x", blocks=BUTTONS)
    [message] = slack.messages("C_SHARED", "U_OUT")
    assert slack.click("U_OUT", message, "ask.open").payload["user"]["team_id"] == "T_ACME"


@pytest.mark.parametrize("kind", ["datepicker", "users_select", "checkboxes", "overflow", "plain_button"])
def test_every_kind_of_element_tells_what_was_chosen(slack: SlackDouble, client: WebClient, kind: str) -> None:
    options = SELECT["options"]
    cases: dict[str, tuple[dict[str, Any], Any, tuple[str, Any]]] = {
        "datepicker": ({"type": "datepicker", "action_id": "a"}, "2026-11-23", ("selected_date", "2026-11-23")),
        "users_select": ({"type": "users_select", "action_id": "a"}, "U_BOSS", ("selected_user", "U_BOSS")),
        "checkboxes": (
            {"type": "checkboxes", "action_id": "a", "options": options},
            ["one"],
            ("selected_options", options[:1]),
        ),
        "overflow": (
            {"type": "overflow", "action_id": "a", "options": options},
            "two",
            ("selected_option", options[1]),
        ),
        "plain_button": (
            {"type": "button", "action_id": "a", "text": options[0]["text"]},
            None,
            ("text", options[0]["text"]),
        ),
    }
    element, value, told = cases[kind]
    client.chat_postMessage(channel="C_CS", text="x", blocks=with_elements(element))
    [message] = slack.messages("C_CS")
    action = slack.click("U_ANA", message, "a", value).payload["actions"][0]
    assert action[told[0]] == told[1]
    assert action["block_id"] == "row"


def test_a_menu_that_asks_the_app_sends_what_is_typed(slack: SlackDouble, client: WebClient) -> None:
    menu = {"type": "external_select", "action_id": "find", "min_query_length": 1}
    client.chat_postMessage(channel="C_CS", text="x", blocks=with_elements(menu))
    [message] = slack.messages("C_CS")
    payload = slack.options("U_ANA", message, "find", "acm").payload
    assert (payload["type"], payload["value"], payload["action_id"]) == ("block_suggestion", "acm", "find")
