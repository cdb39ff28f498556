"""The double's HTTP and WebSocket server: on 127.0.0.1, in a thread of its own."""

import asyncio
import socket
from contextlib import suppress
from threading import Event, Thread

import uvicorn
from starlette.types import ASGIApp
from uvicorn.server import ServerState

from bot.playground.double.connections import BreakableProtocol

HOST = "127.0.0.1"
PING_SECONDS = 5.0
"""How often a Socket Mode connection is asked whether it still lives."""
FINISH_SECONDS = 1.0
"""How long requests may go on once the server stops."""


def listening(port: int) -> socket.socket:
    """A socket on this machine's own address that already takes connections; port 0 picks a free one."""
    taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((HOST, port))
        taken.listen(128)
    except OSError:
        taken.close()
        raise
    return taken


class ServerThread:
    """Uvicorn's protocols on a loop that runs beside the caller.

    Not uvicorn.Server: its start and stop are paced by sleeps that would cost every test a fifth of a second.
    """

    def __init__(self, app: ASGIApp, listener: socket.socket, *, ping_seconds: float) -> None:
        self._listener = listener
        self._config = uvicorn.Config(
            app,
            ws="websockets-sansio",
            ws_ping_interval=ping_seconds,
            log_config=None,
            access_log=False,
            lifespan="off",
            timeout_keep_alive=75,
        )
        self._thread = Thread(target=lambda: asyncio.run(self._serve()), name="slack-double", daemon=True)
        self._running = Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping = asyncio.Event()

    def start(self) -> None:
        """Serve from now on."""
        self._thread.start()
        self._running.wait()

    def stop(self) -> None:
        """Finish what is being answered, then let the port go."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._stopping.set)
            self._thread.join()
        self._listener.close()

    async def _serve(self) -> None:
        self._config.load()
        self._loop = asyncio.get_running_loop()
        state = ServerState()
        server = await self._loop.create_server(
            lambda: BreakableProtocol(self._config, state, app_state={}), sock=self._listener
        )
        self._running.set()
        await self._stopping.wait()
        server.close()
        await _finish(state)


async def _finish(state: ServerState) -> None:
    for connection in list(state.connections):
        connection.shutdown()
    with suppress(TimeoutError):
        async with asyncio.timeout(FINISH_SECONDS):
            await asyncio.gather(*state.tasks, return_exceptions=True)
