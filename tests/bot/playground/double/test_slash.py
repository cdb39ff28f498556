import json
from collections.abc import Callable, Sequence
from socket import create_server
from typing import Any

import pytest
from slack_sdk.signature import SignatureVerifier

from bot.playground.double import Impossible, SlackDouble
from tests.bot.playground.bolt_apps import over_http
from tests.bot.playground.clock import Clock
from tests.bot.playground.worlds import small_world


class Recorder:
    """A WSGI application that keeps what it is sent and answers what it is told to."""

    def __init__(self, status: str = "200 OK", answer: bytes = b"", headers: Sequence[tuple[str, str]] = ()) -> None:
        self.status, self.answer, self.headers = status, answer, [("Content-Type", "application/json"), *headers]
        self.requests: list[tuple[dict[str, str], str]] = []

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)).decode()
        self.requests.append(({key: value for key, value in environ.items() if key.startswith("HTTP_")}, body))
        start_response(self.status, list(self.headers))
        return [self.answer]


@pytest.mark.usefixtures("app")
def test_a_command_is_answered_to_its_asker_alone(slack: SlackDouble) -> None:
    delivery = slack.command("U_ANA", "C_CS", "/health acme")
    assert delivery.acked
    assert delivery.error is None
    slack.wait_until(lambda: slack.messages("C_CS", "U_ANA"))
    [answer] = slack.messages("C_CS", "U_ANA")
    assert (answer.text, answer.ephemeral_to) == ("health of acme", "U_ANA")
    assert slack.messages("C_CS", "U_BOSS") == []


@pytest.mark.usefixtures("app")
def test_an_acknowledgement_with_text_is_an_ephemeral_answer(slack: SlackDouble) -> None:
    assert slack.command("U_ANA", "C_CS", "/quick").body == {"text": "at once"}
    [answer] = slack.messages("C_CS", "U_ANA")
    assert (answer.text, answer.ephemeral_to) == ("at once", "U_ANA")


@pytest.mark.usefixtures("app")
def test_guests_can_use_commands(slack: SlackDouble) -> None:
    assert slack.command("U_GUEST", "C_CS", "/quick").acked


def test_outsiders_are_told_that_there_is_no_such_command(slack: SlackDouble) -> None:
    delivery = slack.command("U_OUT", "C_SHARED", "/health")
    assert delivery.error == "/health is not a valid command."
    assert delivery.payload == {}


def test_only_the_commands_of_the_manifest_exist() -> None:
    commands = [{"command": "/mrr", "usage": "", "description": ""}]
    with SlackDouble(small_world(), commands=commands) as slack:
        assert slack.command("U_ANA", "C_CS", "/nope").error == "/nope is not a valid command."


def test_commands_do_not_work_in_threads(slack: SlackDouble) -> None:
    delivery = slack.command("U_ANA", "C_CS", "/health", thread_ts="1.0")
    assert delivery.error == "/health is not supported in threads. Sorry!"


@pytest.mark.parametrize(
    ("user", "channel"), [("U_ANA", "C_LOUNGE"), ("U_ANA", "C_OLD"), ("U_GONE", "C_CS"), ("U_X", "C_CS")]
)
def test_who_cannot_write_somewhere_cannot_type_a_command_there(slack: SlackDouble, user: str, channel: str) -> None:
    with pytest.raises(Impossible):
        slack.command(user, channel, "/health")


def test_a_request_carries_all_of_slacks_fields_and_a_valid_signature(slack: SlackDouble) -> None:
    recorder = Recorder()
    with over_http(recorder, slack):
        payload = slack.command("U_ANA", "C_CS", "/health ask @boss about #lounge & <b>").payload
    [(headers, body)] = recorder.requests
    signed = {
        "x-slack-request-timestamp": headers["HTTP_X_SLACK_REQUEST_TIMESTAMP"],
        "x-slack-signature": headers["HTTP_X_SLACK_SIGNATURE"],
    }
    assert SignatureVerifier(slack.signing_secret).is_valid_request(body, signed)
    assert not SignatureVerifier("another secret").is_valid_request(body, signed)
    assert payload["text"] == "ask <@U_BOSS|boss> about <#C_LOUNGE|lounge> &amp; &lt;b&gt;"
    told = "team_id team_domain channel_id channel_name user_id user_name command text response_url trigger_id token"
    assert set(told.split()) <= set(payload)
    assert payload["user_id"] == "U_ANA"
    assert payload["channel_name"] == "customer-success"


@pytest.mark.parametrize(
    ("status", "error"),
    [("404 Not Found", '/health failed with the error "dispatch_failed"'), ("200 OK", None)],
)
def test_a_refusing_app_shows_slacks_error(slack: SlackDouble, status: str, error: str | None) -> None:
    with over_http(Recorder(status), slack):
        assert slack.command("U_ANA", "C_CS", "/health").error == error


def test_a_late_app_shows_that_the_operation_timed_out(clock: Clock) -> None:
    with (
        create_server(("127.0.0.1", 0)) as deaf,
        SlackDouble(small_world(), clock=clock, ack_seconds=0.05) as slack,
    ):
        slack.connect_http(f"http://127.0.0.1:{deaf.getsockname()[1]}/slack/events")
        assert slack.command("U_ANA", "C_CS", "/health").error == '/health failed with the error "operation_timeout"'


def test_without_an_app_the_asker_is_told_so(slack: SlackDouble) -> None:
    assert slack.command("U_ANA", "C_CS", "/health").error == "/health failed because the app did not respond"
    slack.connect_http("http://127.0.0.1:9/")
    assert slack.command("U_ANA", "C_CS", "/health").error == "/health failed because the app did not respond"


def test_an_acknowledgement_may_be_for_everybody(slack: SlackDouble) -> None:
    answer = json.dumps({"response_type": "in_channel", "text": "all"}).encode()
    with over_http(Recorder(answer=answer), slack):
        slack.command("U_ANA", "C_CS", "/health")
    assert [each.ephemeral_to for each in slack.messages("C_CS", "U_BOSS")] == [None]


def test_an_acknowledgement_with_bad_blocks_shows_an_error(slack: SlackDouble) -> None:
    answer = json.dumps({"blocks": [{"type": "nonsense"}]}).encode()
    with over_http(Recorder(answer=answer), slack):
        assert slack.command("U_ANA", "C_CS", "/health").error == '/health failed with the error "invalid_blocks"'
    assert slack.messages("C_CS") == []
