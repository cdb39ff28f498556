import json

import pytest

from bot.manifest import manifest
from commands.core.registry import all_commands
from tests.bot.cli.conftest import Latido


def test_the_manifest_is_json_to_paste(latido: Latido) -> None:
    said = latido("manifest")
    assert (said.code, said.err) == (0, "")
    assert json.loads(said.out) == manifest(all_commands())


def test_the_prefix_of_the_settings_is_in_it(latido: Latido, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LATIDO_COMMAND_PREFIX", "cs-")
    assert '"/cs-health"' in latido("manifest").out


def test_in_http_mode_it_needs_the_address(latido: Latido, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LATIDO_MODE", "http")
    said = latido("manifest")
    assert (said.code, said.out) == (2, "")
    assert "latido manifest --url https://" in said.err
    made = json.loads(latido("manifest", "--url", "https://bot.example.com").out)
    assert made == manifest(all_commands(), public_url="https://bot.example.com")


def test_an_address_that_slack_cannot_use_is_refused(latido: Latido, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LATIDO_MODE", "http")
    said = latido("manifest", "--url", "bot.example.com")
    assert said.code == 2
    assert "https://" in said.err


def test_in_socket_mode_an_address_is_refused_rather_than_left_out(latido: Latido) -> None:
    said = latido("manifest", "--url", "https://bot.example.com")
    assert said.code == 2
    assert "LATIDO_MODE=http" in said.err
