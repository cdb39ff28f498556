"""Bringing things to the app: as signed HTTP requests or as Socket Mode envelopes, answered within three seconds."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol
from urllib.parse import urlencode

import urllib3
from slack_sdk.signature import SignatureVerifier

from bot.playground.double.records import Json
from bot.playground.double.state import State

ACK_SECONDS = 3.0


class Kind(StrEnum):
    """What is delivered, as Socket Mode names it."""

    COMMAND = "slash_commands"
    INTERACTION = "interactive"
    EVENT = "events_api"


@dataclass(frozen=True, slots=True)
class Retry:
    """This is not the first time: which repetition it is, and why."""

    number: int
    reason: str
    """http_timeout, http_error or connection_failed."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came back."""

    status: int | None
    """None: nothing came."""
    body: Json = field(default_factory=dict)
    """The acknowledgement's JSON; plain text is {"text": …}."""
    failure: str | None = None
    """Slack's word for what went wrong: http_timeout, http_error, connection_failed. None: it was acknowledged."""
    no_retry: bool = False


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of something a person did, or of an event."""

    payload: Json
    """What the app was sent; empty when Slack itself said no and nothing was sent."""
    status: int | None
    body: Json
    acked: bool
    error: str | None = None
    """What the person is shown because it went wrong."""
    errors: Mapping[str, str] = field(default_factory=dict)
    """For a submitted modal: what is wrong, by block id."""
    attempts: int = 1


class Route(Protocol):
    """A way to the app."""

    @property
    def connected(self) -> bool:
        """Whether anybody is there as far as is known."""
        ...

    def deliver(self, kind: Kind, payload: Json, retry: Retry | None) -> Outcome:
        """Send, and wait for the acknowledgement."""
        ...

    def close(self) -> None:
        """Let the connections go."""
        ...


class HttpRoute:
    """Requests to the app's URL, signed as Slack signs them."""

    connected = True

    def __init__(self, url: str, signing_secret: str, *, ack_seconds: float, now: Callable[[], float]) -> None:
        self.url = url
        self._signer = SignatureVerifier(signing_secret)
        self._now = now
        """Seconds since 1970 for the signature: real time, whatever the workspace's clock says."""
        self._pool = urllib3.PoolManager(retries=False, timeout=urllib3.Timeout(total=ack_seconds), maxsize=16)

    def deliver(self, kind: Kind, payload: Json, retry: Retry | None) -> Outcome:
        """POST, and wait for the answer."""
        body, content_type = _encoded(kind, payload)
        headers = self._headers(body, content_type, retry)
        try:
            response = self._pool.request("POST", self.url, body=body.encode(), headers=headers)
        except urllib3.exceptions.NewConnectionError:  # before its parent, which is a timeout
            return Outcome(None, failure="connection_failed")
        except urllib3.exceptions.TimeoutError:
            return Outcome(None, failure="http_timeout")
        except urllib3.exceptions.HTTPError:
            return Outcome(None, failure="connection_failed")
        failure = None if 200 <= response.status < 300 else "http_error"
        no_retry = response.headers.get("X-Slack-No-Retry") == "1"
        return Outcome(response.status, _decoded(response.data), failure, no_retry=no_retry)

    def close(self) -> None:
        """Let the kept connections go."""
        self._pool.clear()

    def _headers(self, body: str, content_type: str, retry: Retry | None) -> dict[str, str]:
        timestamp = str(int(self._now()))
        signature = self._signer.generate_signature(timestamp=timestamp, body=body) or ""
        headers = {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature,
        }
        if retry is not None:
            headers |= {"X-Slack-Retry-Num": str(retry.number), "X-Slack-Retry-Reason": retry.reason}
        return headers


def _encoded(kind: Kind, payload: Json) -> tuple[str, str]:
    if kind is Kind.EVENT:
        return json.dumps(payload), "application/json"
    form = payload if kind is Kind.COMMAND else {"payload": json.dumps(payload)}
    return urlencode(form), "application/x-www-form-urlencoded"


def _decoded(content: bytes) -> Json:
    text = content.decode(errors="replace")
    if text.startswith("{"):
        try:
            decoded: Any = json.loads(text)
        except ValueError:
            return {"text": text}
        return dict(decoded)
    return {"text": text} if text else {}


@dataclass(slots=True)
class Wire:
    """The workspace, and the way from it to the app; the way may change while it runs."""

    state: State
    base_url: str
    route: Route
    failed_events: list[tuple[Json, Retry]] = field(default_factory=list)
    """Events that were not acknowledged, with the repetition that comes next."""

    def deliver(self, kind: Kind, payload: Json, retry: Retry | None = None) -> Outcome:
        """Send something to the app. Never call it with the state's lock held: the app will call back."""
        return self.route.deliver(kind, payload, retry)
