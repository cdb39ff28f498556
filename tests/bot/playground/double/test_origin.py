from http.client import HTTPConnection
from socket import create_connection

import pytest

from bot.playground.double import SlackDouble
from tests.bot.playground.worlds import small_world


def status(slack: SlackDouble, path: str = "/page/state?as=U_ANA", **headers: str) -> int:
    connection = HTTPConnection("127.0.0.1", slack.port)
    try:
        connection.putrequest("GET", path, skip_host="Host" in headers)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.0.0.1:{port}", "LOCALHOST:{port}"])
def test_this_machine_is_answered(slack: SlackDouble, host: str) -> None:
    assert status(slack, Host=host.format(port=slack.port)) == 200


@pytest.mark.parametrize("host", ["example.com", "127.0.0.1:1", "127.0.0.1.example.com", "0.0.0.0", ""])
def test_another_host_is_refused(slack: SlackDouble, host: str) -> None:
    assert status(slack, Host=host) == 403
    assert status(slack, "/api/api.test", Host=host) == 403


@pytest.mark.parametrize("origin", ["http://example.com", "null", "https://127.0.0.1:{port}", "http://localhost:1"])
def test_another_origin_is_refused(slack: SlackDouble, origin: str) -> None:
    assert status(slack, Origin=origin.format(port=slack.port)) == 403


def test_the_pages_own_origin_is_answered(slack: SlackDouble) -> None:
    assert status(slack, Origin=f"http://localhost:{slack.port}") == 200


def test_a_websocket_needs_a_ticket_and_the_right_host(slack: SlackDouble) -> None:
    for host, path in ((f"127.0.0.1:{slack.port}", "/link/?ticket=guess"), ("example.com", "/link/")):
        with create_connection(("127.0.0.1", slack.port)) as connection:
            lines = [
                f"GET {path} HTTP/1.1",
                f"Host: {host}",
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "Sec-WebSocket-Version: 13",
            ]
            connection.sendall("\r\n".join([*lines, "", ""]).encode())
            assert b" 403 " in connection.recv(100)
    assert not slack.connected


@pytest.mark.parametrize("host", ["0.0.0.0", "localhost", "::", "192.168.0.1"])
def test_it_binds_to_this_machine_only(host: str) -> None:
    with pytest.raises(ValueError, match="only"):
        SlackDouble(small_world(), host=host)


def test_a_port_in_use_is_an_error(slack: SlackDouble) -> None:
    with pytest.raises(OSError, match="in use"):
        SlackDouble(small_world(), port=slack.port)
