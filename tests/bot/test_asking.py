from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine

from bot.answering import Answering
from bot.asking import ask
from commands.core.reply import Reply
from commands.core.request import Company, Role
from tests.bot.conftest import NOW, SECRET_NAME, Stage, commands_for


@pytest.fixture
def answering(sqlite_engine: Engine, stage: Stage) -> Answering:
    return Answering(sqlite_engine, commands_for(stage), Company("USD", ZoneInfo("UTC")), lambda: NOW)


def test_a_line_is_answered_without_slack(answering: Answering, stage: Stage) -> None:
    answer = ask(answering, "/test acme", locale="es-MX", email="ana@us.example").answer
    assert isinstance(answer, Reply)
    assert answer.text == f"{SECRET_NAME} said acme"
    request = stage.runs[0]
    assert (request.actor.role, request.actor.locale, request.actor.email) == (Role.ADMIN, "es", "ana@us.example")
    assert request.audience.direct
    assert request.now == datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def test_what_goes_wrong_is_a_sentence(answering: Answering) -> None:
    refused, failed = ask(answering, "/refuse").answer, ask(answering, "/fail").answer
    assert isinstance(refused, Reply)
    assert refused.text.startswith("I know no account")
    assert isinstance(failed, Reply)
    assert "machine" not in failed.text


def test_an_unknown_command_is_said_to_be_so(answering: Answering) -> None:
    answer = ask(answering, "/nonsense").answer
    assert isinstance(answer, Reply)
    assert "/nonsense" in answer.text
