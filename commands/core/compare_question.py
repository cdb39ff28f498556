"""Two periods, two books of accounts or two accounts side by side."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, NamedTuple, TypeAlias

from commands.core.arguments import Arguments, Asking, Pieces, parse_pieces, render
from commands.core.asked import asking_of, so_far
from commands.core.errors import NotUnderstood
from commands.core.filters import changed
from commands.core.metric_values import values
from commands.core.rates import rates_needed
from commands.core.request import Request
from commands.core.words import short, written
from metrics.formulas import all_metrics
from metrics.money import Rates
from metrics.periods import Period, last_full_month
from metrics.types import Account, BookFilter, Definitions, Figure, Sentence
from storage.queries.accounts import search
from storage.queries.rates import rates_on
from storage.queries.totals import Scope
from storage.session import Session

MAIN: Final = ("mrr", "net_new_mrr", "nrr", "grr", "logo_churn", "arpa", "customers")
MORE: Final = (
    *("gross_mrr_churn", "quick_ratio", "renewal_rate", "average_health", "nps", "csat", "ces"),
    *("stickiness", "usage_trend", "first_response_time", "tickets_per_account"),
)
"""Shown where one of the sides has something to say, and more than nothing."""

_VERSUS: Final = (
    re.compile(r"\s+(?:vs\.?|versus|against|contra|против|[|])\s+", re.IGNORECASE),
    re.compile(r"\s+(?:and|with|y|con|и|с)\s+", re.IGNORECASE),
)
"""What stands between the two sides, for those who write it; the second may also be part of a name."""


class Side(NamedTuple):
    """One of the two things that are compared."""

    asked: Arguments
    period: Period
    """As far as it is taken: as many days as the other side has had so far."""
    running: bool
    account: Account | None
    figures: Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class CompareAnswer:
    """The same figures of two sides, all amounts at one rate."""

    sides: tuple[Side, Side]
    metrics: tuple[str, ...]
    """Those with something to say, in order."""
    rates: Rates
    today: date
    definitions: Definitions = field(default_factory=Definitions)

    @property
    def text(self) -> str:
        """The question as buttons carry it."""
        return _written(*((side.asked, side.account) for side in self.sides))


class _Meant(NamedTuple):
    """What one side is about."""

    period: Period | None
    book: BookFilter
    account: Account | None = None


_Wanted: TypeAlias = tuple[Arguments, Account | None]


def compare(request: Request, db: Session, text: str) -> CompareAnswer:
    """The two sides that `text` names; NotUnderstood where they are more than two, or something means nothing."""
    wanted, today = _wanted(request, db, text), request.today
    periods = _alike([asked.period for asked, _ in wanted], today)
    with rates_needed():
        last, shown = max(one.last for one in periods), wanted[0][0].currency
        rates = rates_on(db, last, home=request.company.currency, shown=shown)
    metrics = [all_metrics()[name] for name in (*MAIN, *MORE) if name in all_metrics()]
    sides = []
    with rates_needed():
        for (one, account), period in zip(wanted, periods, strict=True):
            scope = Scope(period, rates, request.company.zone, one.book, request.company.definitions)
            figures = {found.metric.id: found.figure for found in values(db, metrics, scope)}
            sides.append(Side(one, period, one.period.running(today), account, figures))
    told = tuple(metric.id for metric in metrics if _worth_telling(metric.id, sides))
    return CompareAnswer((sides[0], sides[1]), told, rates, today, request.company.definitions)


def narrowed_to(request: Request, db: Session, text: str, value: str) -> str:
    """The question `text` with what the chosen line of a menu carries on both sides; UserError for one made up."""
    wanted = _wanted(request, db, text)
    return _written(*((changed(asked, value, request), account) for asked, account in wanted))


def _wanted(request: Request, db: Session, text: str) -> tuple[_Wanted, _Wanted]:
    """What either side asks for, and the account that it is about."""
    asking = asking_of(request, db, "compare")
    first, second = _sides(asking, db, text)
    shown, default = parse_pieces(text, asking).currency, last_full_month(request.today)
    return (
        (Arguments(first.period or default, first.book, shown), first.account),
        (Arguments(second.period or default, second.book, shown), second.account),
    )


def _worth_telling(metric_id: str, sides: Sequence[Side]) -> bool:
    found = [side.figures[metric_id].value for side in sides]
    return any(found) or (metric_id in MAIN and any(value is not None for value in found))


def _alike(periods: Sequence[Period], today: date) -> list[Period]:
    """The periods as far as they have come; beside one that is still running the other has no more days than it."""
    come = [so_far(period, today) for period in periods]
    if len({period.running(today) for period in periods}) == 1:
        return come
    days = next(one.days for one, whole in zip(come, periods, strict=True) if whole.running(today))
    return [one if one.days <= days else Period(one.start, one.start + timedelta(days=days)) for one in come]


# --- What is compared --------------------------------------------------------------------------------------------


def _sides(asking: Asking, db: Session, text: str) -> tuple[_Meant, _Meant]:
    """What stands left and right of "vs"; else the first and the second of whatever there are two of."""
    for versus in _VERSUS:
        pieces = [parse_pieces(part, asking) for part in versus.split(text.strip(), maxsplit=1)]
        if len(pieces) > 1 and all(any(one) for one in pieces):
            first, second = (_side(db, one, text) for one in pieces)
            return _filled(first, second)
    return _halves(asking, db, parse_pieces(text, asking), text)


def _filled(first: _Meant, second: _Meant) -> tuple[_Meant, _Meant]:
    """Where one side says nothing of the period, it is the other's; two periods are about the same accounts."""
    whole = BookFilter()
    if first.period and second.period and first.period != second.period:
        if first.book == whole:
            first = first._replace(book=second.book, account=second.account)
        elif second.book == whole:
            second = second._replace(book=first.book, account=first.account)
    return first._replace(period=first.period or second.period), second._replace(period=second.period or first.period)


