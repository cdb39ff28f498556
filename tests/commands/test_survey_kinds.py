"""What NPS, CSAT and CES have in common: languages, an empty store, explanation, no name of their own."""

import pytest

from commands import ces, csat, nps
from commands.core.reply import Reply
from commands.core.spec import Command
from commands.ui.blocks import check
from commands.ui.text import LOCALES
from storage.session import Session
from tests.commands.asking import ask
from tests.commands.pressing import modal, press, reply
from tests.commands.surveys import fill

COMMANDS = {nps.COMMAND: "33", csat.COMMAND: "50", ces.COMMAND: "3"}
"""Each with what its figure begins with."""
each = pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)


def answer(command: Command, db: Session, locale: str = "en") -> Reply:
    given = reply(command.run(ask(locale=locale), db))
    assert check(given.blocks) == []
    return given


@each
@pytest.mark.parametrize("locale", LOCALES)
def test_it_answers_in_every_language(db_empty: Session, command: Command, locale: str) -> None:
    assert COMMANDS[command] in answer(command, fill(db_empty), locale).text


@each
def test_an_empty_store_teaches(db_empty: Session, command: Command) -> None:
    assert "latido import" in answer(command, db_empty).text


@each
def test_answers_of_other_kinds_are_no_answer(db_empty: Session, command: Command) -> None:
    others = tuple(other.id for other in COMMANDS if other != command)
    assert "confidence" not in answer(command, fill(db_empty, others)).text


@each
def test_it_explains_itself(db_empty: Session, command: Command) -> None:
    store = fill(db_empty)
    shown = modal(press(command, answer(command, store), f"{command.id}.explain", ask(), store))
    assert check(shown.blocks, surface="modal") == []
    assert "÷" in str(shown.blocks)


@each
def test_it_has_no_slash_command_of_its_own(command: Command) -> None:
    assert not command.own_name
