from concurrent.futures import ThreadPoolExecutor

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.playground.double import SlackDouble
from tests.bot.playground.bolt_apps import bolt_over_sockets, client_of, little_app


def test_the_address_is_given_for_the_apps_own_token_only(slack: SlackDouble) -> None:
    assert WebClient(slack.app_token, base_url=slack.api_url).apps_connections_open(app_token=slack.app_token)["ok"]
    with pytest.raises(SlackApiError, match="not_allowed_token_type"):
        client_of(slack).apps_connections_open(app_token=slack.bot_token)


def test_each_envelope_goes_to_one_of_several_connections(slack: SlackDouble) -> None:
    with bolt_over_sockets(little_app(slack), slack), bolt_over_sockets(little_app(slack), slack):
        assert slack.socket_connections == 2
        with ThreadPoolExecutor(4) as people:
            acked = list(people.map(lambda _: slack.command("U_ANA", "C_CS", "/quick").acked, range(8)))
    assert acked == [True] * 8
    assert len(slack.messages("C_CS", "U_ANA")) == 8


def test_after_a_disconnect_the_client_comes_back(slack: SlackDouble) -> None:
    with bolt_over_sockets(little_app(slack), slack):
        opened = sum(call.method == "apps.connections.open" for call in slack.calls)
        slack.disconnect_sockets("refresh_requested")
        slack.wait_until(
            lambda: slack.connected and sum(call.method == "apps.connections.open" for call in slack.calls) > opened
        )
        assert slack.command("U_ANA", "C_CS", "/quick").acked


def test_a_warning_does_not_end_the_connection(slack: SlackDouble) -> None:
    with bolt_over_sockets(little_app(slack), slack):
        slack.disconnect_sockets("warning")
        slack.wait_until(lambda: slack.connected)
    slack.wait_until(lambda: not slack.connected)
    assert not slack.connected
