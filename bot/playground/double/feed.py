"""Live updates for pages: changes as server-sent events, each page its person's own."""

import asyncio
import json
from collections.abc import AsyncIterator

from bot.playground.double.conversations import can_see
from bot.playground.double.records import Change, Json
from bot.playground.double.state import State

KEEP_ALIVE_SECONDS = 15.0


class Feed:
    """Everybody who is listening; changes come in from any thread."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._listeners: list[tuple[str, asyncio.AbstractEventLoop, asyncio.Queue[Json | None]]] = []
        self._closed = False
        self._stop_watching = state.watch(self._pass_on)

    async def listen(self, viewer: str) -> AsyncIterator[str]:
        """What a person can notice, as the lines of an event stream, until the double stops."""
        queue: asyncio.Queue[Json | None] = asyncio.Queue()
        listener = (viewer, asyncio.get_running_loop(), queue)
        self._listeners.append(listener)
        try:
            yield ": here\n\n"
            while not self._closed:
                try:
                    told = await asyncio.wait_for(queue.get(), KEEP_ALIVE_SECONDS)
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                if told is None:
                    break
                yield f"data: {json.dumps(told)}\n\n"
        finally:
            self._listeners.remove(listener)

    def close(self) -> None:
        """End every stream."""
        self._closed = True
        self._stop_watching()
        for _, loop, queue in list(self._listeners):
            _put(loop, queue, None)

    def _pass_on(self, change: Change) -> None:
        told = {"scope": change.scope, **({"channel": change.channel} if change.channel else {})}
        for viewer, loop, queue in list(self._listeners):
            if self._concerns(change, viewer):
                _put(loop, queue, told)

    def _concerns(self, change: Change, viewer: str) -> bool:
        if change.only is not None:
            return change.only == viewer
        channel = self._state.channels.get(change.channel or "")
        return channel is None or can_see(self._state, viewer, channel)


def _put(loop: asyncio.AbstractEventLoop, queue: asyncio.Queue[Json | None], told: Json | None) -> None:
    if not loop.is_closed():
        loop.call_soon_threadsafe(queue.put_nowait, told)
