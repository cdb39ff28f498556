"""What a cell may say: for each kind of value, how its text is read and what is wrong with a text that is not one.

A kind is bound to a `Context` and gives a function of two arguments: the cell's text, trimmed and never empty, and the
value of the cell beside it (None unless the field names one), which an amount needs for its currency.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from metrics.errors import BadAmount, UnknownCurrency
from metrics.money import minor_digits, parse_amount
from metrics.surveys import scales
from metrics.types import Sentence, Value

FEW = 5
"""So many words are named to somebody who wrote another one."""
LARGEST = 2**31 - 1
"""The largest count: both databases keep it in four bytes."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]{1,6})?)?(Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_WHOLE = re.compile(r"[0-9]{1,10}")
_DECIMAL = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")
_PERIOD = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2]|Q[1-4]))?")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_TRUTHS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


class Context(NamedTuple):
    """What the reading of a cell depends on besides its text."""

    zone: ZoneInfo
    """The company's, for moments without an offset."""
    home_currency: str
    """The company's, for amounts whose currency is not said."""
    ids: Mapping[str, Mapping[str, int]]
    """For each entity that others refer to: the stored rows' ids by key."""


class Unreadable(Exception):
    """A text is not what its column holds; `what` says so to people."""

    def __init__(self, what: Sentence) -> None:
        super().__init__(what.text)
        self.what = what


Values: TypeAlias = dict[str, Value]
Parse: TypeAlias = Callable[[str, Any], Any]
Kind: TypeAlias = Callable[[Context], Parse]


def text(longest: int) -> Kind:
    """Text of at most `longest` characters."""

    def parse(cell: str, _beside: object) -> str:
        if len(cell) > longest:
            raise Unreadable(Sentence("is longer than {longest} characters", {"longest": longest}))
        return cell

    return lambda _context: parse


def email(*also: str) -> Kind:
    """An e-mail address in lower case, for people write them either way; or one of the words `also`."""

    def parse(cell: str, _beside: object) -> str:
        address = cell.lower()
        if address not in also and (len(address) > 320 or not _EMAIL.fullmatch(address)):
            raise Unreadable(Sentence("is not an e-mail address"))
        return address

    return lambda _context: parse


def choice(*words: str) -> Kind:
    """One of `words`, in any case."""

    def parse(cell: str, _beside: object) -> str:
        word = cell.lower()
        if word in words:
            return word
        if len(words) <= FEW:
            raise Unreadable(Sentence("is none of: {words}", {"words": ", ".join(words)}))
        near = get_close_matches(word, words, n=FEW, cutoff=0)
        raise Unreadable(Sentence("is not known; the nearest are: {words}", {"words": ", ".join(near)}))

    return lambda _context: parse


def boolean() -> Kind:
    """true, false, 1, 0, yes or no, in any case."""

    def parse(cell: str, _beside: object) -> bool:
        truth = _TRUTHS.get(cell.lower())
        if truth is None:
            raise Unreadable(Sentence("is none of: true, false, 1, 0, yes, no"))
        return truth

    return lambda _context: parse


def whole(at_least: int = 0) -> Kind:
    """A whole number from `at_least` to LARGEST."""

    def parse(cell: str, _beside: object) -> int:
        number = int(cell) if _WHOLE.fullmatch(cell) else -1
        if not at_least <= number <= LARGEST:
            values: Values = {"at_least": at_least, "at_most": LARGEST}
            raise Unreadable(Sentence("is not a whole number from {at_least} to {at_most}", values))
        return number

    return lambda _context: parse


def score() -> Kind:
    """A survey's score, on the scale of its kind, which stands beside it."""

    def parse(cell: str, kind: str) -> int:
        lowest, highest = scales()[kind]
        number = int(cell) if _WHOLE.fullmatch(cell) else -1
        if not lowest <= number <= highest:
            values: Values = {"lowest": lowest, "highest": highest, "kind": kind.upper()}
            raise Unreadable(Sentence("is not a whole number from {lowest} to {highest}, the scale of {kind}", values))
        return number

    return lambda _context: parse


def measured() -> Kind:
    """A decimal number, not negative, kept as a float: for measurements, never for money."""

    def parse(cell: str, _beside: object) -> float:
        if not _DECIMAL.fullmatch(cell) or cell.startswith("-"):
            raise Unreadable(Sentence("is not a decimal number of 0 or more, such as 12.5"))
        return float(cell)

    return lambda _context: parse


