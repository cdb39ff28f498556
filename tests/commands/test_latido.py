import pytest
from sqlalchemy import Engine

from commands.core.errors import NotUnderstood
from commands.core.registry import all_commands, shown
from commands.core.reply import Reply
from commands.core.spec import ASK
from commands.core.words import SUGGESTION_MOST
from commands.latido import COMMAND
from commands.ui.blocks import check
from commands.ui.cards.help import help_card
from commands.ui.text import LOCALES, translator
from storage.session import reading
from tests.commands.asking import ask


def answer(engine: Engine, text: str = "", *, locale: str = "en", prefix: str = "") -> Reply:
    with reading(engine) as db:
        given = COMMAND.run(ask(text, locale=locale, prefix=prefix), db)
    assert isinstance(given, Reply)
    return given


@pytest.mark.parametrize("locale", LOCALES)
def test_help_lists_every_command_in_the_askers_language(sqlite_engine: Engine, locale: str) -> None:
    reply = answer(sqlite_engine, locale=locale)
    assert check(reply.blocks) == []
    t = translator(locale)
    for command in all_commands().commands.values():
        if command.id != "latido":
            assert shown(command) in reply.text
            assert t(command.summary) in reply.text


@pytest.mark.parametrize("word", ["help", "Ayuda", "помощь", "?"])
def test_people_may_ask_for_help_by_its_name(sqlite_engine: Engine, word: str) -> None:
    assert answer(sqlite_engine, word) == answer(sqlite_engine)


def test_help_shows_the_names_that_work_here(sqlite_engine: Engine) -> None:
    assert "/cs-latido" in answer(sqlite_engine, prefix="cs-").text


def test_every_slash_command_has_an_example_to_press_and_the_others_a_line() -> None:
    registry = all_commands()
    blocks = help_card(registry.commands.values(), translator("en"), "cs-").blocks
    buttons = [block["accessory"] for block in blocks if "accessory" in block]
    assert {button["action_id"] for button in buttons} == {ASK}
    own = {command.id for command in registry.own_names()}
    assert {registry.resolve_text(button["value"]).command.id for button in buttons} == own
    told = blocks[-2]["text"]["text"]
    assert all(f"`/cs-latido {id_}` " in told for id_ in registry.commands.keys() - own)


def test_a_word_that_is_no_command_is_said_so(sqlite_engine: Engine) -> None:
    with pytest.raises(NotUnderstood) as refused:
        answer(sqlite_engine, "zzzzz")
    assert refused.value.suggestions == ("/latido",)


def test_the_nearest_command_is_offered_with_what_followed(sqlite_engine: Engine) -> None:
    for command in all_commands().commands.values():
        if command.id != "latido":
            with pytest.raises(NotUnderstood) as refused:
                answer(sqlite_engine, f"{command.id}x acme")
            assert refused.value.suggestions[0].endswith(f"{command.id} acme")


@pytest.mark.parametrize("rest", ["acme", "y" * 3000])
def test_what_a_button_cannot_carry_is_not_offered(sqlite_engine: Engine, rest: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        answer(sqlite_engine, f"healt {rest}")
    assert (f"/health {rest}" in refused.value.suggestions) is (len(rest) < SUGGESTION_MOST)
    assert all(len(suggestion) <= SUGGESTION_MOST for suggestion in refused.value.suggestions)
