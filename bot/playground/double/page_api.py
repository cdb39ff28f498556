"""What the browser page asks for and does, always as one of the world's people."""

import mimetypes
from collections.abc import Awaitable, Callable
from functools import wraps
from importlib.resources import files
from typing import TypeAlias

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.playground.double import events, membership, page_shown, presses, slash, submissions
from bot.playground.double.conversations import can_see, person
from bot.playground.double.deliveries import Delivery, Wire
from bot.playground.double.errors import DoubleError, Impossible
from bot.playground.double.faults import fault_named
from bot.playground.double.feed import Feed
from bot.playground.double.files import may_see, mimetype
from bot.playground.double.records import Change, Json
from bot.playground.double.world import Channel, User

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
Bound: TypeAlias = Callable[["PageApi", Request], Awaitable[Response]]


def _answered(endpoint: Bound) -> Bound:
    """An endpoint whose refusals are answered as {"ok": false, "error": …}, with the page's headers on all answers."""

    @wraps(endpoint)
    async def answered(self: "PageApi", request: Request) -> Response:
        try:
            response = await endpoint(self, request)
        except DoubleError as error:
            response = JSONResponse({"ok": False, "error": str(error)}, 400)
        except (KeyError, TypeError, ValueError) as error:
            response = JSONResponse({"ok": False, "error": f"not understood: {error}"}, 400)
        response.headers.update(HEADERS)
        return response

    return answered


