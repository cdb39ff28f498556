"""A little Bolt app of the usual kind, over HTTP or Socket Mode, for tests of the double."""

from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from slack_bolt import App
from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk import WebClient

from bot.playground.double import SlackDouble

MODAL: dict[str, Any] = {
    "type": "modal",
    "callback_id": "ask",
    "title": {"type": "plain_text", "text": "Ask"},
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [
        {
            "type": "input",
            "block_id": "why",
            "label": {"type": "plain_text", "text": "Why?"},
            "element": {"type": "plain_text_input", "action_id": "text"},
        }
    ],
}
BUTTONS: list[dict[str, Any]] = [
    {
        "type": "actions",
        "block_id": "row",
        "elements": [
            {
                "type": "button",
                "action_id": "ask.open",
                "text": {"type": "plain_text", "text": "Ask"},
                "value": "7",
            }
        ],
    }
]


def client_of(slack: SlackDouble, **options: Any) -> WebClient:
    """The bot's client, which tries everything once."""
    return WebClient(slack.bot_token, base_url=slack.api_url, **{"retry_handlers": [], **options})


def little_app(slack: SlackDouble) -> App:
    """Answers /health with an ephemeral that has a button; the button opens a modal; everything it hears is kept."""
    app = App(client=client_of(slack), signing_secret=slack.signing_secret)

    @app.command("/health")
    def health(ack: Any, respond: Any, command: Any) -> None:
        ack()
        respond(text=f"health of {command['text']}", blocks=BUTTONS)

    @app.command("/quick")
    def quick(ack: Any) -> None:
        ack("at once")

    @app.action("ask.open")
    def ask(ack: Any, body: Any, client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=MODAL)

    @app.view("ask")
    def asked(ack: Any, view: Any) -> None:
        if len(view["state"]["values"]["why"]["text"]["value"]) < 3:
            ack(response_action="errors", errors={"why": "Say more."})
        else:
            ack()

    @app.event("app_home_opened")
    def home(event: Any, client: WebClient) -> None:
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [{"type": "divider"}]})

    return app


class _Threaded(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_args: Any) -> None:
        pass


@contextmanager
def over_http(application: Any, slack: SlackDouble) -> Iterator[str]:
    """A WSGI application on a free port, to which the double delivers."""
    with make_server("127.0.0.1", 0, application, server_class=_Threaded, handler_class=_Quiet) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        url = f"http://127.0.0.1:{server.server_port}/slack/events"
        slack.connect_http(url)
        try:
            yield url
        finally:
            slack.connect_sockets()
            server.shutdown()
            thread.join()


@contextmanager
def bolt_over_http(app: App, slack: SlackDouble) -> Iterator[str]:
    """The Bolt app behind its WSGI adapter."""
    with over_http(SlackRequestHandler(app), slack) as url:
        yield url


@contextmanager
def bolt_over_sockets(app: App, slack: SlackDouble) -> Iterator[SocketModeHandler]:
    """The Bolt app on one Socket Mode connection."""
    web_client = WebClient(slack.app_token, base_url=slack.api_url)
    handler = SocketModeHandler(app, slack.app_token, web_client=web_client)
    before = slack.socket_connections
    handler.connect()  # type: ignore[no-untyped-call]
    slack.wait_until(lambda: slack.socket_connections > before)
    try:
        yield handler
    finally:
        handler.client.closed = True
        handler.client.enqueue_message("")  # or its reader waits out its second
        handler.close()  # type: ignore[no-untyped-call]
