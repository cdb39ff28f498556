"""Calls to Slack: one SSL context and kept-alive connections for all, retries only where they cannot post twice."""

import io
import json
import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from typing import Any, NamedTuple
from urllib.error import HTTPError, URLError
from urllib.request import Request

import urllib3
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry import RetryHandler
from slack_sdk.http_retry.builtin_handlers import (
    ConnectionErrorRetryHandler,
    RateLimitErrorRetryHandler,
    ServerErrorRetryHandler,
)

SLACK_FAULTS = (SlackApiError, OSError)
"""What a call to Slack may raise: a definite refusal, or (URLError is an OSError) an unknown outcome."""

TIMEOUT_SECONDS = 10
TRIGGER_SECONDS = 3
"""A trigger lives so long; waiting longer for a modal to open is waiting for a refusal."""

_CODE = re.compile(r"\w+")
"""Slack's names of what is wrong are single words; the SDK puts a whole sentence there for a body that is no JSON."""
SERVER_FAILED = 500
RATE_LIMITED = 429
USUAL_WAIT_SECONDS = 30.0
"""Where Slack does not say how long to wait."""
_HALF_DONE = frozenset({"fatal_error", "internal_error", "service_unavailable"})
"""Slack says of these that some of what was asked may have been done."""


class KeptAliveClient(WebClient):
    """The SDK's client over urllib3: its own opens a connection, and over TLS builds a context, for every call."""

    def __init__(
        self,
        token: str | None,
        *,
        base_url: str,
        connections: urllib3.PoolManager,
        seconds: int,
        retries: list[RetryHandler],
    ) -> None:
        """`retries` are the SDK's own handlers; `seconds` is how long one attempt may take."""
        super().__init__(token=token, base_url=base_url, timeout=seconds, retry_handlers=retries)
        self._connections = connections

    def _perform_urllib_http_request_internal(self, url: str, req: Request) -> dict[str, Any]:
        """The one place where the SDK touches the network; errors have the types that its retry handlers know."""
        body = req.data if isinstance(req.data, bytes) else None
        answer = send(self._connections, url, body, dict(req.header_items()), seconds=self.timeout)
        if answer.status >= 400:
            raise HTTPError(url, answer.status, "", _message(answer.headers), io.BytesIO(answer.body))
        return {"status": answer.status, "headers": answer.headers, "body": answer.body.decode()}


class Answered(NamedTuple):
    """What came back over HTTP."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def send(
    connections: urllib3.PoolManager, url: str, body: bytes | None, headers: Mapping[str, str], *, seconds: float
) -> Answered:
    """POST once, without retries. URLError: no answer came, and whether it arrived is not known."""
    try:
        answer = connections.request("POST", url, body=body, headers=headers, timeout=seconds, retries=False)
    except urllib3.exceptions.HTTPError as error:
        raise URLError(error) from error
    return Answered(answer.status, answer.headers, answer.data)


@dataclass(frozen=True, slots=True)
class Slack:
    """The ways to speak to Slack."""

    connections: urllib3.PoolManager
    reads: WebClient
    """Retried on lost connections, 5xx and rate limits."""
    posts: WebClient
    """Retried on rate limits only: there Slack says that it did nothing."""
    prompt: WebClient
    """For what must happen within a trigger's life; never retried."""
    outbox: WebClient
    """For the outbox, which decides itself when to try again; never retried."""

    def respond(self, response_url: str, message: Mapping[str, Any]) -> Answered:
        """Send a message to a response URL. A bad message comes back as 404 with the reason in the body.

        URLError where the message may have been taken all the same: no answer came, or Slack's server failed.
        """
        headers = {"Content-Type": "application/json; charset=utf-8"}
        content = json.dumps(message).encode()
        answer = send(self.connections, response_url, content, headers, seconds=TIMEOUT_SECONDS)
        if answer.status >= SERVER_FAILED:
            raise URLError(f"the response URL answered {answer.status}")
        return answer

    def store(self, upload_url: str, content: bytes) -> None:
        """Send a file's bytes to the address that Slack gave for them; URLError when it does not take them."""
        headers = {"Content-Type": "application/octet-stream"}
        answer = send(self.connections, upload_url, content, headers, seconds=TIMEOUT_SECONDS)
        if answer.status != 200:
            raise URLError(f"the upload was answered with {answer.status}")

    def close(self) -> None:
        """Let go of the connections."""
        self.connections.clear()


def connect_slack(token: str, api_url: str) -> Slack:
    """The clients of a bot; nothing is sent yet."""
    connections = urllib3.PoolManager(num_pools=10, maxsize=40, ssl_context=ssl.create_default_context())

    def client(seconds: int, retries: list[RetryHandler]) -> WebClient:
        return KeptAliveClient(token, base_url=api_url, connections=connections, seconds=seconds, retries=retries)

    return Slack(
        connections,
        reads=client(
            TIMEOUT_SECONDS, [ConnectionErrorRetryHandler(), RateLimitErrorRetryHandler(), ServerErrorRetryHandler()]
        ),
        posts=client(TIMEOUT_SECONDS, [RateLimitErrorRetryHandler(max_retry_count=3)]),
        prompt=client(TRIGGER_SECONDS, []),
        outbox=client(TIMEOUT_SECONDS, []),
    )


def code_of(error: BaseException) -> str:
    """Slack's name for what went wrong (`channel_not_found`), or the kind of fault where no answer came."""
    if isinstance(error, SlackApiError):
        return str(error.response.get("error", "unknown"))
    return type(error).__name__


def retry_after(error: BaseException) -> float | None:
    """The seconds after which Slack wants to be asked again; None where it was not for the rate."""
    if not isinstance(error, SlackApiError) or error.response.status_code != RATE_LIMITED:
        return None
    try:
        return max(1.0, float(error.response.headers.get("Retry-After", "")))
    except ValueError:
        return USUAL_WAIT_SECONDS


def is_refusal(error: BaseException) -> bool:
    """Whether Slack has certainly not done what was asked.

    False without an answer, when Slack itself failed, and when what answered is not Slack (a proxy's page).
    """
    if not isinstance(error, SlackApiError) or not _CODE.fullmatch(code_of(error)):
        return False
    return error.response.status_code < SERVER_FAILED and code_of(error) not in _HALF_DONE


def detail_of(error: BaseException) -> str:
    """All that Slack says about what went wrong: its name and, for bad blocks, where and why."""
    return str(error.response.data) if isinstance(error, SlackApiError) else str(error)


def _message(headers: Mapping[str, str]) -> Message:
    message = Message()
    for name, value in headers.items():
        message[name] = value
    return message
