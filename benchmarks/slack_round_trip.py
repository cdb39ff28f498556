"""A warm /health over HTTP, from the signed request to the delivered answer, beside the mere ack of a no-op Bolt app.

    python -m benchmarks.slack_round_trip

Three servers, each in a process of its own under uvicorn; this process signs, sends and takes the answers. Ours is
timed until the text and card have arrived at the response URL (without the chart, which comes later); the stock ones
until their empty acknowledgement is back. They take turns, so that whatever else the machine does slows all of them.
"""

import asyncio
import json
import multiprocessing
import time
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from statistics import median
from typing import NamedTuple, TypeAlias
from urllib.parse import urlencode

import uvicorn
from fastapi import FastAPI, Request, Response
from slack_bolt import App, BoltRequest
from slack_bolt.adapter.fastapi import SlackRequestHandler
from slack_bolt.adapter.starlette.handler import to_bolt_request, to_starlette_response
from slack_sdk import WebClient
from slack_sdk.signature import SignatureVerifier

from benchmarks.books import TODAY, store
from bot.build import build
from bot.serving import serve
from bot.settings import load_settings
from commands.core.registry import all_commands, registry_of
from commands.core.reply import Answer, Reply
from commands.core.request import Request as Question
from storage.session import Session

SECRET = "not-a-secret"
TEAM, USER, CHANNEL = "T0BENCH", "U0BENCH", "C0BENCH"
ACCOUNT = "acc-000001"
EIGHT = 8
TURNS = 4
TURN_SECONDS = 1.5
"""How long each server is asked in each turn, once one at a time and once eight at once."""
NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)


# --- The servers --------------------------------------------------------------------------------------------------


def ours(port: "multiprocessing.Queue[int]", api_url: str, database_url: str) -> None:
    health = all_commands().commands["health"]

    def without_chart(request: Question, db: Session) -> Answer:
        answer = health.run(request, db)
        return replace(answer, chart=None) if isinstance(answer, Reply) else answer

    settings = load_settings(
        None,
        LATIDO_MODE="http",
        LATIDO_PORT="0",
        LATIDO_DATABASE_URL=database_url,
        SLACK_BOT_TOKEN="xoxb-bench",
        SLACK_SIGNING_SECRET=SECRET,
        SLACK_API_URL=api_url,
    )
    registry = registry_of([replace(health, run=without_chart)])
    serve(build(settings, clock=lambda: NOON, registry=registry), started=port.put, jobs=False)


def stock(port: "multiprocessing.Queue[int]", api_url: str, _database_url: str) -> None:
    """FastAPI with Bolt's own adapter, as its documentation shows."""
    handler, web = SlackRequestHandler(_no_op(api_url)), FastAPI()

    @web.post("/slack/events")
    async def events(request: Request) -> Response:
        return await handler.handle(request)

    _serve(web, port)


def stock_in_threads(port: "multiprocessing.Queue[int]", api_url: str, _database_url: str) -> None:
    """The same app, its dispatch moved off the event loop."""
    app, web, threads = _no_op(api_url), FastAPI(), ThreadPoolExecutor(8)

    @web.post("/slack/events")
    async def events(request: Request) -> Response:
        asked: BoltRequest = to_bolt_request(request, await request.body())
        return to_starlette_response(await asyncio.get_running_loop().run_in_executor(threads, app.dispatch, asked))

    _serve(web, port)


def _no_op(api_url: str) -> App:
    app = App(client=WebClient("xoxb-bench", base_url=api_url), signing_secret=SECRET)

    @app.command("/health")
    def health(ack: Callable[[], None]) -> None:
        ack()

    return app


def _serve(web: FastAPI, port: "multiprocessing.Queue[int]") -> None:
    config = uvicorn.Config(web, port=0, log_config=None, access_log=False, lifespan="off", server_header=False)
    socket = config.bind_socket()
    socket.listen()
    port.put(socket.getsockname()[1])
    uvicorn.Server(config).run(sockets=[socket])


# --- Slack, as far as it is needed --------------------------------------------------------------------------------


@dataclass
class Stub:
    """Answers the look-ups, and tells when an answer has arrived at a response URL."""

    port: int = 0
    arrived: dict[str, "asyncio.Future[int]"] = field(default_factory=dict)
    connections: list["asyncio.Task[None]"] = field(default_factory=list)

    def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take a connection."""
        self.connections.append(asyncio.create_task(self._take(reader, writer)))

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection to its end."""
        while (message := await _read(reader)) is not None:
            start, body = message
            path = start.split(" ")[1]
            answer = _LOOK_UPS.get(path.rpartition("/")[2], {"ok": True})
            if path.startswith("/r/"):
                self.arrived.pop(path).set_result(len(body))
            content = json.dumps(answer).encode()
            writer.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(content)
            )
            writer.write(content)
            await writer.drain()
        writer.close()


_LOOK_UPS = {
    "auth.test": {"ok": True, "team_id": TEAM, "user_id": "U0BOT", "bot_id": "B0BOT"},
    "users.info": {
        "ok": True,
        "user": {"id": USER, "team_id": TEAM, "locale": "en-US", "profile": {"email": "csm-1@company.example"}},
    },
    "conversations.info": {"ok": True, "channel": {"id": CHANNEL}},
}


async def _read(reader: asyncio.StreamReader) -> tuple[str, bytes] | None:
    """The start line and the body of one HTTP message; None at the end of the connection."""
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    except asyncio.IncompleteReadError:
        return None
    start, *lines = head.split("\r\n")
    length = next((int(line[15:]) for line in lines if line.lower().startswith("content-length:")), 0)
    return start, await reader.readexactly(length)


