from collections.abc import Iterator

import pytest
from slack_sdk import WebClient

from bot.playground.double import SlackDouble
from tests.bot.playground.bolt_apps import bolt_over_http, bolt_over_sockets, client_of, little_app
from tests.bot.playground.clock import Clock
from tests.bot.playground.worlds import small_world


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def slack(clock: Clock) -> Iterator[SlackDouble]:
    with SlackDouble(small_world(), clock=clock, ack_seconds=2.0, ping_seconds=0.1) as double:
        yield double


@pytest.fixture
def client(slack: SlackDouble) -> WebClient:
    return client_of(slack)


@pytest.fixture(params=["http", "sockets"])
def app(request: pytest.FixtureRequest, slack: SlackDouble) -> Iterator[None]:
    """The little Bolt app, connected either way."""
    connect = bolt_over_http if request.param == "http" else bolt_over_sockets
    with connect(little_app(slack), slack):
        yield