def decimal(*, positive: bool = False) -> Kind:
    """A decimal number, kept as the text that came in so that it stays exact."""

    def parse(cell: str, _beside: object) -> str:
        if not _DECIMAL.fullmatch(cell):
            raise Unreadable(Sentence("is not a decimal number, such as 12.5"))
        if positive and Decimal(cell) <= 0:
            raise Unreadable(Sentence("is not more than 0"))
        return cell

    return lambda _context: parse


def day() -> Kind:
    """A date YYYY-MM-DD; not before the date beside it, where there is one."""

    def parse(cell: str, start: date | None) -> date:
        found = _day(cell)
        if start is not None and found < start:
            raise Unreadable(Sentence("is before {start}, the start", {"start": start}))
        return found

    return lambda _context: parse


def day_until() -> Kind:
    """A date YYYY-MM-DD; not after the date beside it, where there is one."""

    def parse(cell: str, end: date | None) -> date:
        found = _day(cell)
        if end is not None and found > end:
            raise Unreadable(Sentence("is after {end}, the end", {"end": end}))
        return found

    return lambda _context: parse


def _day(cell: str) -> date:
    try:
        found = date.fromisoformat(cell) if _DAY.fullmatch(cell) else None
    except ValueError:
        found = None
    if found is None:
        raise Unreadable(Sentence("is not a date YYYY-MM-DD"))
    return found


def moment() -> Kind:
    """An ISO 8601 moment, in UTC; not before the moment beside it, where there is one.

    Without an offset it is local time of the company: the first of the two where clocks went back, and refused where
    clocks went forward and never showed it, because the offset that was meant cannot be known.
    """

    def bind(context: Context) -> Parse:
        def parse(cell: str, start: datetime | None) -> datetime:
            found = _moment(cell, context.zone)
            if start is not None and found < start:
                raise Unreadable(Sentence("is before {start}, the start", {"start": start}))
            return found

        return parse

    return bind


def _moment(cell: str, zone: ZoneInfo) -> datetime:
    try:
        found = datetime.fromisoformat(cell) if _MOMENT.fullmatch(cell) else None
        if found is not None and found.tzinfo is None:
            return _local(found, zone)
        if found is not None:
            return found.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise Unreadable(Sentence("is not a moment such as 2026-11-02T14:05:00+01:00"))


def _local(naive: datetime, zone: ZoneInfo) -> datetime:
    moment = naive.replace(tzinfo=zone).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None, fold=0) != naive:
        values: Values = {"zone": zone.key}
        raise Unreadable(Sentence("is a time that clocks in {zone} skipped: add the offset that is meant", values))
    return moment


def currency() -> Kind:
    """An ISO 4217 code, in any case."""

    def parse(cell: str, _beside: object) -> str:
        code = cell.upper()
        try:
            minor_digits(code)
        except UnknownCurrency:
            raise Unreadable(Sentence("is not a currency of ISO 4217, such as EUR")) from None
        return code

    return lambda _context: parse


def amount(*, negative: bool = False) -> Kind:
    """Money as a decimal text, in minor units of the currency beside it (of the company where that is not said)."""

    def bind(context: Context) -> Parse:
        def parse(cell: str, code: str | None) -> int:
            code = code or context.home_currency
            try:
                return parse_amount(cell, code, allow_negative=negative)
            except BadAmount:
                values: Values = {"code": code, "decimals": minor_digits(code)}
                raise Unreadable(
                    Sentence("is not an amount in {code}: digits with a point, at most {decimals} decimals", values)
                ) from None

        return parse

    return bind


def reference(entity: str) -> Kind:
    """The key of a stored row of `entity`, as that row's id."""

    def bind(context: Context) -> Parse:
        ids = context.ids[entity]

        def parse(cell: str, _beside: object) -> int:
            found = ids.get(cell)
            if found is None:
                raise Unreadable(Sentence("is not the key of any row in {entity}", {"entity": entity}))
            return found

        return parse

    return bind


def period() -> Kind:
    """A month, quarter or year: 2026-11, 2026-Q4, 2026."""

    def parse(cell: str, _beside: object) -> str:
        if not _PERIOD.fullmatch(cell):
            raise Unreadable(Sentence("is not a period such as 2026-11, 2026-Q4 or 2026"))
        return cell

    return lambda _context: parse
