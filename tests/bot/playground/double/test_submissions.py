import json
from contextlib import AbstractContextManager
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.playground.double import Impossible, SlackDouble
from bot.playground.double.records import Json
from bot.playground.double.submissions import REQUIRED, TROUBLE
from tests.bot.playground.bolt_apps import BUTTONS, MODAL, over_http
from tests.bot.playground.double.test_slash import Recorder


def opened(slack: SlackDouble, client: WebClient, view: Json = MODAL, user: str = "U_ANA") -> Json:
    client.chat_postMessage(channel="C_CS", text="x", blocks=BUTTONS)
    trigger = slack.click(user, slack.messages("C_CS")[-1], "ask.open").payload["trigger_id"]
    client.views_open(trigger_id=trigger, view=view)
    return slack.views(user)[-1]


def answering(slack: SlackDouble, answer: Json) -> AbstractContextManager[str]:
    return over_http(Recorder(answer=json.dumps(answer).encode() if answer else b""), slack)


@pytest.mark.usefixtures("app")
def test_a_modal_is_validated_by_the_app_and_closed_when_it_is_right(slack: SlackDouble, client: WebClient) -> None:
    slack.command("U_ANA", "C_CS", "/health acme")
    slack.wait_until(lambda: slack.messages("C_CS", "U_ANA"))
    slack.click("U_ANA", slack.messages("C_CS", "U_ANA")[0], "ask.open")
    slack.wait_until(lambda: slack.views("U_ANA"))
    [view] = slack.views("U_ANA")
    assert slack.submit("U_ANA", view, {"why": "no"}).errors == {"why": "Say more."}
    assert len(slack.views("U_ANA")) == 1
    delivery = slack.submit("U_ANA", view, {"why": {"text": {"type": "plain_text_input", "value": "because"}}})
    assert (delivery.acked, dict(delivery.errors), slack.views("U_ANA")) == (True, {}, [])
    assert delivery.payload["view"]["state"]["values"]["why"]["text"]["value"] == "because"


def test_a_required_input_left_empty_is_not_sent(slack: SlackDouble, client: WebClient) -> None:
    view = opened(slack, client)
    delivery = slack.submit("U_ANA", view)
    assert (delivery.payload, delivery.errors) == ({}, {"why": REQUIRED})


def test_texts_keep_the_lengths_their_input_allows(slack: SlackDouble, client: WebClient) -> None:
    element = {"type": "plain_text_input", "action_id": "text", "min_length": 2, "max_length": 4}
    view = opened(slack, client, {**MODAL, "blocks": [{**MODAL["blocks"][0], "element": element}]})
    assert slack.submit("U_ANA", view, {"why": "a"}).errors == {"why": "Please enter at least 2 characters."}
    assert slack.submit("U_ANA", view, {"why": "abcde"}).errors == {"why": "Please enter at most 4 characters."}


def test_the_acknowledgement_may_update_push_or_clear(slack: SlackDouble, client: WebClient) -> None:
    view = opened(slack, client)
    other = {**MODAL, "callback_id": "other"}
    with answering(slack, {"response_action": "update", "view": other}):
        slack.submit("U_ANA", view, {"why": "because"})
    assert [each["callback_id"] for each in slack.views("U_ANA")] == ["other"]
    with answering(slack, {"response_action": "push", "view": MODAL}):
        slack.submit("U_ANA", view, {"why": "because"})
    assert [each["callback_id"] for each in slack.views("U_ANA")] == ["other", "ask"]
    with answering(slack, {"response_action": "clear"}):
        slack.submit("U_ANA", slack.views("U_ANA")[-1], {"why": "because"})
    assert slack.views("U_ANA") == []


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"nothing": "x"}},
        {"response_action": "errors", "errors": {}},
        {"response_action": "update", "view": {"type": "modal"}},
        {"response_action": "dance"},
    ],
)
def test_an_acknowledgement_that_slack_does_not_understand_is_trouble(
    slack: SlackDouble, client: WebClient, answer: dict[str, Any]
) -> None:
    view = opened(slack, client)
    with answering(slack, answer):
        assert slack.submit("U_ANA", view, {"why": "because"}).error == TROUBLE
    assert len(slack.views("U_ANA")) == 1


def test_an_app_that_does_not_answer_is_trouble(slack: SlackDouble, client: WebClient) -> None:
    view = opened(slack, client)
    delivery = slack.submit("U_ANA", view, {"why": "because"})
    assert (delivery.acked, delivery.error) == (False, TROUBLE)
    assert len(slack.views("U_ANA")) == 1


def test_closing_is_told_only_to_an_app_that_wants_to_know(slack: SlackDouble, client: WebClient) -> None:
    assert slack.close("U_ANA", opened(slack, client)).payload == {}
    told = slack.close("U_ANA", opened(slack, client, {**MODAL, "notify_on_close": True})).payload
    assert (told["type"], told["is_cleared"]) == ("view_closed", False)
    assert slack.views("U_ANA") == []


def test_nobody_submits_or_closes_the_view_of_another(slack: SlackDouble, client: WebClient) -> None:
    view = opened(slack, client)
    with pytest.raises(Impossible, match="no open view"):
        slack.submit("U_BOSS", view, {"why": "because"})
    with pytest.raises(Impossible, match="no open view"):
        slack.close("U_BOSS", view)
    with pytest.raises(Impossible, match="no input"):
        slack.submit("U_ANA", view, {"elsewhere": "because"})
