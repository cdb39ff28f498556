import pytest
from slack_sdk import WebClient

from bot.playground.double import SlackDouble
from tests.bot.playground.bolt_apps import client_of
from tests.bot.playground.clock import Clock
from tests.bot.playground.double.web_api.test_chat import error, refusal
from tests.bot.playground.worlds import small_world


def test_a_method_nobody_knows_is_an_error(client: WebClient) -> None:
    assert error(client.api_call, api_method="chat.shout") == "unknown_method"


def test_an_argument_nobody_knows_is_an_error(client: WebClient) -> None:
    answer = refusal(client.chat_postMessage, channel="C_CS", text="x", colour="red")
    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == ["[ERROR] unknown argument: colour"]


def test_a_missing_argument_is_an_error(client: WebClient) -> None:
    answer = refusal(client.api_call, api_method="chat.postMessage", json={"text": "x"})
    assert answer["errors"] == ["missing required field: channel"]


def test_a_missing_scope_says_what_is_needed_and_what_was_granted(clock: Clock) -> None:
    with SlackDouble(small_world(), clock=clock, scopes={"users:read", "commands"}) as slack:
        answer = refusal(client_of(slack).chat_postMessage, channel="C_CS", text="x")
    assert answer["error"] == "missing_scope"
    assert (answer["needed"], answer["provided"]) == ("chat:write", "commands,users:read")


@pytest.mark.parametrize(("token", "code"), [("", "not_authed"), ("xoxb-other", "invalid_auth")])
def test_a_token_is_needed(slack: SlackDouble, token: str, code: str) -> None:
    client = WebClient(token, base_url=slack.api_url)
    assert error(client.auth_test) == code


def test_the_apps_own_token_opens_connections_only(slack: SlackDouble) -> None:
    assert error(WebClient(slack.app_token, base_url=slack.api_url).auth_test) == "not_allowed_token_type"


def test_every_call_is_kept_with_what_came_of_it(slack: SlackDouble, client: WebClient) -> None:
    client.auth_test()
    error(client.chat_postMessage, channel="C_X", text="x")
    assert [(call.method, call.ok, call.error) for call in slack.calls] == [
        ("auth.test", True, None),
        ("chat.postMessage", False, "channel_not_found"),
    ]
    assert slack.calls[1].args["channel"] == "C_X"
