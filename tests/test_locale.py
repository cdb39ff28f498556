"""Every text for people is there in every language, says the same, and has all its plural forms."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from commands.ui.locale.update import LANGUAGES, catalogue, template, untranslated, updated, written

PLACEHOLDER = re.compile(r"\{\w+\}")


@pytest.fixture(scope="module")
def texts() -> Catalog:
    return template()


def forms(text: object) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, list | tuple) else (str(text),)


def messages(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def test_texts_are_found_in_the_code(texts: Catalog) -> None:
    assert "Only you see my answers, until you share one." in texts


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_has_exactly_the_texts_of_the_code(language: str, texts: Catalog) -> None:
    wanted = {forms(message.id) for message in messages(texts)}
    have = {forms(message.id) for message in messages(catalogue(language))}
    assert (wanted - have, have - wanted) == (set(), set()), "run: make messages"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language: str) -> None:
    assert [message.id for message in untranslated(catalogue(language))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_plural_forms(language: str) -> None:
    catalog = catalogue(language)
    wanted = {"en": 2, "es": 2, "ru": 3}[language]
    assert catalog.num_plurals == wanted
    assert [m.id for m in messages(catalog) if m.pluralizable and len(forms(m.string)) != wanted] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_placeholders_of_its_text(language: str) -> None:
    """A singular may say "one" instead of its {count}."""
    wrong = []
    for message in messages(catalogue(language)):
        wanted = {name for form in forms(message.id) for name in PLACEHOLDER.findall(form)}
        for translation in filter(None, forms(message.string)):
            have = set(PLACEHOLDER.findall(translation))
            if have != wanted and not (message.pluralizable and have == wanted - {"{count}"}):
                wrong.append((message.id, translation))
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_the_marks_of_its_text(language: str) -> None:
    wrong = [
        (source, translation)
        for message in messages(catalogue(language))
        for source, translation in zip(forms(message.id)[:1], forms(message.string)[:1], strict=True)
        if translation and any(source.count(mark) != translation.count(mark) for mark in "*`\n")
    ]
    assert wrong == []


def test_english_is_its_own_translation() -> None:
    assert [m.id for m in messages(catalogue("en")) if forms(m.id) != forms(m.string)] == []


def test_updating_keeps_translations_and_drops_what_is_gone(tmp_path: Path) -> None:
    old = Catalog(locale="es")
    old.add("Stays", "Queda")
    old.add("Goes", "Se va")
    (tmp_path / "es.po").write_bytes(written(old))
    now = Catalog()
    now.add("Stays")
    now.add("Comes")
    (tmp_path / "es.po").write_bytes(written(updated("es", now, tmp_path)))
    assert {m.id: m.string for m in messages(catalogue("es", tmp_path))} == {"Stays": "Queda", "Comes": ""}


def test_english_stays_complete_when_a_text_becomes_a_plural(tmp_path: Path) -> None:
    old = Catalog(locale="en")
    old.add("{count} day", "{count} day")
    (tmp_path / "en.po").write_bytes(written(old))
    now = Catalog()
    now.add(("{count} day", "{count} days"))
    assert list(untranslated(updated("en", now, tmp_path))) == []
