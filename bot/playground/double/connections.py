"""HTTP connections that can be broken off without an answer."""

import asyncio
from collections.abc import Callable
from typing import Any

from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

HangUp = Callable[[], None]


class BreakableProtocol(H11Protocol):
    """Uvicorn's HTTP protocol, whose requests know how to close the connection they came over."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Give every request on this connection a way to hang up."""
        super().connection_made(transport)
        hang_up: HangUp = transport.close
        self.app_state: dict[str, Any] = {**self.app_state, "hang_up": hang_up}


class Dropped(Response):
    """No answer: the connection closes, and the caller cannot know what happened."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """Hang up, and wait until the connection is gone."""
        scope["state"]["hang_up"]()
        while (await receive())["type"] != "http.disconnect":
            pass
