"""The words for currencies: codes, signs and names, in every language at once.

A currency is only meant by its bare code or name if the company has rates for it: `all` and `try` are codes, too. With
its key (`currency:eur`, `in:EUR`) it is never guessed at.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from babel import Locale
from babel.numbers import get_currency_name, get_currency_symbol
from rapidfuzz import process

from commands.core.period_words import LANGUAGES
from commands.core.words import Puzzle, Word, folded, short
from metrics.types import Sentence

SUGGESTIONS: Final = 3
LETTERS_LEAST: Final = 3
"""Of the word for a currency: "us" is none."""

_KEY: Final = re.compile(r"(?:currency|in|moneda|divisa|en|валюта|в):(.*)", re.IGNORECASE | re.DOTALL)
_RUSSIAN_CASES: Final = ("ах", "ях")
"""Endings of a currency that amounts are shown *in* (в долларах), which the CLDR does not have."""


def currency_at(words: Sequence[Word], at: int, known: Sequence[str]) -> tuple[int, str | None]:
    """How many words from `at` on name one of the `known` currencies, and its code; 0 and None where none does.

    Puzzle where a key says that a currency is meant and there is none of that name.
    """
    word = words[at]
    if keyed := _KEY.fullmatch(word.bare):
        apart = not keyed[1] and at + 1 < len(words)  # currency: EUR
        name = words[at + 1].bare if apart else keyed[1]
        code = _named(name, known)
        if code is None:
            sentence = Sentence("I have no exchange rates for “{name}”.", {"name": short(name)})
            near = process.extract(folded(name), {code: folded(code) for code in known}, limit=SUGGESTIONS)
            raise Puzzle(sentence, at, at + 1 + apart, [f"currency:{code}" for _, _, code in near])
        return 1 + apart, code
    code = None if word.quoted else _named(word.bare, known)
    return (0, None) if code is None else (1, code)


def _named(name: str, known: Sequence[str]) -> str | None:
    """The one known currency of that code, sign or name."""
    wanted = folded(name)
    exact = [code for code in known if folded(code) == wanted]
    same = exact or [code for code in known if wanted in _names(code)]
    return same[0] if len(same) == 1 else None


@cache
def _names(code: str) -> frozenset[str]:
    """The words and signs that people use for a currency, folded."""
    return frozenset(folded(name) for language in LANGUAGES for name in _spoken(code, language))


def _spoken(code: str, language: str) -> Iterator[str]:
    """Its sign, its name in singular and plural, and the word in it that says what it is (dollar, dólar, доллар).

    That is the last one in English and the first in Spanish; in Russian it may be either.
    """
    yield get_currency_symbol(code, language)
    for count in (1, 2, 5):
        name = get_currency_name(code, count, language)
        yield name
        parts = name.split()
        of_language = {"en": parts[-1:], "es": parts[:1]}.get(language, parts)
        for word in (part for part in of_language if len(part) >= LETTERS_LEAST):
            yield word
            if language == "ru" and count == 1:
                yield from (word.rstrip("ьая") + ending for ending in _RUSSIAN_CASES)


def currency_name(code: str, locale: str) -> str:
    """What a currency is called in a language, with its code: "EUR · euro"; the code alone where it has no name."""
    names: Mapping[str, str] = Locale.parse(locale).currencies
    return f"{code} · {names[code]}" if code in names else code
