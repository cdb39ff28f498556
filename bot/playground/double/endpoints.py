"""What the app calls over HTTP: Web API methods, response URLs, uploads, private files; each may meet a fault."""

import asyncio
import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.playground.double.connections import Dropped
from bot.playground.double.errors import Refusal
from bot.playground.double.faults import (
    ApiError,
    DropAfterAccepting,
    DropBefore,
    Fault,
    FileNotReady,
    RateLimited,
    ServerError,
    Slow,
)
from bot.playground.double.files import mimetype, receive
from bot.playground.double.pacing import Pacing
from bot.playground.double.records import Call, Json
from bot.playground.double.response_urls import take_answer
from bot.playground.double.state import State
from bot.playground.double.web_api.dispatch import answer


class Endpoints:
    """The HTTP side that belongs to the app."""

    def __init__(self, state: State, base_url: str, pacing: Pacing | None) -> None:
        self._state = state
        self._base_url = base_url
        self._pacing = pacing

    def routes(self) -> list[Route]:
        """Their addresses."""
        return [
            Route("/api/{method}", self.web_api, methods=["GET", "POST"]),
            Route("/response/{url}", self.response_url, methods=["POST"]),
            Route("/upload/v1/{key}", self.upload, methods=["POST", "PUT"]),
            Route("/files-pri/{ids}/{file}/{name}", self.private_file),
        ]

    async def web_api(self, request: Request) -> Response:
        """One Web API method."""
        method = request.path_params["method"]
        try:
            args, token = await _arguments(request)
        except ClientDisconnect:  # its process was killed while it wrote
            return Dropped()

        def deed(fault: Fault | None) -> Response:
            body = answer(self._state, method, args, token, self._base_url, fault)
            self._record(method, args, body.get("error"))
            return JSONResponse(body)

        fault = self._state.faults.take(method) or self._too_fast(method, args)
        return await self._under(fault, method, args, deed)

    async def response_url(self, request: Request) -> Response:
        """One answer to an interaction."""
        said, _ = await _arguments(request)

        def deed(fault: Fault | None) -> Response:
            unready = isinstance(fault, FileNotReady)
            try:
                take_answer(self._state, request.path_params["url"], said, files_unready=unready)
            except Refusal as refusal:
                self._record("response_url", said, refusal.code)
                return JSONResponse({"ok": False, "error": refusal.code}, 404)
            self._record("response_url", said, None)
            return PlainTextResponse("ok")

        return await self._under(self._state.faults.take("response_url"), "response_url", said, deed)

    async def upload(self, request: Request) -> Response:
        """The bytes of an announced file."""
        content = await request.body()
        told = {"key": request.path_params["key"], "bytes": len(content)}

        def deed(_fault: Fault | None) -> Response:
            try:
                file = receive(self._state, request.path_params["key"], content)
            except Refusal as refusal:
                self._record("upload", told, refusal.code)
                return PlainTextResponse(str(refusal), 404 if refusal.code == "file_not_found" else 400)
            self._record("upload", told, None)
            return PlainTextResponse(f"OK - {file.length}")

        return await self._under(self._state.faults.take("upload"), "upload", told, deed)

    async def private_file(self, request: Request) -> Response:
        """A file's bytes, for the bot."""
        file = self._state.files.get(request.path_params["file"])
        _, token = await _arguments(request)
        if token != self._state.app.bot_token or file is None or file.content is None:
            return PlainTextResponse("not found", 404)
        return Response(file.content, media_type=mimetype(file))

    async def _under(
        self, fault: Fault | None, method: str, args: Mapping[str, Any], deed: Callable[[Fault | None], Response]
    ) -> Response:
        """Do the deed as far as the fault lets it happen, and answer as the fault wants it."""
        match fault:
            case RateLimited(retry_after):
                self._record(method, args, "ratelimited")
                limited = {"ok": False, "error": "ratelimited"}
                return JSONResponse(limited, 429, headers={"Retry-After": str(retry_after)})
            case ServerError(status):
                self._record(method, args, f"http_{status}")
                return PlainTextResponse("upstream connect error", status)
            case ApiError(code):
                self._record(method, args, code)
                return JSONResponse({"ok": False, "error": code}, 404 if method in {"response_url", "upload"} else 200)
            case DropBefore():
                self._record(method, args, "dropped")
                return Dropped()
            case DropAfterAccepting():
                deed(fault)
                return Dropped()
            case Slow(seconds):
                await asyncio.sleep(seconds)
        return deed(fault)

    def _too_fast(self, method: str, args: Mapping[str, Any]) -> Fault | None:
        return self._pacing.check(method, str(args.get("channel", ""))) if self._pacing else None

    def _record(self, method: str, args: Mapping[str, Any], error: str | None) -> None:
        self._state.record(Call(method, args, ok=error is None, error=error))


async def _arguments(request: Request) -> tuple[Json, str | None]:
    """The arguments from query and body (JSON or a form), and the token from the header or among them."""
    args: Json = dict(request.query_params)
    body = await request.body()
    if body.lstrip().startswith(b"{"):
        try:
            args |= json.loads(body)
        except ValueError:
            args["malformed_json"] = body.decode(errors="replace")
    elif body:
        args |= dict(parse_qsl(body.decode(errors="replace"), keep_blank_values=True))
    token = args.pop("token", None)
    scheme, _, sent = request.headers.get("authorization", "").partition(" ")
    return args, sent if scheme.lower() == "bearer" and sent else token
