"""Socket Mode: the app's WebSocket connections; each envelope goes to one of them, which acknowledges it."""

import asyncio
import json
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NoAck
from itertools import count
from uuid import uuid4

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.playground.double.deliveries import Kind, Outcome, Retry
from bot.playground.double.records import Change, Json
from bot.playground.double.state import State


class SocketMode:
    """All connections of the app; `deliver` is called from other threads than the event loop's."""

    def __init__(self, state: State, *, ack_seconds: float) -> None:
        self._state = state
        self._ack_seconds = ack_seconds
        self._loop: asyncio.AbstractEventLoop | None = None
        self._sockets: list[WebSocket] = []
        self._turn = count()
        self._waiting: dict[str, Future[Json]] = {}

    @property
    def connected(self) -> bool:
        """Whether the app has a connection."""
        return bool(self._sockets)

    @property
    def connections(self) -> int:
        """How many connections the app has."""
        return len(self._sockets)

    async def serve(self, socket: WebSocket) -> None:
        """One connection, from its hello to its end; refused without a ticket from apps.connections.open."""
        ticket = socket.query_params.get("ticket", "")
        if ticket not in self._state.tickets:
            await socket.close(code=4401)
            return
        self._state.tickets.discard(ticket)
        await socket.accept()
        await socket.send_text(json.dumps(self._hello()))
        self._loop = asyncio.get_running_loop()
        self._sockets.append(socket)
        self._state.note(Change("state"))
        try:
            while True:
                self._take(await socket.receive_text())
        except WebSocketDisconnect:
            pass
        finally:
            self._forget(socket)

    def deliver(self, kind: Kind, payload: Json, retry: Retry | None) -> Outcome:
        """Send one envelope over one of the connections, and wait for its acknowledgement."""
        sockets = list(self._sockets)
        if not sockets or self._loop is None:
            return Outcome(None, failure="connection_failed")
        envelope = _envelope(kind, payload, retry)
        waiting = self._waiting[envelope["envelope_id"]] = Future()
        socket = sockets[next(self._turn) % len(sockets)]
        sent = asyncio.run_coroutine_threadsafe(_send(socket, envelope), self._loop)
        try:
            if not sent.result(self._ack_seconds):
                return Outcome(None, failure="connection_failed")
            return Outcome(200, waiting.result(self._ack_seconds))
        except NoAck:
            return Outcome(None, failure="http_timeout")
        finally:
            del self._waiting[envelope["envelope_id"]]

    def disconnect(self, reason: str) -> None:
        """Tell every connection to go (warning, refresh_requested, link_disabled); all but a warning also end it."""
        if self._loop is not None:
            for socket in list(self._sockets):
                asyncio.run_coroutine_threadsafe(self._dismiss(socket, reason), self._loop).result(self._ack_seconds)

    def close(self) -> None:
        """Nothing is kept: the connections end with the server."""

    async def _dismiss(self, socket: WebSocket, reason: str) -> None:
        await _send(socket, {"type": "disconnect", "reason": reason, "debug_info": {"host": "double"}})
        if reason != "warning":
            self._forget(socket)
            await socket.close()

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self._sockets) + 1,
            "debug_info": {"host": "double", "approximate_connection_time": 18060},
            "connection_info": {"app_id": self._state.app.id},
        }

    def _take(self, text: str) -> None:
        answer = json.loads(text) if text.startswith("{") else {}
        waiting = self._waiting.get(answer.get("envelope_id", ""))
        if waiting is not None and not waiting.done():
            waiting.set_result(answer.get("payload") or {})

    def _forget(self, socket: WebSocket) -> None:
        if socket in self._sockets:
            self._sockets.remove(socket)
            self._state.note(Change("state"))


def _envelope(kind: Kind, payload: Json, retry: Retry | None) -> Json:
    envelope: Json = {
        "type": str(kind),
        "envelope_id": str(uuid4()),
        "payload": payload,
        "accepts_response_payload": kind is not Kind.EVENT,
    }
    if kind is Kind.EVENT:
        envelope |= {"retry_attempt": retry.number if retry else 0, "retry_reason": retry.reason if retry else ""}
    return envelope


async def _send(socket: WebSocket, frame: Json) -> bool:
    try:
        await socket.send_text(json.dumps(frame))
    except (RuntimeError, WebSocketDisconnect):  # starlette: the other side has gone meanwhile
        return False
    return True
