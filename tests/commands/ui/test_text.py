from datetime import UTC, date, datetime
from fractions import Fraction
from gettext import GNUTranslations
from io import BytesIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from commands.core.reply import Markup
from commands.ui.blocks import bold, mention, plain
from commands.ui.text import LOCALES, CatalogueTranslator, best_locale, translator
from metrics.types import Money, Sentence, plural


def translating(locale: str, **texts: str) -> CatalogueTranslator:
    catalog = Catalog(locale=locale)
    catalog.add("Opened {day}", texts.get("opened"))
    catalog.add(("{count} seat", "{count} seats"), ("{count} место", "{count} места", "{count} мест"))
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return CatalogueTranslator(locale, GNUTranslations(compiled), strict=True)


@pytest.mark.parametrize(
    ("slack", "ours"),
    [("es-ES", "es"), ("es-LA", "es"), ("ru-RU", "ru"), ("en-GB", "en"), ("ES_es", "es"), ("fr-FR", "en"), ("", "en")],
)
def test_the_nearest_language_is_taken(slack: str, ours: str) -> None:
    assert best_locale(slack) == ours


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Money(123_450, "USD"), "$1,234.50"),
        (Fraction(1, 8), "12.5%"),
        (12_340, "12,340"),
        (datetime(2026, 11, 3, 4, 5, tzinfo=UTC), "3 Nov 2026, 04:05"),
        (date(2026, 11, 3), "3 Nov 2026"),
        (Sentence("“{name}”", {"name": "Acme"}), "“Acme”"),
        ("12,340", "12,340"),
        (None, "n/a"),
    ],
)
def test_values_are_shown_by_their_type(value: object, shown: str) -> None:
    assert translator("en")("It is {value}.", value=value) == f"It is {shown}."


def test_a_value_of_another_type_is_a_mistake() -> None:
    with pytest.raises(TypeError, match="no way to show"):
        translator("en")("{value}", value=1.5)


def test_plurals_follow_the_language() -> None:
    russian = translating("ru")
    said = [russian(plural("{count} seat", "{count} seats", count)) for count in (1, 3, 5, 11, 21)]
    assert said == ["1 место", "3 места", "5 мест", "11 мест", "21 место"]


def test_a_text_without_translation_is_english() -> None:
    russian = translating("ru")
    assert russian("Not in there: {count}", count=2) == "Not in there: 2"
    assert russian(plural("{count} cat", "{count} cats", 2)) == "2 cats"
    assert russian("Opened {day}", day="x") == "Opened x"


def test_a_translation_is_filled_in() -> None:
    assert translating("ru", opened="Открыт {day}")("Opened {day}", day=date(2026, 11, 3)).startswith("Открыт 3 нояб.")


def test_a_missing_value_is_an_error_when_strict_only() -> None:
    assert translator("en")("{name}: {count}", name="Acme") == "Acme: {count}"
    with pytest.raises(KeyError, match="count"):
        translator("en", strict=True)("{name}: {count}", name="Acme")


def test_a_value_that_looks_like_a_placeholder_is_left_alone() -> None:
    assert translator("en")("{name}", name="{count} %s {0}") == "{count} %s {0}"


def test_markup_formats_what_is_ours_and_defuses_what_is_not() -> None:
    said = translator("en").md("*{name}* is R&D <3 {who}", name="*<!channel>*", who=mention("U1"))
    assert isinstance(said, Markup)
    assert said == "*\u200b*\u200b&lt;!channel&gt;\u200b*\u200b* is R&amp;D &lt;3 <@U1>"
    assert plain(said) == "**<!channel>** is R&D <3 <@U1>"


def test_markup_of_a_nested_sentence_keeps_its_own_marks() -> None:
    inner = Sentence("_{name}_", {"name": "a_b"})
    assert translator("en").md("{inner}!", inner=inner) == "_a\u200b_\u200bb_!"
    assert translator("en").md("{x}", x=bold("b")) == "*b*"


def test_the_empty_text_is_empty_in_every_language() -> None:
    assert [translator(locale)("") for locale in LOCALES] == ["", "", ""]
    assert [translator(locale)(Sentence("")) for locale in LOCALES] == ["", "", ""]


def test_a_catalogue_is_read_once() -> None:
    assert translator("ru") is translator("ru")
