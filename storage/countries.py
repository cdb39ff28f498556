"""country_code(text): which country somebody means who writes a code, or a name in English, Spanish or Russian."""

from collections.abc import Iterator, Mapping
from functools import cache

from babel import Locale
from babel.core import get_global

from storage.folding import fold

LANGUAGES = ("en", "es", "ru")
"""Where two languages give a name to different countries, the first one counts."""

_ALSO = {
    "AE": ("UAE", "Emiratos Árabes", "ОАЭ", "Эмираты"),
    "BA": ("Bosnia",),
    "BO": ("Plurinational State of Bolivia",),
    "BY": ("Belarus", "Белоруссия"),
    "CD": ("DR Congo", "DRC", "Democratic Republic of the Congo", "República Democrática del Congo", "ДР Конго"),
    "CI": ("Ivory Coast",),
    "CN": ("PRC", "People's Republic of China", "República Popular China", "КНР"),
    "CZ": ("Czech Republic", "República Checa", "Чешская Республика"),
    "GB": ("UK", "Great Britain", "Britain", "England", "Scotland", "Wales", "Gran Bretaña", "Inglaterra", "Англия"),
    "HK": ("Hong Kong", "Гонконг"),
    "IR": ("Islamic Republic of Iran",),
    "KG": ("Киргизия",),
    "KR": ("Korea", "Republic of Korea", "Corea", "Южная Корея", "Корея"),
    "MD": ("Republic of Moldova", "Молдавия"),
    "MK": ("Macedonia", "Македония"),
    "MM": ("Burma", "Birmania"),
    "MO": ("Macao", "Macau"),
    "NL": ("Holland", "Holanda", "Голландия"),
    "RU": ("Russian Federation", "Federación Rusa", "Federación de Rusia", "Российская Федерация", "РФ"),
    "SK": ("Slovak Republic",),
    "SZ": ("Swaziland",),
    "TR": ("Turkey", "Turquía", "Турция"),
    "TW": ("Taiwan, Province of China",),
    "TZ": ("United Republic of Tanzania",),
    "US": ("USA", "United States of America", "America", "EE. UU.", "EEUU", "Estados Unidos de América", "США"),
    "VA": ("Holy See",),
    "VE": ("Bolivarian Republic of Venezuela",),
    "VN": ("Viet Nam",),
}
"""Names in daily or official use that are not the ones of Unicode's locale data."""

_NO_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
_FOUR_SIGNS = 4


def country_code(text: str) -> str | None:
    """The ISO 3166 code of two letters; None where no country is understood.

    >>> [country_code(text) for text in ("es", "ESP", "España", "EE.UU.", "the Netherlands", "Atlantis")]
    ['ES', 'ES', 'ES', 'US', 'NL', None]
    """
    return _codes().get(_key(text)) if _key(text) else None


@cache
def _codes() -> Mapping[str, str]:
    codes: dict[str, str] = {}
    for name, code in _names():
        codes.setdefault(_key(name), code)
    return codes


def _names() -> Iterator[tuple[str, str]]:
    """What countries are called, with their codes; what comes first counts."""
    territories: dict[str, Mapping[str, str]] = {language: Locale(language).territories for language in LANGUAGES}
    aliases: Mapping[str, list[str]] = get_global("territory_aliases")
    codes = [code for code in territories["en"] if code.isalpha() and code not in _NO_COUNTRIES]
    yield from ((code, code) for code in codes)
    for alias, meant in aliases.items():
        if len(meant) == 1 and alias.isalpha() and len(alias) < _FOUR_SIGNS and meant[0] in codes:
            yield alias, meant[0]
    for names in territories.values():
        yield from ((name, code) for code, name in names.items() if code in codes)
    yield from ((name, code) for code, names in _ALSO.items() for name in names)


def _key(text: str) -> str:
    """A name as it is compared: letters alone, without an article, "and" or "&"."""
    words = "".join(sign if sign.isalnum() else "" if sign in "'’." else " " for sign in fold(text)).split()
    spelt = ["saint" if word == "st" else word for word in words if word not in {"the", "and", "y", "и"}]
    return "".join(spelt or words)
