"""App Home, published to Slack's double."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.build import Bot
from bot.home import CHANNEL_EVENTS, Events
from bot.manifest import EVENTS
from bot.playground.double import SlackDouble
from tests.bot.conftest import TEAM
from tests.factories import accounts, import_files, subscription, write_csv

OPENED = {"type": "app_home_opened", "user": "U0ANA", "tab": "home"}


def opened(bot: Bot, slack: SlackDouble, **also: Any) -> str:
    """What the reader sees once the app is opened."""
    Events(bot.answering, bot.people, bot.slack).take({"event": OPENED, "team_id": TEAM, "event_id": "Ev1", **also})
    return json.dumps(slack.home("U0ANA"))


def publications(slack: SlackDouble) -> int:
    return sum(call.method == "views.publish" for call in slack.calls)


def test_a_home_that_fails_shows_a_reference(
    slack: SlackDouble, new_bot: Callable[..., Bot], caplog: pytest.LogCaptureFixture
) -> None:
    bot = new_bot()
    with bot.engine.begin() as connection:
        connection.execute(text("ALTER TABLE account RENAME TO gone"))
    shown = opened(bot, slack)
    assert "tell the people who run me this reference" in shown
    assert "no such table" in caplog.text
    assert "no such table" not in shown


def test_a_store_that_cannot_tell_whether_the_event_is_new_does_not_stop_the_home(
    slack: SlackDouble, new_bot: Callable[..., Bot]
) -> None:
    bot = new_bot()
    with bot.engine.begin() as connection:
        connection.execute(text("ALTER TABLE processed_event RENAME TO gone"))
    assert "Things to try" in opened(bot, slack)


def test_events_without_an_id_all_count(slack: SlackDouble, new_bot: Callable[..., Bot]) -> None:
    bot = new_bot()
    for _ in range(2):
        opened(bot, slack, event_id="")
    assert publications(slack) == 2


def test_accounts_are_those_of_health_churned_ones_left_out(
    slack: SlackDouble, new_bot: Callable[..., Bot], tmp_path: Path
) -> None:
    bot = new_bot(LATIDO_CURRENCY="EUR")
    mine = [row | {"csm_email": "ana@us.example"} for row in accounts("here", "left")]
    subscriptions = [subscription("s1", "here"), subscription("s2", "left", ended_on="2026-10-05")]
    import_files(
        bot.engine, write_csv(tmp_path / "accounts.csv", mine), write_csv(tmp_path / "subscriptions.csv", subscriptions)
    )
    shown = opened(bot, slack)
    assert "/health here" in shown
    assert "/health left" not in shown


def test_buttons_show_the_prefix_and_ask_without_it(slack: SlackDouble, new_bot: Callable[..., Bot]) -> None:
    bot = new_bot(LATIDO_COMMAND_PREFIX="cs-")
    opened(bot, slack)
    view = slack.home("U0ANA") or {}
    (row,) = (block for block in view["blocks"] if block["type"] == "actions")
    assert ("/cs-test acme", "/test acme") in [(e["text"]["text"], e["value"]) for e in row["elements"]]


def test_only_what_slack_is_asked_to_tell_is_looked_for() -> None:
    assert set(EVENTS) >= CHANNEL_EVENTS
