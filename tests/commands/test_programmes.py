"""What support, leads, campaigns and advocacy have in common: languages, an empty store, explanation, file."""

import pytest

from commands import advocacy, campaigns, funnel, support
from commands.core.errors import NotUnderstood
from commands.core.reply import Document, Reply
from commands.core.spec import Command
from commands.ui.blocks import check
from commands.ui.text import LOCALES
from storage.session import Session
from tests.commands.asking import ask
from tests.commands.pressing import modal, press, reply
from tests.commands.programmes import fill

COMMANDS = {
    support.COMMAND: ("Acme", "tickets.csv"),
    campaigns.COMMAND: ("Beta", "campaigns.csv"),
    funnel.COMMAND: ("Beta", "leads.csv"),
    advocacy.COMMAND: ("Acme", "advocacy.csv"),
}
"""Each with an account that it names and the file that it rests on."""
each = pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
in_every_language = pytest.mark.parametrize("locale", LOCALES)


def answer(command: Command, db: Session, text: str = "", locale: str = "en") -> Reply:
    given = reply(command.run(ask(text, locale=locale), db))
    assert check(given.blocks) == []
    return given


@each
@in_every_language
def test_it_answers_in_every_language(db_empty: Session, command: Command, locale: str) -> None:
    assert COMMANDS[command][0] in answer(command, fill(db_empty), locale=locale).text


@each
@in_every_language
def test_an_empty_store_teaches(db_empty: Session, command: Command, locale: str) -> None:
    given = answer(command, db_empty, locale=locale)
    assert f"latido import {COMMANDS[command][1]}" in given.text
    assert given.chart is None


@each
def test_nonsense_is_said(db_empty: Session, command: Command) -> None:
    with pytest.raises(NotUnderstood):
        command.run(ask("octobrrr"), fill(db_empty))


@each
def test_the_explanation_and_the_file_have_the_accounts(db_empty: Session, command: Command) -> None:
    store = fill(db_empty)
    shown = modal(press(command, answer(command, store), f"{command.id}.explain", ask(), store))
    assert check(shown.blocks, surface="modal") == []
    file = press(command, shown, f"{command.id}.csv", ask(), store)
    assert isinstance(file, Document)
    assert COMMANDS[command][0] in file.content.decode()


@each
def test_a_running_month_without_anything_new_is_no_error(db_empty: Session, command: Command) -> None:
    assert answer(command, fill(db_empty), "this month").text
