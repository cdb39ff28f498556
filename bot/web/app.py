"""The HTTP side: Slack's requests, and what an operator's tools ask."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.responses import PlainTextResponse
from slack_bolt import App, BoltRequest, BoltResponse

BODY_MOST = 1_000_000
"""Bytes. Slack's largest deliveries carry a view of 250 kB."""
BODY_SECONDS = 5.0
"""A body that takes longer to arrive is not Slack's."""

Probe = Callable[[], bool]


def web_app(slack: App | None, dispatching: Executor, ready: Probe, telemetry: Callable[[], str]) -> FastAPI:
    """The routes. `slack` None (Socket Mode): requests of Slack's are not expected here, so they are not taken."""
    app = FastAPI(title="Latido", openapi_url=None, docs_url=None, redoc_url=None)
    if slack is not None:
        _take_slack(app, slack, dispatching)

    @app.get("/healthz")
    async def healthz() -> PlainTextResponse:
        """The process is alive."""
        return PlainTextResponse("alive\n")

    @app.get("/readyz")
    def readyz() -> PlainTextResponse:
        """Whether requests should be sent here: connected, the store reachable, not about to stop."""
        return PlainTextResponse("ready\n") if ready() else PlainTextResponse("not ready\n", status_code=503)

    @app.get("/metrics")
    async def metrics() -> PlainTextResponse:
        """Counts for Prometheus."""
        return PlainTextResponse(telemetry(), media_type="text/plain; version=0.0.4")

    return app


def _take_slack(app: FastAPI, slack: App, dispatching: Executor) -> None:
    async def events(request: Request) -> Response:
        """Commands, buttons, modals and events; the signature is checked by Bolt, off the event loop."""
        try:
            async with asyncio.timeout(BODY_SECONDS):
                body = await _body(request)
        except TimeoutError as slow:
            raise HTTPException(408) from slow
        asked = BoltRequest(body=body, headers=dict(request.headers))
        loop = asyncio.get_running_loop()
        try:
            answering = loop.run_in_executor(dispatching, slack.dispatch, asked)
        except RuntimeError as closed:  # the executor takes nothing more: the bot is stopping
            raise HTTPException(503) from closed
        return _response(await answering)

    # Starlette's own route: FastAPI's would look for parameters and models that this one does not have.
    app.add_route("/slack/events", events, methods=["POST"])


async def _body(request: Request) -> str:
    """The request's body; 413 when it is too large to be Slack's, 400 when it is not text."""
    received = bytearray()
    async for chunk in request.stream():
        received += chunk
        if len(received) > BODY_MOST:
            raise HTTPException(413)
    try:
        return received.decode()
    except UnicodeDecodeError as error:
        raise HTTPException(400) from error


def _response(answer: BoltResponse) -> Response:
    return Response(answer.body, answer.status, {name: values[0] for name, values in answer.headers.items() if values})