@asynccontextmanager
async def _stub() -> AsyncIterator[Stub]:
    stub = Stub()
    server = await asyncio.start_server(stub.connected, "127.0.0.1", 0)
    stub.port = server.sockets[0].getsockname()[1]
    async with server:
        yield stub
    await asyncio.gather(*stub.connections)


# --- The measurement ----------------------------------------------------------------------------------------------


class Person:
    """Types the command over one kept-alive connection, again and again."""

    _signer = SignatureVerifier(SECRET)

    def __init__(self, stub: Stub, name: int) -> None:
        self._stub = stub
        self._name = name
        self._typed = 0

    async def connect(self, port: int) -> None:
        """Open the connection."""
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", port)

    async def type(self, *, delivered: bool) -> float:
        """Seconds until the acknowledgement, or until the answer has been delivered."""
        self._typed += 1
        path = f"/r/{self._name}-{self._typed}"
        arrived = asyncio.get_running_loop().create_future()
        if delivered:
            self._stub.arrived[path] = arrived
        request = self._request(path)
        begun = time.perf_counter()
        self._writer.write(request)
        answer = await _read(self._reader)
        assert answer is not None
        assert " 200 " in answer[0], answer
        if delivered:
            size = await asyncio.wait_for(arrived, 10)
            assert size > 1000, "a card is longer"
        return time.perf_counter() - begun

    def close(self) -> None:
        """Close the connection."""
        self._writer.close()

    def _request(self, path: str) -> bytes:
        fields = {"command": "/health", "text": ACCOUNT, "team_id": TEAM, "user_id": USER, "channel_id": CHANNEL,
                  "response_url": f"http://127.0.0.1:{self._stub.port}{path}", "trigger_id": "1.2"}  # fmt: skip
        body, moment = urlencode(fields), str(int(time.time()))
        signature = self._signer.generate_signature(timestamp=moment, body=body)
        head = (
            f"POST /slack/events HTTP/1.1\r\nHost: bench\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            f"X-Slack-Request-Timestamp: {moment}\r\nX-Slack-Signature: {signature}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        return (head + body).encode()


class Speed(NamedTuple):
    """How fast a server is."""

    alone_ms: float
    """The median of a single person's waits."""
    together: float
    """Answers a second for eight people at once."""


async def _ask(stub: Stub, port: int, people: int, seconds: float, *, delivered: bool) -> list[float]:
    """The seconds that each question took, asked by so many people at once for so long."""
    until = time.perf_counter() + seconds

    async def ask(person: Person) -> list[float]:
        await person.connect(port)  # anew each time: an idle connection is closed by the server
        took = []
        while time.perf_counter() < until:
            took.append(await person.type(delivered=delivered))
        person.close()
        return took

    answered = await asyncio.gather(*(ask(Person(stub, name)) for name in range(people)))
    return [took for person in answered for took in person]


async def _measure(stub: Stub, port: int, *, delivered: bool) -> Speed:
    """One turn of a server."""
    alone = await _ask(stub, port, 1, TURN_SECONDS, delivered=delivered)
    together = await _ask(stub, port, EIGHT, TURN_SECONDS, delivered=delivered)
    return Speed(median(alone) * 1000, len(together) / TURN_SECONDS)


Serve: TypeAlias = "Callable[[multiprocessing.Queue[int], str, str], None]"

OURS = "ours, the answer delivered"
SERVERS: dict[str, Serve] = {
    OURS: ours,
    "stock no-op, Bolt's adapter": stock,
    "stock no-op, dispatch in threads": stock_in_threads,
}


async def main(database_url: str) -> None:
    """Measure and print."""
    async with _stub() as stub:
        with _served(f"http://127.0.0.1:{stub.port}/api/", database_url) as queues:
            ports = {name: await asyncio.to_thread(port.get, timeout=60) for name, port in queues.items()}
            for name, port in ports.items():
                await _ask(stub, port, EIGHT, TURN_SECONDS, delivered=name == OURS)
            turns = [
                {name: await _measure(stub, port, delivered=name == OURS) for name, port in ports.items()}
                for _ in range(TURNS)
            ]
    _tell({name: Speed(*map(median, zip(*(turn[name] for turn in turns), strict=True))) for name in SERVERS})


@contextmanager
def _served(api_url: str, database_url: str) -> Iterator[dict[str, "multiprocessing.Queue[int]"]]:
    """The servers, each telling its port through its queue."""
    spawn = multiprocessing.get_context("spawn")
    queues: dict[str, multiprocessing.Queue[int]] = {name: spawn.Queue() for name in SERVERS}
    processes = [
        spawn.Process(target=serve_it, args=(queues[name], api_url, database_url)) for name, serve_it in SERVERS.items()
    ]
    for process in processes:
        process.start()
    try:
        yield queues
    finally:
        for process in processes:
            process.terminate()
            process.join()


def _tell(found: dict[str, Speed]) -> None:
    mine = found[OURS]
    print(f"{'':34}{'one at a time':>16}{'':15}{'eight at once':>16}")
    for name, speed in found.items():
        alone, together = speed.alone_ms / mine.alone_ms, mine.together / speed.together
        against = ("", "") if name == OURS else (_verdict(alone), _verdict(together))
        print(f"{name:34}{speed.alone_ms:13.2f} ms{against[0]:15}{speed.together:14.0f}/s{against[1]}")


def _verdict(ratio: float) -> str:
    """How many times faster ours is, and whether that is faster at all."""
    return f"{ratio:6.1f} x  {'ok' if ratio > 1 else 'SLOWER'}"


if __name__ == "__main__":
    with store(people=True) as engine:
        asyncio.run(main(str(engine.url)))
