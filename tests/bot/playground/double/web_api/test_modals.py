from typing import Any

import pytest
from slack_sdk import WebClient

from bot.playground.double import SlackDouble
from tests.bot.playground.bolt_apps import BUTTONS, MODAL
from tests.bot.playground.clock import Clock
from tests.bot.playground.double.web_api.test_chat import error, raw_error, refusal

IN_MODAL = {**MODAL, "blocks": [*MODAL["blocks"], *BUTTONS]}
HOME = {"type": "home", "blocks": [{"type": "divider"}]}


def trigger(slack: SlackDouble, client: WebClient) -> str:
    client.chat_postMessage(channel="C_CS", text="x", blocks=BUTTONS)
    return str(slack.click("U_ANA", slack.messages("C_CS")[-1], "ask.open").payload["trigger_id"])


def inner_trigger(slack: SlackDouble) -> str:
    return str(slack.click("U_ANA", slack.views("U_ANA")[-1], "ask.open").payload["trigger_id"])


def test_a_trigger_opens_one_modal(slack: SlackDouble, client: WebClient) -> None:
    given = trigger(slack, client)
    assert client.views_open(trigger_id=given, view=MODAL)["view"]["callback_id"] == "ask"
    assert error(client.views_open, trigger_id=given, view=MODAL) == "exchanged_trigger_id"
    assert error(client.views_open, trigger_id="1.2.3", view=MODAL) == "invalid_trigger_id"
    assert error(client.views_open, view=MODAL) == "invalid_arguments"


@pytest.mark.parametrize(("seconds", "lives"), [(3, True), (3.01, False)])
def test_a_trigger_lives_three_seconds(
    slack: SlackDouble, client: WebClient, clock: Clock, seconds: float, lives: bool
) -> None:
    given = trigger(slack, client)
    clock.pass_by(seconds=seconds)
    if lives:
        assert client.views_open(trigger_id=given, view=MODAL)["ok"]
    else:
        assert error(client.views_open, trigger_id=given, view=MODAL) == "expired_trigger_id"


def test_modals_lie_three_deep(slack: SlackDouble, client: WebClient) -> None:
    client.views_open(trigger_id=trigger(slack, client), view=IN_MODAL)
    for _ in range(2):
        client.views_push(trigger_id=inner_trigger(slack), view=IN_MODAL)
    assert error(client.views_push, trigger_id=inner_trigger(slack), view=IN_MODAL) == "push_limit_reached"
    views = slack.views("U_ANA")
    assert [view["previous_view_id"] for view in views] == [None, views[0]["id"], views[1]["id"]]
    assert {view["root_view_id"] for view in views} == {views[0]["id"]}


def test_a_view_is_pushed_only_from_within_a_modal(slack: SlackDouble, client: WebClient) -> None:
    assert error(client.views_push, trigger_id=trigger(slack, client), view=MODAL) == "not_found"


def test_an_update_wants_the_hash_it_was_built_on(slack: SlackDouble, client: WebClient) -> None:
    view = client.views_open(trigger_id=trigger(slack, client), view=MODAL)["view"]
    updated = client.views_update(view_id=view["id"], hash=view["hash"], view={**MODAL, "callback_id": "b"})["view"]
    assert slack.views("U_ANA")[0]["callback_id"] == "b"
    assert updated["hash"] != view["hash"]
    assert error(client.views_update, view_id=view["id"], hash=view["hash"], view=MODAL) == "hash_conflict"


def test_an_update_keeps_what_was_entered_where_the_input_stays(slack: SlackDouble, client: WebClient) -> None:
    view = client.views_open(trigger_id=trigger(slack, client), view=IN_MODAL)["view"]
    entered = {"why": {"text": {"type": "plain_text_input", "value": "so far"}}}
    slack.click("U_ANA", view, "ask.open", values=entered)
    client.views_update(view_id=view["id"], view=IN_MODAL)
    assert slack.views("U_ANA")[0]["state"]["values"] == entered


def test_a_closed_modal_cannot_be_updated(slack: SlackDouble, client: WebClient) -> None:
    view = client.views_open(trigger_id=trigger(slack, client), view={**MODAL, "external_id": "mine"})["view"]
    assert client.views_update(external_id="mine", view={**MODAL, "external_id": "mine"})["ok"]
    slack.close("U_ANA", view)
    assert error(client.views_update, view_id=view["id"], view=MODAL) == "not_found"
    assert raw_error(client, "views.update", view=MODAL) == "invalid_arguments"


def test_an_external_id_is_unique(slack: SlackDouble, client: WebClient) -> None:
    named = {**IN_MODAL, "external_id": "mine"}
    client.views_open(trigger_id=trigger(slack, client), view=named)
    assert error(client.views_push, trigger_id=inner_trigger(slack), view=named) == "duplicate_external_id"


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"title": {"type": "plain_text", "text": "t" * 25}}, "/view/title"),
        ({"private_metadata": "m" * 3001}, "/view/private_metadata"),
        ({"type": "home"}, "/view/type"),
        ({"blocks": [{"type": "nonsense"}]}, "/view/blocks/0"),
    ],
)
def test_a_view_keeps_slacks_limits(slack: SlackDouble, client: WebClient, change: dict[str, Any], place: str) -> None:
    answer = refusal(client.views_open, trigger_id=trigger(slack, client), view={**MODAL, **change})
    assert answer["error"] == "invalid_arguments"
    assert place in answer["response_metadata"]["messages"][0]


def test_a_home_is_published_per_person_and_has_a_hash(slack: SlackDouble, client: WebClient) -> None:
    first = client.views_publish(user_id="U_ANA", view=HOME)["view"]
    assert (slack.wait_until(lambda: slack.home("U_ANA"))["id"], slack.home("U_BOSS")) == (first["id"], None)
    client.views_publish(user_id="U_ANA", view=HOME, hash=first["hash"])
    assert error(client.views_publish, user_id="U_ANA", view=HOME, hash=first["hash"]) == "hash_conflict"
    assert error(client.views_publish, user_id="U_OUT", view=HOME) == "invalid_arguments"
