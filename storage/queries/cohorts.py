"""Cohorts of accounts, read in one pass over the ledger (mrr_movement)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from sqlalchemy import bindparam, select
from sqlalchemy.sql.selectable import ScalarSelect

from metrics.cohorts import Cohort, MonthEnd, cohorts
from metrics.money import Rates
from metrics.periods import month_of, trailing_months
from metrics.rollup import ARRIVALS
from metrics.types import BookFilter, MovementKind
from storage.columns import Day
from storage.prepared import Prepared
from storage.queries.books import accounts_of
from storage.queries.ledger import Worth
from storage.queries.tables import mrr_movement as line
from storage.session import Session

__all__ = ["cohorts_until", "last_month_over"]

_EVERYBODY = BookFilter()
_CHURN: Final = MovementKind.CHURN.value
_ARRIVALS: Final = frozenset(kind.value for kind in ARRIVALS)

_lines = (
    select(line.c.account_id, line.c.day, line.c.currency, line.c.before, line.c.after, line.c.kind)
    .where(line.c.day < bindparam("end", type_=Day))
    .order_by(line.c.account_id, line.c.day, line.c.currency)
)
_newcomers = _lines.where(
    line.c.account_id.in_(
        select(line.c.account_id).where(
            line.c.day >= bindparam("since", type_=Day),
            line.c.day < bindparam("end", type_=Day),
            line.c.kind == MovementKind.NEW.value,
        )
    )
)
_all_lines, _lines_of_newcomers = Prepared(_lines), Prepared(_newcomers)


def cohorts_until(
    db: Session, day: date, *, rates: Rates, width: int, book: BookFilter = _EVERYBODY, most: int | None = None
) -> tuple[Cohort, ...]:
    """The cohorts of `book` by month, with the months that are over at the end of `day`; see metrics.cohorts.

    `most`: only those of so many months up to the last one that is over; None: all of them. MissingRate where a
    currency of one of their accounts has no rate.
    """
    until = last_month_over(day)
    worth = cache(rates.to_home)
    found = _read(db, month_of(until).end, most, accounts_of(db, book))
    histories = (_history(rows, worth) for _, rows in groupby(found, key=itemgetter(0)))
    return cohorts(histories, until=until, width=width)


def last_month_over(day: date) -> date:
    """A day in the last calendar month that is over at the end of `day`."""
    month = month_of(day)
    return day if month.last == day else month.start - timedelta(days=1)


def _read(db: Session, end: date, most: int | None, accounts: ScalarSelect[int] | None) -> Iterable[Sequence[Any]]:
    """The lines before `end`, of the accounts of the last `most` cohorts or of all, of these accounts or of all."""
    asked = {"end": end}
    if most is not None:
        asked["since"] = trailing_months(most, last_full_month_before=end).start
    if accounts is None:
        return (_all_lines if most is None else _lines_of_newcomers).each(db, asked)
    lines = _lines if most is None else _newcomers
    return db.execute(lines.where(line.c.account_id.in_(accounts)), asked)


def _history(rows: Iterator[Sequence[Any]], worth: Worth) -> list[MonthEnd]:
    """One account's lines, in order, as the ends of the months that they are in."""
    ends: list[MonthEnd] = []
    customer, mrr = False, 0
    for _, day, currency, before, after, kind in rows:
        mrr += worth(after, currency) - worth(before, currency)
        customer = kind in _ARRIVALS or (customer and kind != _CHURN)
        end = MonthEnd(day, customer, mrr)
        if ends and ends[-1].month.month == day.month and ends[-1].month.year == day.year:
            ends[-1] = end
        else:
            ends.append(end)
    return ends
