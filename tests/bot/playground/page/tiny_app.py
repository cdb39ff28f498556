"""The smallest app there is: it keeps what Slack's double delivers and does what the test tells it to."""

import json
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Self
from urllib.parse import parse_qs

from slack_sdk import WebClient

from bot.playground.double import SlackDouble

Json = dict[str, Any]
Answer = Callable[[Json], object]


class TinyApp:
    """Listens on 127.0.0.1; answers by `on[kind]`, where kind is a command or the type of an interaction.

    An answer that is a dict is the body of the acknowledgement, a number the status of a failure; any other means an
    empty acknowledgement.
    """

    def __init__(self, slack: SlackDouble) -> None:
        self.client = WebClient(slack.bot_token, base_url=slack.api_url)
        self.deliveries: list[Json] = []
        self.on: dict[str, Answer] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(self))
        self._server.daemon_threads = True
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self.url = f"http://127.0.0.1:{self._server.server_port}/slack/events"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def answer(self, payload: Json) -> object:
        """What the app says to a delivery, once the test's own part was done."""
        self.deliveries.append(payload)
        event = payload.get("event", {}).get("type")
        do = self.on.get(payload.get("command") or event or payload["type"])
        return do(payload) if do else None

    def post(self, channel: str, blocks: list[Json], text: str = "fallback", **more: Any) -> str:
        """A message of the bot's; its ts."""
        return str(self.client.chat_postMessage(channel=channel, text=text, blocks=blocks, **more)["ts"])

    def last(self, kind: str) -> Json:
        """The newest delivery of this command or type."""
        return next(each for each in reversed(self.deliveries) if kind in {each.get("command"), each.get("type")})


def payload_of(content_type: str, body: bytes) -> Json:
    """The JSON inside a delivery, whichever way Slack wraps it."""
    if "json" in content_type:
        return dict(json.loads(body))
    form = {name: values[0] for name, values in parse_qs(body.decode(), keep_blank_values=True).items()}
    return dict(json.loads(form["payload"])) if "payload" in form else dict(form)


def _handler_of(app: TinyApp) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            said = app.answer(payload_of(self.headers["Content-Type"], body))
            answer = json.dumps(said).encode() if isinstance(said, dict) else b""
            self.send_response(said if isinstance(said, int) else 200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *args: object) -> None:
            """Say nothing: the test's output is its result."""

    return Handler
