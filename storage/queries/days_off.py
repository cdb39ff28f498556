"""The days on which accounts' countries do not work, and the use that falls on days left out because of them."""

from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import (
    CTE,
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    func,
    select,
    type_coerce,
    union,
)

from metrics.account_facts import DaysOff
from storage.columns import Day
from storage.prepared import Prepared
from storage.queries.asking import BEFORE_USED, USED_DAY, Asked, question
from storage.queries.tables import account, holiday, usage
from storage.queries.use import is_use
from storage.session import Session

WINDOW_DAYS = 28
HISTORY_DAYS = 90

_ONE: BindParameter[int] = bindparam("id", type_=Integer)
_h, _c = holiday.c, usage.c
_year = and_(_h.day > BEFORE_USED[365], _h.day <= USED_DAY)
_days = Prepared(select(_h.country, _h.day).where(_year).order_by(_h.country, _h.day))
_days_of_one = Prepared(
    select(_h.country, _h.day)
    .join_from(account, holiday, _h.country == account.c.country_code)
    .where(account.c.id == _ONE, _year)
    .order_by(_h.day)
)


def _left_out(*among: ColumnElement[bool]) -> CTE:
    """The days that comparisons leave out by country: days off, and their partners 28 days before or after."""
    number = type_coerce(_h.day, Integer)
    earlier, later = (type_coerce(number + days, Day).label("day") for days in (-WINDOW_DAYS, WINDOW_DAYS))
    days_off = select(_h.country, _h.day).where(_h.day > BEFORE_USED[90], _h.day <= USED_DAY, *among)
    partners_before = select(_h.country, earlier).where(_h.day > BEFORE_USED[28], _h.day <= USED_DAY, *among)
    partners_now = select(_h.country, later).where(_h.day > BEFORE_USED[56], _h.day <= BEFORE_USED[28], *among)
    return union(days_off, partners_before, partners_now).cte("left_out")


_now = _c.day > BEFORE_USED[28]
_before = and_(_c.day > BEFORE_USED[56], _c.day <= BEFORE_USED[28])


def _use_on(left_out: CTE) -> Select[Any]:
    """Accounts with their use on those days.

    Outer joins, so that SQLite takes them in this order: it would rather look at all usage of each account.
    """
    return (
        select(
            account.c.id,
            func.count(case((_now, _c.day)).distinct()),
            func.count(case((_before, _c.day)).distinct()),
            func.coalesce(func.sum(case((_now, _c.sessions))), 0),
            func.coalesce(func.sum(case((_before, _c.sessions))), 0),
            func.coalesce(func.sum(_c.sessions), 0),
        )
        .join_from(account, left_out, left_out.c.country == account.c.country_code, isouter=True)
        .join(usage, and_(_c.account_id == account.c.id, _c.day == left_out.c.day, is_use(usage)), isouter=True)
        .where(account.c.country_code.is_not(None))
        .group_by(account.c.id)
    )


_country_of_one = select(account.c.country_code).where(account.c.id == _ONE).scalar_subquery()
_use = question(_use_on(_left_out()), account.c.id)._replace(
    one=Prepared(_use_on(_left_out(_h.country == _country_of_one)).where(account.c.id == _ONE))
)

Use: TypeAlias = tuple[int, int, int, int, int]
_NONE: Use = (0, 0, 0, 0, 0)


class _Country(NamedTuple):
    """The first fields of DaysOff, which are the same for all accounts of a country."""

    days: tuple[date, ...]
    left_out: int
    left_out_before: int


class Off(NamedTuple):
    """What is known of the accounts asked about."""

    countries: dict[str, _Country]
    use: dict[int, Use]
    """By account the last fields of DaysOff; without those whose country is not known."""

    def of(self, account_id: int, country: str | None) -> DaysOff | None:
        """The days off of an account; None where its country is not known, or has worked throughout."""
        known = None if country is None else self.countries.get(country)
        return None if known is None else DaysOff(*known, *self.use.get(account_id, _NONE))


NO_DAYS_OFF = Off({}, {})


def days_off(db: Session, asked: Asked) -> Off:
    """The days off in the year that ends with the last day of usage.

    The few days that are left out are looked up account by account: nothing is asked of each row of usage.
    """
    ids = asked["ids"]
    rows = (_days if ids is None or len(ids) > 1 else _days_of_one).rows(db, asked)
    countries = {
        country: _country([day for _, day in days], asked["used_day"]) for country, days in groupby(rows, itemgetter(0))
    }
    if not any(known.left_out_before or known.left_out for known in countries.values()):
        return Off(countries, {})
    return Off(countries, {row[0]: row[1:] for row in _use.ask(db, asked)})


def _country(days: list[date], until: date) -> _Country:
    """How many days are left out, as `_left_out` leaves them out."""
    off = {(until - day).days for day in days}
    paired = {ago % WINDOW_DAYS for ago in off if ago < 2 * WINDOW_DAYS}
    before = {ago for ago in off if WINDOW_DAYS <= ago < HISTORY_DAYS} | {WINDOW_DAYS + ago for ago in paired}
    return _Country(tuple(days), len(paired), len(before))
