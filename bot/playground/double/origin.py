"""Only this machine: foreign Host and Origin headers are refused, so that no web site can reach in."""

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

HOSTS = ("127.0.0.1", "localhost")


class OwnOriginOnly:
    """Middleware that lets a request through when it is addressed to this machine, by a page of the double or none."""

    def __init__(self, app: ASGIApp, *, port: int) -> None:
        self._app = app
        self._hosts = frozenset(HOSTS) | {f"{host}:{port}" for host in HOSTS}
        self._origins = frozenset(f"http://{host}:{port}" for host in HOSTS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] == "lifespan" or self._ours(Headers(scope=scope)):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 4403})  # before the accept: a 403
        else:
            await PlainTextResponse("The playground answers this machine only.", 403)(scope, receive, send)

    def _ours(self, headers: Headers) -> bool:
        origin = headers.get("origin")
        return headers.get("host", "").lower() in self._hosts and (origin is None or origin in self._origins)
