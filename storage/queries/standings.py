"""Where customers stand on a day: what they pay, and their health by the latest snapshot that still stands for them."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple, TypeAlias

from sqlalchemy import ColumnElement, Integer, bindparam, func, select

from metrics.money import Rates
from metrics.types import BookFilter
from storage.columns import Day
from storage.prepared import Prepared
from storage.queries.asking import EVERYBODY, Range
from storage.queries.books import accounts_of
from storage.queries.ledger import Worth
from storage.queries.rollup import pays_only
from storage.queries.snapshots import FRESH_DAYS, latest_scores
from storage.queries.tables import health_snapshot as snapshot
from storage.queries.tables import mrr_movement as line
from storage.session import Session

_EVERYBODY = BookFilter()

_since, _until = bindparam("since", type_=Day), bindparam("until", type_=Day)
_newest = Prepared(select(func.max(snapshot.c.day)).where(snapshot.c.day >= _since, snapshot.c.day <= _until))
_of_day = Prepared(
    select(snapshot.c.account_id, snapshot.c.score, snapshot.c.band).where(
        snapshot.c.day == bindparam("day", type_=Day),
        snapshot.c.account_id.between(bindparam("low", type_=Integer), bindparam("high", type_=Integer)),
    )
)

Scored: TypeAlias = tuple[int, int | None, str | None]
"""A snapshot as it is stored: account, score (None: none of its factors had data) and the value of its Band.

A plain row, because a company has ten thousand of them for each day that is asked about.
"""


class Standings(NamedTuple):
    """The customers at the end of a day."""

    mrr: Mapping[int, int]
    """By account id, in the report's minor units."""
    scores: Mapping[int, Scored]
    """By account id; those without a snapshot that stands for the day are left out, some who are no customers not."""


def standings(db: Session, days: Sequence[date], *, rates: Rates, book: BookFilter = _EVERYBODY) -> Iterator[Standings]:
    """The customers of a book at the end of each of some rising days.

    MissingRate where a currency that one of them pays in has no rate.
    """
    accounts = accounts_of(db, book)
    among = () if accounts is None else (line.c.account_id.in_(accounts),)
    paid = _Paid(cache(rates.to_home), abroad=not pays_only(db, rates.home))
    since: date | None = None
    for day in days:
        during = (line.c.day <= day,) if since is None else (line.c.day > since, line.c.day <= day)
        paid.follow(db, rates.home, (*during, *among))
        since = day
        mrr = paid.customers()
        yield Standings(mrr, scores_on(db, day, mrr))


class _Paid:
    """What accounts pay, kept up to date from day to day."""

    def __init__(self, worth: Worth, *, abroad: bool) -> None:
        self._worth, self._has_abroad = worth, abroad
        self._own: dict[int, int] = {}
        self._abroad: defaultdict[int, dict[str, int]] = defaultdict(dict)

    def follow(self, db: Session, home: str, during: Sequence[ColumnElement[bool]]) -> None:
        """Take in lines of the ledger."""
        change, abroad = func.sum(line.c.after - line.c.before), line.c.currency != home
        whose = line.c.account_id
        for account_id, minor in db.execute(select(whose, change).where(~abroad, *during).group_by(whose)).all():
            self._own[account_id] = self._own.get(account_id, 0) + int(minor)
        if not self._has_abroad:
            return
        keys = (whose, line.c.currency)
        for account_id, currency, minor in db.execute(select(*keys, change).where(abroad, *during).group_by(*keys)):
            states = self._abroad[account_id]
            states[currency] = states.get(currency, 0) + int(minor)

    def customers(self) -> dict[int, int]:
        """The accounts that pay anything, and how much that is in the report's currency."""
        paying = {account_id: minor for account_id, minor in self._own.items() if minor}
        for account_id, states in self._abroad.items():
            for currency, minor in states.items():
                if minor:
                    paying[account_id] = paying.get(account_id, 0) + self._worth(minor, currency)
        return paying


def newest_day(db: Session, day: date) -> date | None:
    """The last day whose snapshots stand for `day`; None where none do."""
    found: date | None = _newest.value(db, {"since": day - timedelta(days=FRESH_DAYS), "until": day})
    return found


def scores_on(db: Session, day: date, account_ids: Collection[int], within: Range = EVERYBODY) -> Mapping[int, Scored]:
    """The latest snapshots that stand for `day`, as `latest_scores`, but without the factors; others may be among them.

    All of these accounts are in the range.

    Nearly all are of the newest day that has any: those are read in one go, the missing ones then one by one.
    """
    newest = newest_day(db, day) if account_ids else None
    if newest is None:
        return {}
    low, high = within
    scores: dict[int, Scored] = {row[0]: row for row in _of_day.rows(db, {"day": newest, "low": low, "high": high})}
    missing = [account_id for account_id in account_ids if account_id not in scores]
    older = latest_scores(db, missing, day=day) if missing else {}
    scores.update({id_: (id_, point.score, point.band) for id_, point in older.items()})
    return scores
