"""App Home, published to Slack's double."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, text

from bot.build import Bot
from bot.home import CHANNEL_EVENTS, Events
from bot.manifest import EVENTS
from bot.playground.double import SlackDouble
from storage.queries.tables import destination
from storage.session import transaction
from tests.bot.conftest import NOW, TEAM
from tests.factories import accounts, import_files, subscription, write_csv

OPENED = {"type": "app_home_opened", "user": "U0ANA", "tab": "home"}


def opened(bot: Bot, slack: SlackDouble, **also: Any) -> str:
    """What the reader sees once the app is opened."""
    Events(bot.answering, bot.people, bot.slack, bot.directory).take(
        {"event": OPENED, "team_id": TEAM, "event_id": "Ev1", **also}
    )
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


@pytest.mark.parametrize(
    ("event", "is_mended"),
    [
        ({"type": "channel_unarchive", "channel": "C0CS", "user": "U0ANA"}, True),
        ({"type": "group_unarchive", "channel": "C0CS", "actor_id": "U0ANA"}, True),
        ({"type": "channel_unshared", "channel": "C0CS", "is_ext_shared": False}, True),
        ({"type": "member_joined_channel", "channel": "C0CS", "user": "U0LATIDO"}, True),
        ({"type": "member_joined_channel", "channel": "C0CS", "user": "U0ANA"}, False),
        ({"type": "channel_unarchive", "channel": "C0ALL", "user": "U0ANA"}, False),
    ],
    ids=["unarchived", "private unarchived", "unshared", "bot joined", "somebody joined", "another channel"],
)
def test_a_broken_channel_is_written_to_again_when_slack_says_that_it_is_well(
    new_bot: Callable[..., Bot], event: dict[str, Any], is_mended: bool
) -> None:
    bot = new_bot()
    with transaction(bot.engine) as db:
        db.execute(insert(destination).values(id="C0CS", broken_since=NOW, reason="is_archived", told_at=NOW))
    Events(bot.answering, bot.people, bot.slack, bot.directory, bot.poke.set).take(
        {"event": event, "team_id": TEAM, "event_id": "Ev1"}
    )
    with transaction(bot.engine) as db:
        broken_since = db.execute(select(destination.c.broken_since)).scalar_one()
    assert (broken_since is None) is is_mended
    assert bot.poke.is_set() or not is_mended