def _side(db: Session, pieces: Pieces, text: str) -> _Meant:
    """One side that is written out."""
    accounts = _accounts(db, pieces.others, text)
    if len(pieces.periods) > 1 or len(accounts) > 1:
        raise _too_many()
    book = BookFilter()
    for more in pieces.books:
        book = _joined(book, more)
    if accounts:
        book = book._replace(account_id=accounts[0].id)
    return _Meant(pieces.periods[0] if pieces.periods else None, book, accounts[0] if accounts else None)


def _halves(asking: Asking, db: Session, pieces: Pieces, text: str) -> tuple[_Meant, _Meant]:
    """Of two the first and the second; one period beside the one before it, one book beside all customers."""
    periods, accounts = pieces.periods, _accounts(db, pieces.others, text)
    by_kind = [[book for book in pieces.books if book[place] is not None] for place in range(len(BookFilter._fields))]
    if max(len(periods), len(accounts), *map(len, by_kind)) > 2:
        raise _too_many()
    books = [BookFilter(), BookFilter()]
    for found in filter(None, by_kind):
        books = [_joined(books[0], found[0]), _joined(books[1], found[-1])]
    if accounts:
        books = [book._replace(account_id=one.id) for book, one in zip(books, (accounts[0], accounts[-1]), strict=True)]
    ends = (accounts[0], accounts[-1]) if accounts else (None, None)
    if len(periods) < 2 and books[0] == books[1]:
        if books[0] != BookFilter():
            return _Meant(next(iter(periods), None), books[0], ends[0]), _Meant(next(iter(periods), None), BookFilter())
        latest = periods[0] if periods else last_full_month(asking.today)
        periods = (latest.previous(), latest)
    first, last = (periods[0], periods[-1]) if periods else (None, None)
    return _Meant(first, books[0], ends[0]), _Meant(last, books[1], ends[1])


def _joined(book: BookFilter, more: BookFilter) -> BookFilter:
    """Accounts that are in both."""
    if any(one is not None and other is not None for one, other in zip(book, more, strict=True)):
        raise _too_many()
    return book._replace(**{name: value for name, value in more._asdict().items() if value is not None})


def _accounts(db: Session, names: Sequence[str], text: str) -> list[Account]:
    """The accounts of these names; NotUnderstood with the nearest for a name that none, or several, have."""
    found = []
    for name in names:
        matches = search(db, name)
        if matches.hit is None:
            sentence = Sentence(
                "I know no period, segment, CSM, plan or account called “{words}”.", {"words": short(name)}
            )
            meant = (text.replace(name, written(one.name)) for one in matches.candidates)
            raise NotUnderstood(sentence, suggestions=tuple(f"/compare {one}" for one in meant if len(one) < 140)[:3])
        found.append(matches.hit)
    return found


def _too_many() -> NotUnderstood:
    return NotUnderstood(
        Sentence("I compare two things at a time: two periods, segments, CSMs, plans or accounts."),
        suggestions=("/compare", "/compare 12m"),
    )


def _written(first: _Wanted, second: _Wanted) -> str:
    return " vs ".join(_rendered(*side) for side in (first, second))


def _rendered(asked: Arguments, account: Account | None) -> str:
    key = "" if account is None else f" {written(account.key)}"
    return render(asked._replace(book=asked.book._replace(account_id=None))) + key
