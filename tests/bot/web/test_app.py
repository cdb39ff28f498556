"""The HTTP side without a server: what becomes of a request of Slack's."""

import asyncio
from collections.abc import MutableMapping
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import Any

import pytest
from slack_bolt import App, BoltRequest, BoltResponse

from bot.web.app import web_app


class FailingApp(App):
    """An app in which something breaks that has nothing to do with stopping."""

    def __init__(self) -> None:
        super().__init__(token="xoxb-test", signing_secret="secret", token_verification_enabled=False)

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        raise RuntimeError(f"dictionary changed size during iteration: {req.raw_body}")


@pytest.fixture(scope="module")
def failing() -> App:
    return FailingApp()


def test_a_failure_while_a_request_is_answered_is_not_taken_for_stopping(failing: App) -> None:
    statuses: list[int] = []
    with ThreadPoolExecutor(1) as dispatching, pytest.raises(RuntimeError, match="changed size"):
        post(failing, dispatching, statuses)
    assert statuses == [500]


def test_a_bot_that_is_stopping_asks_slack_to_try_later(failing: App) -> None:
    statuses: list[int] = []
    dispatching = ThreadPoolExecutor(1)
    dispatching.shutdown()
    post(failing, dispatching, statuses)
    assert statuses == [503]


def post(slack: App, dispatching: Executor, statuses: list[int]) -> None:
    """POST to the place where Slack's requests come in; the answer's status is added to `statuses`."""
    app = web_app(slack, dispatching, lambda: True, lambda: "")
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/slack/events",
        "query_string": b"",
        "headers": [],
    }

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": b"x=1", "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    with ThreadPoolExecutor(1) as apart:  # in this thread a browser's loop may be running
        apart.submit(lambda: asyncio.run(app(scope, receive, send))).result()