class PageApi:
    """The page's side of the double; people are named by the page and not proven: it is a playground."""

    def __init__(self, wire: Wire, feed: Feed) -> None:
        self._wire = wire
        self._state = wire.state
        self._feed = feed
        self._folder = files("bot.playground") / "page"

    def routes(self) -> list[Route]:
        """Their addresses."""
        return [
            Route("/", self.index),
            Route("/page/static/{name}", self.static),
            Route("/page/state", self.state),
            Route("/page/conversation", self.conversation),
            Route("/page/events", self.events),
            Route("/page/modal", self.modal),
            Route("/page/home", self.home),
            Route("/page/send", self.send, methods=["POST"]),
            Route("/page/action", self.action, methods=["POST"]),
            Route("/page/options", self.options, methods=["POST"]),
            Route("/page/view/submit", self.submit, methods=["POST"]),
            Route("/page/view/close", self.close, methods=["POST"]),
            Route("/page/people", self.people, methods=["POST"]),
            Route("/page/faults", self.set_fault, methods=["POST"]),
            Route("/page/faults", self.clear_faults, methods=["DELETE"]),
            Route("/files/{file}", self.file),
        ]

    @_answered
    async def index(self, _request: Request) -> Response:
        """The page."""
        return self._static("index.html")

    @_answered
    async def static(self, request: Request) -> Response:
        """One of the page's files."""
        return self._static(request.path_params["name"])

    @_answered
    async def state(self, request: Request) -> Response:
        """The sidebar and who is who."""
        return JSONResponse(
            page_shown.sidebar(self._state, self._viewer(request), connected=self._wire.route.connected)
        )

    @_answered
    async def conversation(self, request: Request) -> Response:
        """The messages of a channel or a thread."""
        viewer = self._viewer(request)
        channel = self._seen_channel(viewer, request.query_params["channel"])
        return JSONResponse(page_shown.conversation(self._state, viewer, channel, request.query_params.get("thread")))

    @_answered
    async def events(self, request: Request) -> Response:
        """Live updates."""
        return StreamingResponse(self._feed.listen(self._viewer(request).id), media_type="text/event-stream")

    @_answered
    async def modal(self, request: Request) -> Response:
        """The open modal."""
        return JSONResponse(page_shown.modal(self._state, self._viewer(request)))

    @_answered
    async def home(self, request: Request) -> Response:
        """The app's Home; `open=1` is a visit that the app hears of."""
        viewer = self._viewer(request)
        if request.query_params.get("open") == "1":
            await run_in_threadpool(events.open_home, self._wire, viewer.id)
        return JSONResponse(page_shown.home(self._state, viewer))

    @_answered
    async def send(self, request: Request) -> Response:
        """A line from the composer: a slash command, or a message."""
        sent = await request.json()
        thread_ts, text = sent.get("thread_ts") or None, str(sent["text"]).strip()
        if not text:
            raise Impossible("there is nothing to send")
        if not text.startswith("/"):
            await run_in_threadpool(events.say, self._wire, sent["as"], sent["channel"], text, thread_ts=thread_ts)
            return JSONResponse({"ok": True})
        typed = (self._wire, sent["as"], sent["channel"], text)
        return _delivered(await run_in_threadpool(slash.type_command, *typed, thread_ts=thread_ts))

    @_answered
    async def action(self, request: Request) -> Response:
        """A button or menu that was used, in a message or in a view."""
        sent = await request.json()
        chosen: Json = {"block_id": sent.get("block_id"), "values": sent.get("state")}
        value = _chosen_value(sent)
        if sent.get("view_id"):
            where = (sent["as"], sent["view_id"])
            delivery = await run_in_threadpool(
                presses.press_in_view, self._wire, *where, sent["action_id"], value, **chosen
            )
        else:
            place = (sent["as"], sent["channel"], sent["ts"])
            delivery = await run_in_threadpool(
                presses.press_in_message, self._wire, *place, sent["action_id"], value, **chosen
            )
        return _delivered(delivery)

    @_answered
    async def options(self, request: Request) -> Response:
        """What a menu offers for what was typed into it."""
        sent = await request.json()
        asked = (self._wire, sent["as"], sent, sent["action_id"], str(sent.get("value", "")))
        delivery = await run_in_threadpool(presses.ask_options, *asked)
        offered = {key: delivery.body[key] for key in ("options", "option_groups") if key in delivery.body}
        return JSONResponse({"ok": delivery.acked, "error": delivery.error, **offered})

    @_answered
    async def submit(self, request: Request) -> Response:
        """A modal that is sent off."""
        sent = await request.json()
        filled = (self._wire, sent["as"], sent["view_id"], sent.get("state") or {})
        return _delivered(await run_in_threadpool(submissions.submit_modal, *filled))

    @_answered
    async def close(self, request: Request) -> Response:
        """A modal that is closed; `all` closes those under it too."""
        sent = await request.json()
        closed = (self._wire, sent["as"], sent["view_id"])
        await run_in_threadpool(submissions.close_view, *closed, whole_stack=bool(sent.get("all")))
        return JSONResponse({"ok": True})

    @_answered
    async def set_fault(self, request: Request) -> Response:
        """Let something go wrong."""
        sent = await request.json()
        fault = fault_named(
            sent["kind"], seconds=float(sent.get("seconds") or 1), code=sent.get("code") or "internal_error"
        )
        self._state.faults.next(str(sent["method"]), fault, times=int(sent.get("times") or 1))
        self._state.note(Change("state"))
        return JSONResponse({"ok": True})

    @_answered
    async def people(self, request: Request) -> Response:
        """Let somebody leave or join a channel, be deactivated or come back."""
        sent = await request.json()
        happened = (str(sent["what"]), str(sent["user"]), str(sent.get("channel") or ""))
        return _delivered(await run_in_threadpool(membership.happen, self._wire, *happened))

    @_answered
    async def clear_faults(self, _request: Request) -> Response:
        """Let everything go well again."""
        self._state.faults.clear()
        self._state.note(Change("state"))
        return JSONResponse({"ok": True})

    @_answered
    async def file(self, request: Request) -> Response:
        """A file's bytes, if this person sees it anywhere."""
        viewer, file = self._viewer(request), self._state.files.get(request.path_params["file"])
        if file is None or file.content is None or not may_see(self._state, viewer.id, file):
            return JSONResponse({"ok": False, "error": "no such file"}, 404)
        return Response(file.content, media_type=mimetype(file))

    def _viewer(self, request: Request) -> User:
        """Who looks at the page; who has not said so yet is the first person of the company."""
        everybody = self._state.users.values()
        first = next(user.id for user in everybody if not user.deleted and not self._state.is_outsider(user))
        viewer = person(self._state, request.query_params.get("as") or first)
        if viewer.is_bot:
            raise Impossible("the bot does not look at the page")
        return viewer

    def _seen_channel(self, viewer: User, channel_id: str) -> Channel:
        channel = self._state.channels.get(channel_id)
        if channel is None or not can_see(self._state, viewer.id, channel):
            raise Impossible(f"{viewer.id} sees no channel {channel_id}")
        return channel

    def _static(self, name: str) -> Response:
        found = self._folder / name
        if "/" in name or name.startswith(".") or not found.is_file():
            return JSONResponse({"ok": False, "error": "no such file"}, 404)
        media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return Response(found.read_bytes(), media_type=media_type)


def _chosen_value(sent: Json) -> object:
    """What was chosen in a menu or picker, under its own name; a button's or a text's plain value."""
    chosen = {name: value for name, value in sent.items() if name.startswith("selected_")}
    return chosen or sent.get("value")


def _delivered(delivery: Delivery) -> Response:
    told: Json = {"ok": delivery.acked and not delivery.errors and not delivery.error}
    if delivery.error:
        told["error"] = delivery.error
    if delivery.errors:
        told["errors"] = dict(delivery.errors)
    return JSONResponse(told)
