"""serve(bot): takes Slack's requests until the process is told to stop, then lets what is under way finish."""

import logging
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from types import FrameType

import uvicorn
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot.build import Bot
from bot.scheduler import start_scheduler
from bot.settings import Mode
from bot.socket_mode import Connection
from bot.web.app import Probe, web_app
from storage.session import reading

logger = logging.getLogger(__name__)

WAKE_SECONDS = 0.5
"""Python runs a signal's handler in the main thread: one that the system gave to another thread waits until it runs."""
KEEP_SOCKET_SECONDS = 3.0
"""How long the socket stays after the signal, so that acknowledgements under way go out."""


def serve(
    bot: Bot,
    *,
    stop: threading.Event | None = None,
    started: Callable[[int], None] | None = None,
    jobs: bool = True,
) -> None:
    """Serve until SIGTERM, SIGINT or `stop`; `started` gets the port when requests are taken.

    `jobs` False leaves the scheduled jobs and the outbox to another process. In Socket Mode the HTTP side answers
    probes only. On the way down: not ready, no more ticks, the socket stays while acknowledgements go out, the messages
    that are being sent are finished, then HTTP closes, then the bot lets answers and pictures finish.
    """
    stopping = stop or threading.Event()
    connection = Connection(bot) if bot.settings.mode is Mode.SOCKET else None
    server = _Http(bot, _readiness(bot, connection))
    with _signals(stopping), ExitStack() as on_the_way_down:
        on_the_way_down.callback(bot.close)
        on_the_way_down.callback(server.stop)
        server.start()
        senders = _Senders(bot)
        if jobs:
            on_the_way_down.callback(senders.stop)
        if connection is not None:
            on_the_way_down.callback(_disconnect, bot, connection)
            connection.open()
        if jobs:
            senders.start()
            company, clock = bot.settings.company(), bot.answering.clock
            scheduler = start_scheduler(bot.engine, company, clock, bot.poke.set, bot.directory)
            on_the_way_down.callback(scheduler.shutdown, wait=False)
        on_the_way_down.callback(bot.draining.set)
        if started is not None:
            started(server.port)
        logger.info("Latido is taking requests (%s, port %s)", bot.settings.mode.value, server.port)
        while not stopping.wait(WAKE_SECONDS):
            pass
    logger.info("Latido has stopped")


class _Http:
    """uvicorn in a thread, with its own signal handling left out: the process has one reason to stop, ours."""

    def __init__(self, bot: Bot, ready: Probe) -> None:
        slack = bot.app if bot.settings.mode is Mode.HTTP else None
        config = uvicorn.Config(
            web_app(slack, bot.dispatching, ready, bot.telemetry.text),
            host=bot.settings.host,
            port=bot.settings.port,
            log_config=None,
            access_log=False,
            lifespan="off",
            timeout_graceful_shutdown=10,
            server_header=False,
        )
        self._socket = config.bind_socket()
        self._socket.listen()
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._run, name="http", daemon=True)
        self.port = int(self._socket.getsockname()[1])

    def start(self) -> None:
        """Take requests; connections made before the loop runs wait in the socket."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the requests under way and take no more."""
        self._server.should_exit = True
        if self._thread.is_alive():
            self._thread.join()
        self._socket.close()

    def _run(self) -> None:
        self._server.run(sockets=[self._socket])


class _Senders:
    """The threads that send what is in the outbox until the bot drains."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        work = (bot.draining, bot.poke)
        self._threads = [
            threading.Thread(target=bot.delivery.run, args=work, name=f"sender-{number}", daemon=True)
            for number in range(bot.sender_threads)
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Wait for what is being sent; what takes too long is looked for at Slack by whoever runs next."""
        self._bot.draining.set()
        self._bot.poke.set()
        deadline = time.monotonic() + self._bot.patience_seconds
        for thread in self._threads:
            if thread.is_alive():
                thread.join(max(0.0, deadline - time.monotonic()))
            if thread.is_alive():
                logger.warning("gave up waiting for %s", thread.name)


def _readiness(bot: Bot, connection: Connection | None) -> Probe:
    def ready() -> bool:
        """Not about to stop, connected, and the store answers."""
        connected = connection is None or connection.is_connected()
        return connected and not bot.draining.is_set() and _store_answers(bot)

    return ready


def _store_answers(bot: Bot) -> bool:
    try:
        with reading(bot.engine) as db:
            db.connection().execute(text("SELECT 1"))
    except SQLAlchemyError:
        logger.warning("the store does not answer", exc_info=True)
        return False
    return True


def _disconnect(bot: Bot, connection: Connection) -> None:
    """Keep the socket while what was just taken up is answered; an idle bot need not wait."""
    bot.answers.wait_idle(KEEP_SOCKET_SECONDS)
    connection.close()


@contextmanager
def _signals(stopping: threading.Event) -> Iterator[None]:
    """SIGTERM and SIGINT set the event while this lasts; elsewhere than in the main thread there are no signals."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
