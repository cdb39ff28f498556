from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.build import Bot, build
from bot.playground.double import ApiError, SlackDouble
from bot.settings import Settings, SettingsError
from commands.core.errors import BadRegistration
from commands.core.registry import registry_of
from commands.core.reply import Reply
from commands.core.request import Place, Role
from commands.core.spec import Action, Command
from tests.bot.small_company import LATER, bring

_ANYBODY = Command("test", "", "A test", lambda _request, _db: Reply(""), Role.MEMBER, Place.INTERNAL)


def test_a_refused_token_is_a_sentence(slack: SlackDouble, new_bot: Callable[..., Bot]) -> None:
    slack.faults.next("auth.test", ApiError("invalid_auth"))
    with pytest.raises(SettingsError, match=r"refuses SLACK_BOT_TOKEN \(invalid_auth\)"):
        new_bot()


def test_an_unreachable_slack_is_a_sentence(settings_for: Callable[..., Settings]) -> None:
    with pytest.raises(SettingsError, match="Slack cannot be reached"):
        build(settings_for(SLACK_API_URL="http://127.0.0.1:9/"))


def test_a_missing_token_is_a_sentence(settings_for: Callable[..., Settings]) -> None:
    with pytest.raises(SettingsError, match="SLACK_BOT_TOKEN does not start"):
        build(settings_for(SLACK_BOT_TOKEN="xapp-1"))


def test_a_listener_without_an_audience_is_refused() -> None:
    action = Action("test.open", lambda _request, _db: Reply(""), None, None)  # type: ignore[arg-type]
    with pytest.raises(BadRegistration, match=r"test\.open"):
        registry_of([replace(_ANYBODY, actions=(action,))])


def test_a_prefix_that_makes_names_too_long_is_refused(settings_for: Callable[..., Settings]) -> None:
    name = replace(_ANYBODY, id="a" * 30)
    with pytest.raises(BadRegistration, match="Slack allows 32"):
        build(settings_for(LATIDO_COMMAND_PREFIX="our-"), registry=registry_of([name]))


def test_other_grace_days_rebuild_the_ledger_when_the_bot_starts(new_bot: Callable[..., Bot]) -> None:
    engine = new_bot(LATIDO_CHURN_GRACE_DAYS="0").engine
    bring(engine, LATER)
    new_bot(LATIDO_CHURN_GRACE_DAYS="3")
    with engine.connect() as connection:
        remembered = connection.exec_driver_sql("SELECT value FROM setting WHERE name = 'ledger_rules'").scalar()
    assert remembered == "3 service_end - -"


def test_a_closed_bot_has_let_go_of_everything(new_bot: Callable[..., Bot]) -> None:
    bot = new_bot()
    bot.close()
    assert bot.draining.is_set()
    assert not bot.answers.offer(lambda: None)
