from http.client import RemoteDisconnected
from time import monotonic
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler
from slack_sdk.webhook import WebhookClient

from bot.playground.double import ApiError, DropAfterAccepting, DropBefore, RateLimited, ServerError, SlackDouble, Slow
from tests.bot.playground.bolt_apps import client_of
from tests.bot.playground.clock import Clock
from tests.bot.playground.worlds import small_world


def posted(slack: SlackDouble) -> list[str]:
    return [message.text for message in slack.messages("C_CS")]


def test_a_limited_call_says_when_to_come_back_and_does_nothing(slack: SlackDouble, client: WebClient) -> None:
    slack.faults.next("chat.postMessage", RateLimited(retry_after=7))
    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(channel="C_CS", text="x")
    assert refused.value.response.status_code == 429
    assert refused.value.response.headers["retry-after"] == "7"
    assert posted(slack) == []
    client.chat_postMessage(channel="C_CS", text="again")
    assert [call.error for call in slack.calls] == ["ratelimited", None]


def test_a_retrying_client_gets_through(slack: SlackDouble) -> None:
    slack.faults.next("chat.postMessage", RateLimited(retry_after=0), times=2)
    patient = client_of(slack, retry_handlers=[RateLimitErrorRetryHandler(max_retry_count=2)])
    patient.chat_postMessage(channel="C_CS", text="x")
    assert posted(slack) == ["x"]


def test_a_server_error_does_nothing(slack: SlackDouble, client: WebClient) -> None:
    slack.faults.next("chat.postMessage", ServerError(502))
    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(channel="C_CS", text="x")
    assert refused.value.response.status_code == 502
    assert posted(slack) == []


def test_a_dropped_call_may_or_may_not_have_been_done(slack: SlackDouble, client: WebClient) -> None:
    slack.faults.next("chat.postMessage", DropBefore())
    slack.faults.next("chat.postMessage", DropAfterAccepting())
    for text in ("lost", "kept"):
        with pytest.raises(RemoteDisconnected):
            client.chat_postMessage(channel="C_CS", text=text)
    assert posted(slack) == ["kept"]


def test_the_default_client_posts_twice_when_the_connection_drops(slack: SlackDouble) -> None:
    slack.faults.next("chat.postMessage", DropAfterAccepting())
    client_of(slack, retry_handlers=None).chat_postMessage(channel="C_CS", text="twice")
    assert posted(slack) == ["twice", "twice"]


def test_a_slow_call_is_done_after_its_time(slack: SlackDouble, client: WebClient) -> None:
    slack.faults.next("auth.test", Slow(0.05))
    begun = monotonic()
    assert client.auth_test()["ok"]
    assert monotonic() - begun >= 0.05


def test_an_api_error_is_slacks_answer(slack: SlackDouble, client: WebClient) -> None:
    slack.faults.next("chat.postMessage", ApiError("restricted_action"))
    with pytest.raises(SlackApiError, match="restricted_action"):
        client.chat_postMessage(channel="C_CS", text="x")
    assert slack.faults.waiting() == ()


def test_response_urls_and_uploads_have_faults_too(slack: SlackDouble, client: WebClient) -> None:
    url = WebhookClient(slack.command("U_ANA", "C_CS", "/health").payload["response_url"], retry_handlers=[])
    slack.faults.next("response_url", ServerError())
    assert url.send(text="x").status_code == 503
    slack.faults.next("response_url", DropAfterAccepting())
    with pytest.raises(RemoteDisconnected):
        url.send(text="y")
    assert posted(slack) == ["y"]
    slack.faults.next("upload", ServerError(500))
    with pytest.raises(HTTPError) as failed:
        client.files_upload_v2(filename="a.png", content=b"x")
    failed.value.close()


def test_faults_can_be_cleared(slack: SlackDouble, client: WebClient) -> None:
    slack.faults.next("auth.test", ServerError(), times=3)
    assert [(method, times) for method, _, times in slack.faults.waiting()] == [("auth.test", 3)]
    slack.faults.clear()
    assert client.auth_test()["ok"]


def test_tokens_may_come_as_an_argument_and_arguments_in_the_query(slack: SlackDouble) -> None:
    url = f"{slack.api_url}users.info?user=U_ANA&token={slack.bot_token}"
    with urlopen(url) as answer:
        assert b'"ok":true' in answer.read()


def test_malformed_json_is_refused(slack: SlackDouble) -> None:
    body = Request(f"{slack.api_url}auth.test", b"{nonsense", {"Authorization": f"Bearer {slack.bot_token}"})
    with urlopen(body) as answer:
        assert b"invalid_arguments" in answer.read()


def test_the_bot_fetches_a_private_file_with_its_token(slack: SlackDouble, client: WebClient) -> None:
    [uploaded] = client.files_upload_v2(filename="a.png", content=b"bytes")["files"]
    with pytest.raises(HTTPError) as refused:
        urlopen(uploaded["url_private"])
    refused.value.close()
    headers = {"Authorization": f"Bearer {slack.bot_token}"}
    with urlopen(Request(uploaded["url_private"], headers=headers)) as answer:
        assert answer.read() == b"bytes"


def test_pacing_refuses_what_comes_faster_than_slack_allows(clock: Clock) -> None:
    with SlackDouble(small_world(), clock=clock, pacing=True) as slack:
        client = client_of(slack)
        for _ in range(5):
            client.chat_postMessage(channel="C_CS", text="x")
        with pytest.raises(SlackApiError) as refused:
            client.chat_postMessage(channel="C_CS", text="x")
        assert refused.value.response.headers["retry-after"] == "5"
        client.chat_postMessage(channel="C_SHARED", text="another channel")
        clock.pass_by(seconds=5)
        client.chat_postMessage(channel="C_CS", text="x")
