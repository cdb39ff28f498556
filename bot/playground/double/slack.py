"""SlackDouble: a workspace that a test, a demo or a benchmark can stand the real bot in."""

import time
from collections.abc import Callable, Collection, Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import WebSocketRoute

from bot.playground.double import events, membership, presses, submissions
from bot.playground.double.conversations import visible_messages
from bot.playground.double.deliveries import ACK_SECONDS, Delivery, HttpRoute, Wire
from bot.playground.double.endpoints import Endpoints
from bot.playground.double.errors import Impossible
from bot.playground.double.faults import Faults
from bot.playground.double.feed import Feed
from bot.playground.double.origin import OwnOriginOnly
from bot.playground.double.pacing import Pacing
from bot.playground.double.page_api import PageApi
from bot.playground.double.records import Call, File, Json, Message
from bot.playground.double.server import HOST, PING_SECONDS, ServerThread, listening
from bot.playground.double.slash import type_command
from bot.playground.double.socket_mode import SocketMode
from bot.playground.double.state import DEFAULT_EVENTS, DEFAULT_SCOPES, Answer, Clock, CommandList, State, new_app
from bot.playground.double.views import view_json
from bot.playground.double.world import World


def system_clock() -> datetime:
    """Now."""
    return datetime.now(UTC)


class SlackDouble:
    """Slack's likeness on 127.0.0.1, between `start` and `stop` or within a `with`.

    The app reaches it at `api_url` with `bot_token` and `app_token`; the methods below are what people do. It delivers
    over Socket Mode until `connect_http` names a URL.
    """

    def __init__(
        self,
        world: World,
        *,
        clock: Clock = system_clock,
        commands: CommandList | None = None,
        scopes: Collection[str] = DEFAULT_SCOPES,
        subscriptions: Collection[str] = DEFAULT_EVENTS,
        host: str = HOST,
        port: int = 0,
        ack_seconds: float = ACK_SECONDS,
        signing_time: Callable[[], float] = time.time,
        ping_seconds: float = PING_SECONDS,
        pacing: bool = False,
    ) -> None:
        if host != HOST:
            raise ValueError(f"the playground listens on {HOST} only, not on {host}")
        self._state = State(world, new_app(scopes, subscriptions, commands), clock)
        self._ack_seconds = ack_seconds
        self._signing_time = signing_time
        self._listener = listening(port)
        self.port: int = self._listener.getsockname()[1]
        self.base_url = f"http://{HOST}:{self.port}"
        self._sockets = SocketMode(self._state, ack_seconds=ack_seconds)
        self._wire = Wire(self._state, self.base_url, self._sockets)
        self._feed = Feed(self._state)
        self._server = ServerThread(
            self._app(Pacing(clock) if pacing else None), self._listener, ping_seconds=ping_seconds
        )

    def _app(self, pacing: Pacing | None) -> Starlette:
        endpoints = Endpoints(self._state, self.base_url, pacing)
        page = PageApi(self._wire, self._feed)
        routes = [*endpoints.routes(), *page.routes(), WebSocketRoute("/link/", self._sockets.serve)]
        return Starlette(routes=routes, middleware=[Middleware(OwnOriginOnly, port=self.port)])

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Serve from now on."""
        self._server.start()

    def stop(self) -> None:
        """End every connection and let the port go."""
        self._feed.close()
        self._wire.route.close()
        self._server.stop()

    # How the app reaches it

    @property
    def api_url(self) -> str:
        """The Web API's address, for WebClient(base_url=…) and SLACK_API_URL."""
        return f"{self.base_url}/api/"

    @property
    def bot_token(self) -> str:
        """The bot's token (xoxb)."""
        return self._state.app.bot_token

    @property
    def app_token(self) -> str:
        """The app's token for Socket Mode (xapp)."""
        return self._state.app.app_token

    @property
    def signing_secret(self) -> str:
        """What requests to the app are signed with."""
        return self._state.app.signing_secret

    @property
    def team_id(self) -> str:
        """The workspace."""
        return self._state.team.id

    @property
    def bot_user_id(self) -> str:
        """The bot as a user."""
        return self._state.bot.id

    def connect_http(self, events_url: str) -> None:
        """Deliver signed HTTP requests to this URL from now on."""
        self._wire.route = HttpRoute(
            events_url, self.signing_secret, ack_seconds=self._ack_seconds, now=self._signing_time
        )

    def connect_sockets(self) -> None:
        """Deliver over Socket Mode from now on, as at the start."""
        self._wire.route = self._sockets

    @property
    def connected(self) -> bool:
        """Whether the app is there: it was given a URL, or holds a Socket Mode connection."""
        return self._wire.route.connected

    @property
    def socket_connections(self) -> int:
        """How many Socket Mode connections the app holds."""
        return self._sockets.connections

    def disconnect_sockets(self, reason: str = "refresh_requested") -> None:
        """Ask every Socket Mode connection to go; all but a "warning" also end it."""
        self._sockets.disconnect(reason)

    # What people do

    def command(self, user: str, channel: str, text: str, *, thread_ts: str | None = None) -> Delivery:
        """Type a slash command."""
        return type_command(self._wire, user, channel, text, thread_ts=thread_ts)

    def say(self, user: str, channel: str, text: str, *, thread_ts: str | None = None) -> Message:
        """Write a plain message."""
        return events.say(self._wire, user, channel, text, thread_ts=thread_ts)

    def click(
        self,
        user: str,
        target: Message | Mapping[str, Any],
        action_id: str,
        value: object = None,
        *,
        block_id: str | None = None,
        values: Mapping[str, Any] | None = None,
    ) -> Delivery:
        """Use a button or menu of a message (from `messages`) or of a view (from `views` or `home`).

        `value` picks a button among several with the same id, the option of a menu, the day of a date picker.
        """
        chosen: dict[str, Any] = {"block_id": block_id, "values": values}
        if isinstance(target, Message):
            return presses.press_in_message(self._wire, user, target.channel, target.ts, action_id, value, **chosen)
        return presses.press_in_view(self._wire, user, str(target["id"]), action_id, value, **chosen)

    def options(self, user: str, target: Message | Mapping[str, Any], action_id: str, typed: str) -> Delivery:
        """Type into a menu that asks the app for its options; they are in the delivery's body."""
        place: Json
        if isinstance(target, Message):
            place = {"channel": target.channel, "ts": target.ts}
        else:
            place = {"view_id": target["id"]}
        return presses.ask_options(self._wire, user, place, action_id, typed)

    def submit(self, user: str, view: Mapping[str, Any], state: Mapping[str, Any] | None = None) -> Delivery:
        """Send a modal off, filled in by block id: {"block": "text"} or {"block": {"action": …}}."""
        return submissions.submit_modal(self._wire, user, str(view["id"]), state or {})

    def close(self, user: str, view: Mapping[str, Any], *, whole_stack: bool = False) -> Delivery:
        """Close a modal."""
        return submissions.close_view(self._wire, user, str(view["id"]), whole_stack=whole_stack)

    def open_home(self, user: str, *, tab: str = "home") -> Delivery:
        """Open the app's Home, or with tab="messages" its direct conversation."""
        return events.open_home(self._wire, user, tab=tab)

    def event(self, payload: Json, user: str | None = None, *, event_id: str | None = None) -> Delivery:
        """Let an event happen: `payload` is the inner event; the same `event_id` again is a duplicate delivery."""
        return events.tell_event(self._wire, payload, user, event_id=event_id)

    def alter(self, channel: str, **changed: Any) -> None:  # noqa: ANN401 - Channel's fields
        """Change a channel's facts (`is_archived=True`), without an event; KeyError when there is no such channel."""
        with self._state.lock:
            self._state.channels[channel] = replace(self._state.channels[channel], **changed)

    def alter_user(self, user: str, **changed: Any) -> None:  # noqa: ANN401 - User's fields
        """Change a person's facts (`email=…`), without an event; KeyError when there is no such person."""
        with self._state.lock:
            self._state.users[user] = replace(self._state.users[user], **changed)

    def deactivate(self, user: str, *, back: bool = False) -> Delivery:
        """Deactivate somebody's account; `back`: make it active again."""
        return membership.deactivate(self._wire, user, deleted=not back)

    def leave(self, user: str, channel: str) -> Delivery:
        """Let somebody leave a channel."""
        return membership.move(self._wire, user, channel, there=False)

    def join(self, user: str, channel: str) -> Delivery:
        """Let somebody join a channel."""
        return membership.move(self._wire, user, channel, there=True)

    def retry_events(self) -> list[Delivery]:
        """Deliver again the events that were not acknowledged."""
        return events.retry_events(self._wire)

    # What there is to see

    def messages(self, channel: str, viewer: str | None = None) -> list[Message]:
        """What a person sees in a channel, oldest first; without a viewer everything, ephemerals too."""
        return visible_messages(self._state, channel, viewer)

    def direct_channel(self, user: str) -> str:
        """The id of a person's direct conversation with the bot; Impossible when it was never begun."""
        with self._state.lock:
            for channel in self._state.channels.values():
                if channel.kind == "im" and tuple(channel.members) == (user,):
                    return channel.id
        raise Impossible(f"{user} and the bot have no direct conversation")

    def views(self, user: str) -> list[Json]:
        """A person's open modals, the one on top last."""
        with self._state.lock:
            return [deepcopy(view_json(self._state, view)) for view in self._state.stacks[user]]

    def home(self, user: str) -> Json | None:
        """A person's Home; None before the app published one."""
        with self._state.lock:
            home = self._state.homes.get(user)
            return deepcopy(view_json(self._state, home)) if home else None

    @property
    def files(self) -> list[File]:
        """Every upload, in order; one that was not completed has no `ready_at`."""
        with self._state.lock:
            return [replace(file) for file in self._state.files.values()]

    @property
    def calls(self) -> list[Call]:
        """Every request the app made, in order."""
        with self._state.lock:
            return list(self._state.calls)

    @property
    def faults(self) -> Faults:
        """The fault switches."""
        return self._state.faults

    def wait_until(self, predicate: Callable[[], Answer | None], timeout: float = 5.0) -> Answer:
        """The first true answer of `predicate`, asked after every change; TimeoutError after `timeout` seconds."""
        return self._state.wait_until(predicate, timeout=timeout)
