"""What goes wrong: Slack's refusals, and misuse of the double.

DoubleError
├── Refusal     Slack says no to the app: {"ok": false, "error": code}
└── Impossible  a person cannot do this in Slack, so neither can a test
"""

from collections.abc import Mapping, Sequence
from typing import Any


class DoubleError(Exception):
    """Anything the double objects to."""


class Refusal(DoubleError):
    """Slack's answer to a call it does not grant."""

    def __init__(self, code: str, *messages: str, extra: Mapping[str, Any] | None = None) -> None:
        super().__init__(f"{code}: {'; '.join(messages)}" if messages else code)
        self.code = code
        self.messages: Sequence[str] = messages
        """Why, for the developer; Slack puts it into response_metadata.messages."""
        self.extra = dict(extra or {})
        """Fields beside the error: needed and provided scopes."""

    def answer(self) -> dict[str, Any]:
        """The body that tells the app."""
        body: dict[str, Any] = {"ok": False, "error": self.code, **self.extra}
        if self.messages:
            body["response_metadata"] = {"messages": [f"[ERROR] {message}" for message in self.messages]}
            if self.code in {"invalid_blocks", "invalid_arguments"}:
                body["errors"] = list(self.messages)
        return body


class Impossible(DoubleError, ValueError):
    """A person could not do this in Slack: press a button that is not there, write where they are not a member."""
