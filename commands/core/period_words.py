"""The words for stretches of time, in every language at once: an asker may mix them.

Words are compared folded (commands.core.words). Month names come from the CLDR in both forms that
a language has (октябрь, октября), abbreviated or cut after three letters or more; the cases of Russian are added.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType
from typing import Final

from babel import Locale

from commands.core.words import folded
from metrics.periods import (
    Period,
    PeriodKind,
    month_of,
    quarter_of,
    trailing_months,
    year_of,
    year_to_date,
)

LANGUAGES: Final = ("en", "es", "ru")
TRAILING_MOST: Final = 120
"""Months that a trailing period may have."""

_THIS: Final = "this"
_LAST: Final = "last"

PHRASES: Final[Mapping[tuple[str, str], tuple[str, ...]]] = {
    (_THIS, "month"): (
        "this month",
        "este mes",
        "этот месяц",
        "current month",
        "mtd",
        "month to date",
        "mes actual",
        "mes en curso",
        "текущий месяц",
        "этом месяце",
    ),
    (_LAST, "month"): (
        "last month",
        "mes pasado",
        "прошлый месяц",
        "previous month",
        "mes anterior",
        "ultimo mes",
        "прошлом месяце",
        "прошлого месяца",
        "предыдущий месяц",
        "последний месяц",
    ),
    (_THIS, "quarter"): (
        "this quarter",
        "este trimestre",
        "этот квартал",
        "current quarter",
        "qtd",
        "trimestre actual",
        "trimestre en curso",
        "текущий квартал",
        "этом квартале",
    ),
    (_LAST, "quarter"): (
        "last quarter",
        "trimestre pasado",
        "прошлый квартал",
        "previous quarter",
        "trimestre anterior",
        "ultimo trimestre",
        "прошлом квартале",
        "прошлого квартала",
        "предыдущий квартал",
        "последний квартал",
    ),
    (_THIS, "year"): (
        "this year",
        "este año",
        "этот год",
        "current year",
        "año actual",
        "año en curso",
        "текущий год",
        "этом году",
    ),
    (_LAST, "year"): (
        "last year",
        "año pasado",
        "прошлый год",
        "previous year",
        "año anterior",
        "ultimo año",
        "прошлом году",
        "прошлого года",
        "предыдущий год",
        "последний год",
    ),
    ("ytd", "year"): (
        "ytd",
        "en lo que va de año",
        "с начала года",
        "year to date",
        "lo que va de año",
        "lo que va del año",
        "acumulado del año",
        "acumulado",
    ),
    ("12", "month"): ("12m", "12 meses", "12 месяцев", "ttm", "ltm"),
}
"""What is meant, and how it is said; the first three are the words offered in English, Spanish and Russian."""

_YEAR: Final = r"(?P<year>(?:19|20)\d\d)(?: ?г| года?| году)?"
_MONTHS: Final = r"(?:m|mo|mos|months?|mes|meses|м|мес|месяц|месяца|месяцев)"
_TRAILING: Final = re.compile(
    rf"(?:(?:last|past|trailing|rolling|ultimos|последние|последних) )?(?P<n>\d{{1,3}}) ?{_MONTHS}"
    rf"(?: (?:to|until|hasta|по|до) (?P<until>.+))?"
)
_QUARTER: Final = r"(?:q|t|к|кв|quarter|trimestre|квартал[ае]?)"
_TO_DATE: Final = re.compile(r"ytd (?:to|until|hasta|по|до) (?P<day>\d{4}-\d\d-\d\d)")
_QUARTERS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_QUARTER} ?(?P<q>[1-4])(?:(?: of| de| del|,)? ?-?{_YEAR})?",
        rf"(?P<q>[1-4])(?:st|nd|rd|th|er|o|-?и)? ?{_QUARTER}(?:(?: of| de| del)? {_YEAR})?",
        rf"{_YEAR}[ -]?(?:q|t|к|кв) ?(?P<q>[1-4])",
    )
)
_ISO_MONTH: Final = re.compile(r"(?P<year>(?:19|20)\d\d)[-/.](?P<month>0?[1-9]|1[0-2])")
_MONTH_FIRST: Final = re.compile(r"(?P<month>0?[1-9]|1[0-2])[-/.](?P<year>(?:19|20)\d\d)")
_NAMED_MONTH: Final = re.compile(rf"(?P<name>[^\W\d_]+)(?:(?: of| de| del|,)? {_YEAR})?")
_YEAR_MONTH: Final = re.compile(rf"{_YEAR} (?P<name>[^\W\d_]+)")
_ONLY_YEAR: Final = re.compile(_YEAR)
_ISO_DAY: Final = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")
_RANGE: Final = re.compile(r"(?P<first>[\d-]+) ?(?:\.\.|…|–) ?(?P<last>[\d-]+)")

_CASES: Final = {
    "ь": ("ь", "я", "е", "ю", "ем", "ём"),
    "й": ("й", "я", "е", "ю", "ем"),
    "т": ("т", "та", "те", "ту", "том"),
}
"""Endings of a Russian month in its cases, by the last letter of its name."""


def period_of(words: str, today: date) -> Period | None:
    """The period that `words` mean on `today`, the whole of them; None: they are no period.

    A month or quarter without a year is the latest one that has begun.
    """
    phrase = folded(words)
    if (meant := _phrases().get(phrase)) is not None:
        return _relative(*meant, today)
    for read in (_trailing, _to_date, _quarter, _month, _year, _days):
        try:
            period = read(phrase, today)
        except (ValueError, OverflowError):  # a month 13, a 30th of February, the year 0
            return None
        if period is not None:
            return period
    return None


@cache
def offered(locale: str) -> Mapping[str, str]:
    """For every common word for a period in any language, folded, the words that mean the same in this one."""
    column = LANGUAGES.index(locale)
    found = {folded(words): spoken[column] for spoken in PHRASES.values() for words in spoken}
    own = Locale.parse(locale).months["stand-alone"]["wide"]
    for language in LANGUAGES:
        for number, name in Locale.parse(language).months["stand-alone"]["wide"].items():
            found.setdefault(folded(name), own[number].lower())
    return MappingProxyType(found)


def canonical(period: Period) -> str:
    """The same period in words that mean it in any language and on any later day."""
    match period.kind:
        case PeriodKind.TRAILING:
            return f"{period.id} to {period.last:%Y-%m}"
        case PeriodKind.YTD:
            return f"ytd to {period.last.isoformat()}"
    return period.id


# --- One shape each ----------------------------------------------------------------------------------------------


@cache
def _phrases() -> Mapping[str, tuple[str, str]]:
    return {folded(words): meant for meant, spoken in PHRASES.items() for words in spoken}


@cache
def _month_names() -> Mapping[str, int]:
    """Every word for a month in every language, from three letters on, that can only mean one month."""
    found: dict[str, set[int]] = {}
    for language in LANGUAGES:
        for forms in Locale.parse(language).months.values():
            for width in ("wide", "abbreviated"):
                for number, name in forms[width].items():
                    for word in _spellings(name.lower()):
                        found.setdefault(folded(word), set()).add(number)
    return {word: min(numbers) for word, numbers in found.items() if len(numbers) == 1}


def _spellings(name: str) -> Iterator[str]:
    yield name
    for length in range(3, len(name)):
        yield name[:length]
    for ending in _CASES.get(name[-1], ()):
        yield name[:-1] + ending


def _relative(which: str, unit: str, today: date) -> Period:
    if which == "ytd":
        return year_to_date(today)
    if which.isdigit():
        return trailing_months(int(which), last_full_month_before=today)
    current: Callable[[date], Period] = {"month": month_of, "quarter": quarter_of, "year": year_of}[unit]
    period = current(today)
    return period if which == _THIS else period.previous()


def _trailing(phrase: str, today: date) -> Period | None:
    if not (found := _TRAILING.fullmatch(phrase)) or not 0 < (months := int(found["n"])) <= TRAILING_MOST:
        return None
    if found["until"] is None:
        return trailing_months(months, last_full_month_before=today)
    last = _month(found["until"], today)
    return None if last is None else trailing_months(months, last_full_month_before=last.end)


def _to_date(phrase: str, _today: date) -> Period | None:
    found = _TO_DATE.fullmatch(phrase)
    return year_to_date(date.fromisoformat(found["day"])) if found else None


def _quarter(phrase: str, today: date) -> Period | None:
    for shape in _QUARTERS:
        if found := shape.fullmatch(phrase):
            first_month = int(found["q"]) * 3 - 2
            return quarter_of(date(_year_or_latest(found["year"], first_month, today), first_month, 1))
    return None


def _month(phrase: str, today: date) -> Period | None:
    for shape in (_ISO_MONTH, _MONTH_FIRST):
        if found := shape.fullmatch(phrase):
            return month_of(date(int(found["year"]), int(found["month"]), 1))
    for shape in (_NAMED_MONTH, _YEAR_MONTH):
        if (found := shape.fullmatch(phrase)) and (number := _month_names().get(found["name"])):
            return month_of(date(_year_or_latest(found["year"], number, today), number, 1))
    return None


def _year(phrase: str, _today: date) -> Period | None:
    found = _ONLY_YEAR.fullmatch(phrase)
    return year_of(date(int(found["year"]), 1, 1)) if found else None


def _days(phrase: str, today: date) -> Period | None:
    """A day, or everything from the beginning of one day or month to the end of another."""
    found = _RANGE.fullmatch(phrase)
    first, last = (found["first"], found["last"]) if found else (phrase, phrase)
    if not found and not _ISO_DAY.fullmatch(phrase):
        return None
    start, end = _stretch(first, today), _stretch(last, today)
    return Period(start[0], end[1], PeriodKind.CUSTOM) if start and end and start[0] < end[1] else None


def _stretch(text: str, today: date) -> tuple[date, date] | None:
    if _ISO_DAY.fullmatch(text):
        day = date.fromisoformat(text)
        return day, day + timedelta(days=1)
    month = _month(text, today)
    return None if month is None else (month.start, month.end)


def _year_or_latest(year: str | None, month: int, today: date) -> int:
    if year is not None:
        return int(year)
    return today.year if month <= today.month else today.year - 1
