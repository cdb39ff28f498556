"""The reader's language: gettext catalogues, plurals, and values shown by type.

Two ways to say something, both taking a msgid (`t("Opened {day}", day=…)`) or a Sentence:

- `t(…)` is plain text for buttons, headers, notifications, terminals. Nothing is escaped; the block builders do that.
- `t.md(…)` is mrkdwn: the message's own `*bold*` works, while a value is shown letter by letter, so that a customer
  named `*<!channel>*` neither formats nor mentions anybody. A value that is Markup (`mention`, `link`) stays as it is.

A text without a translation is shown in English. A placeholder without a value stays as it is written; a strict
translator, which tests use, raises KeyError instead.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from functools import cache, lru_cache
from gettext import GNUTranslations
from importlib.resources import files
from io import BytesIO
from typing import Final

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from commands.core.reply import Markup
from commands.ui import formats
from commands.ui.blocks import escape, verbatim
from metrics.types import Money, Sentence

LOCALES: Final = ("en", "es", "ru")
_PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")
REMEMBERED: Final = 2048
"""How many templates are kept in pieces: more than a language has."""


def best_locale(slack_locale: str) -> str:
    """The catalogue's language nearest to Slack's locale: "es-LA" is es; a language we do not speak is en."""
    language = re.split(r"[-_]", slack_locale.strip().lower(), maxsplit=1)[0]
    return language if language in LOCALES else LOCALES[0]


@dataclass(frozen=True, slots=True)
class CatalogueTranslator:
    """A Translator (commands.core.request) over one catalogue."""

    locale: str
    catalogue: GNUTranslations
    strict: bool = False

    def __call__(self, text: str | Sentence, /, **values: object) -> str:
        """The text in the reader's language, its values by type, nothing escaped."""
        return self._filled(text, values, _pieces, self._shown)

    def md(self, text: str | Sentence, /, **values: object) -> Markup:
        """The text as mrkdwn: its own marks work, its values are shown letter by letter unless they are Markup."""
        return Markup(self._filled(text, values, _escaped_pieces, self._shown_in_markup))

    def _filled(
        self,
        text: str | Sentence,
        values: Mapping[str, object],
        pieces_of: Callable[[str], tuple[str, ...]],
        shown: Callable[[object], str],
    ) -> str:
        if isinstance(text, Sentence):
            values = {**text.values, **values}
        template = self._translated(text)
        filled = list(pieces_of(template))
        for place in range(1, len(filled), 2):
            name = filled[place]
            if name in values:
                filled[place] = shown(values[name])
            elif self.strict:
                raise KeyError(f"{name!r} has no value in {template!r}")
            else:
                filled[place] = f"{{{name}}}"
        return "".join(filled)

    def _translated(self, text: str | Sentence) -> str:
        if isinstance(text, str):
            return self.catalogue.gettext(text) if text else ""
        if text.many is not None and text.number is not None:
            return self.catalogue.ngettext(text.text, text.many, text.number)
        return self.catalogue.gettext(text.text) if text.text else ""

    def _shown_in_markup(self, value: object) -> str:
        return self.md(value) if isinstance(value, Sentence) else verbatim(self._shown(value))

    def _shown(self, value: object) -> str:
        match value:
            case str():
                return value
            case None:
                return formats.not_available(self.locale)
            case Sentence():
                return self(value)
            case Money(minor, currency):
                return formats.money(minor, currency, self.locale)
            case int():
                return formats.number(value, self.locale)
            case Fraction():
                return formats.percent(value, self.locale)
            case datetime():
                return formats.moment(value, self.locale)
            case date():
                return formats.day(value, self.locale)
        raise TypeError(f"no way to show {value!r} to people")


@lru_cache(REMEMBERED)
def _pieces(template: str) -> tuple[str, ...]:
    """What a template is made of: a text, a placeholder's name, a text, … and a text at the end."""
    return tuple(_PLACEHOLDER.split(template))


@lru_cache(REMEMBERED)
def _escaped_pieces(template: str) -> tuple[str, ...]:
    return _pieces(escape(template))


@cache
def translator(locale: str, *, strict: bool = False) -> CatalogueTranslator:
    """The translator for one of LOCALES, its catalogue read once a process."""
    return CatalogueTranslator(locale, _catalogue(locale), strict)


@cache
def _catalogue(locale: str) -> GNUTranslations:
    source = files("commands.ui").joinpath("locale", f"{locale}.po").read_bytes()
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(source), locale=locale))
    compiled.seek(0)
    return GNUTranslations(compiled)
