"""Revenue: what a period did to the MRR of a book of accounts.

All of it is range sums over the ledger (mrr_movement). Every account's MRR in every currency is converted at one rate
a report, so a line of the ledger contributes converted(after) - converted(before), and accounts, segments and months
add up to the minor unit. The home currency is summed by the database; other currencies are converted line by line.
Of the whole company, what accounts in the home currency alone did in calendar months is read from the roll-up instead.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import (
    CTE,
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    or_,
    select,
    union_all,
)

from metrics.money import Rates
from metrics.movements import CAUSES
from metrics.periods import Period
from metrics.rollup import ARRIVALS
from metrics.types import BookFilter, Money, MovementKind, RevenueFacts
from storage.columns import Day
from storage.prepared import Prepared
from storage.queries import rollup
from storage.queries.account_lines import Conditions, of_accounts, states
from storage.queries.books import accounts_of
from storage.queries.ledger import COLUMNS, COMINGS_AND_GOINGS, Line, Worth, lines_of
from storage.queries.moves import account_moves, count_moves
from storage.queries.tables import mrr_movement as line
from storage.queries.tally import Tally, Total
from storage.session import Session

__all__ = ["account_moves", "account_mrr", "count_moves", "gone_since", "monthly_revenue", "revenue"]

_EVERYBODY = BookFilter()


def revenue(db: Session, period: Period, *, rates: Rates, book: BookFilter = _EVERYBODY) -> RevenueFacts:
    """What `period` did to the MRR of `book`; MissingRate where a currency of one of its accounts has no rate."""
    return monthly_revenue(db, (period,), rates=rates, book=book)[0]


def monthly_revenue(
    db: Session, months: Sequence[Period], *, rates: Rates, book: BookFilter = _EVERYBODY
) -> tuple[RevenueFacts, ...]:
    """The same for each of several periods that follow one another without a gap, read in one pass."""
    if not months:
        return ()
    if any(before.end != after.start for before, after in pairwise(months)):
        raise ValueError("the periods must follow one another without a gap")
    worth = cache(rates.to_home)
    tallies = {month: Tally() for month in months}
    accounts = accounts_of(db, book)
    name = rollup.book_name(book)
    if name is not None:
        cover = rollup.coverage(db, rates, name)
        mrr, customers = _rolled_up(db, tallies, rates, worth, cover, of_accounts(accounts))
    else:
        assert accounts is not None  # noqa: S101 - the whole company is in the roll-up
        _read_lines(db, tallies, rates.home, worth, of_accounts(accounts))
        before = (line.c.day < months[0].start, line.c.account_id.in_(accounts))
        mrr, customers = _opening(db, rates.home, worth, before)
    facts: list[RevenueFacts] = []
    for month, tally in tallies.items():
        facts.append(tally.facts(month, rates.home, mrr, customers))
        mrr, customers = facts[-1].closing, facts[-1].customers_closing
    return tuple(facts)


def _rolled_up(
    db: Session,
    tallies: Mapping[Period, Tally],
    rates: Rates,
    worth: Worth,
    cover: rollup.Coverage,
    within: Conditions,
) -> tuple[int, int]:
    """Fill the tallies of a book that the roll-up has; its MRR and customers before the first period.

    `within` are the conditions for the lines of the book's accounts.
    """
    start = next(iter(tallies)).start
    lead = Period(start.replace(day=1), start)
    whole = {period: tally for period, tally in tallies.items() if rollup.window(period)}
    cut = {period: tally for period, tally in tallies.items() if period not in whole}
    if lead.days:
        cut[lead] = Tally()
    apart = _apart(cover)
    mrr, customers = rollup.before(db, lead.start, cover)
    for found in rollup.sums(db, whole, cover):
        whole[found.period].take(found)
    if apart is not None:
        _read_lines(db, whole, rates.home, worth, (apart, *within))
        more_mrr, more_customers = _opening(db, rates.home, worth, (line.c.day < lead.start, apart, *within))
        mrr, customers = mrr + more_mrr, customers + more_customers
    _read_lines(db, cut, rates.home, worth, within)
    if not lead.days:
        return mrr, customers
    before = cut[lead].facts(lead, rates.home, mrr, customers)
    return before.closing, before.customers_closing


def _apart(cover: rollup.Coverage) -> ColumnElement[bool] | None:
    """The lines of accounts that the roll-up has no sums for; None where it has all."""
    parts = [line.c.mixed.is_(True)] if cover.mixed else []
    if cover.others:
        parts.append(line.c.currency.in_(sorted(cover.others)))
    return or_(*parts) if parts else None


def _read_lines(db: Session, tallies: Mapping[Period, Tally], home: str, worth: Worth, among: Conditions) -> None:
    """Fill the tallies with the lines that meet the conditions."""
    if not tallies:
        return
    periods, tally = _periods(tuple(tallies)), tuple(tallies.values())
    for total in _totals(db, periods, home, worth, among):
        tally[total.number].add(total)
    for number, lines in _eventful(db, periods, among):
        tally[number].follow(lines, worth)


def account_mrr(db: Session, account_id: int, *, on: date, rates: Rates) -> Money:
    """One account's MRR at the end of the day `on`, in the company's currency."""
    found = db.execute(
        select(line.c.currency, func.sum(line.c.after - line.c.before))
        .where(line.c.account_id == account_id, line.c.day <= on)
        .group_by(line.c.currency)
    )
    return Money(sum(rates.to_home(int(mrr), currency) for currency, mrr in found if mrr), rates.home)


_latest = Prepared(
    select(line.c.day, line.c.kind)
    .where(line.c.account_id == bindparam("account_id"), line.c.day <= bindparam("on"))
    .order_by(line.c.day.desc())
    .limit(1)
)


def gone_since(db: Session, account_id: int, *, on: date) -> date | None:
    """The day that made an account no customer any more; None where it is one on the day `on`, or never was."""
    latest = _latest.first(db, {"account_id": account_id, "on": on})
    return latest[0] if latest and latest[1] == MovementKind.CHURN else None


# --- Before the first period ---------------------------------------------------------------------------------------

_also = line.alias("also")
_customers = func.sum(case((line.c.kind.in_(sorted(ARRIVALS)), 1), (line.c.kind == MovementKind.CHURN, -1), else_=0))
"""Arrivals less departures."""


def _opening(db: Session, home: str, worth: Worth, before: Conditions) -> tuple[int, int]:
    """What the lines that meet the conditions come to: MRR and the number of customers."""
    abroad = line.c.currency != home
    mrr, customers, foreign = db.execute(
        select(
            func.sum(case((abroad, 0), else_=line.c.after - line.c.before)),
            _customers,
            func.sum(case((abroad, 1), else_=0)),
        ).where(*before)
    ).one()
    if not foreign:
        return int(mrr or 0), int(customers or 0)
    # Whoever comes or goes in several currencies on one day has a line for each: all but one of them count nobody.
    told_already = exists().where(
        _also.c.account_id == line.c.account_id,
        _also.c.day == line.c.day,
        or_(_also.c.currency == home, _also.c.currency < line.c.currency),
    )
    twice = db.execute(
        select(_customers).where(abroad, line.c.kind.in_(COMINGS_AND_GOINGS), told_already, *before)
    ).scalar()
    converted = sum(worth(int(minor), currency) for _, currency, minor in db.execute(states((abroad, *before))))
    return int(mrr or 0) + converted, int(customers or 0) - int(twice or 0)


# --- In the periods ------------------------------------------------------------------------------------------------


class _Periods(NamedTuple):
    """Several periods as a table (number, first day, day after the last), and the days that fill it."""

    table: CTE
    days: Mapping[str, date]


def _periods(months: Sequence[Period]) -> _Periods:
    starts = {f"start_{number}": month.start for number, month in enumerate(months)}
    stops = {f"stop_{number}": month.end for number, month in enumerate(months)}
    return _Periods(_table_of(len(months)), {**starts, **stops})


@cache
def _table_of(count: int) -> CTE:
    """A table of so many periods whose days are parameters, so that what reads it is compiled once."""
    rows = (
        select(
            literal_column(str(number), Integer).label("number"),
            bindparam(f"start_{number}", type_=Day).label("start"),
            bindparam(f"stop_{number}", type_=Day).label("stop"),
        )
        for number in range(count)
    )
    return union_all(*rows).cte("period")


def _totals(db: Session, periods: _Periods, home: str, worth: Worth, among: Conditions) -> Iterator[Total]:
    """All lines that have a kind: those in the home currency summed by the database, the others one at a time."""
    keys = (periods.table.c.number, line.c.kind, line.c.cause)
    own = (
        _during(periods, *keys, func.count(), func.sum(line.c.after - line.c.before))
        .where(line.c.currency == home, line.c.kind.is_not(None), *among)
        .group_by(*keys)
    )
    for number, kind, cause, lines, change in db.execute(own, periods.days):
        yield Total(number, MovementKind(kind), CAUSES[cause], lines, int(change))
    foreign = _during(periods, *keys, line.c.currency, line.c.before, line.c.after).where(
        line.c.currency != home, line.c.kind.is_not(None), *among
    )
    for number, kind, cause, currency, before, after in db.execute(foreign, periods.days):
        change = worth(after, currency) - worth(before, currency)
        yield Total(number, MovementKind(kind), CAUSES[cause], 1, change)


def _eventful(db: Session, periods: _Periods, among: Conditions) -> Iterator[tuple[int, list[Line]]]:
    """The lines of each account that has several in a period, in order of day, with the period's number.

    Accounts that only expand are left out: several expansions come to the same as one.
    """
    has_another = exists().where(
        _also.c.account_id == line.c.account_id,
        _also.c.day >= periods.table.c.start,
        _also.c.day < periods.table.c.stop,
        or_(_also.c.day != line.c.day, _also.c.currency != line.c.currency),
    )
    no_expansion = or_(line.c.kind.is_(None), line.c.kind != MovementKind.EXPANSION)
    several = (
        _during(periods, periods.table.c.number, line.c.account_id)
        .where(no_expansion, has_another, *among)
        .distinct()
        .subquery("several")
    )
    found = db.execute(
        select(several.c.number, *COLUMNS)
        .join_from(several, periods.table, several.c.number == periods.table.c.number)
        .join(
            line,
            and_(
                line.c.account_id == several.c.account_id,
                line.c.day >= periods.table.c.start,
                line.c.day < periods.table.c.stop,
            ),
        )
        .order_by(several.c.number, line.c.account_id, line.c.day, line.c.currency),
        periods.days,
    )
    for (number, _), rows in groupby(found.all(), key=itemgetter(0, 1)):
        yield number, lines_of(rows, skip=1)


def _during(periods: _Periods, *columns: ColumnElement[Any]) -> Select[Any]:
    """`columns` of the lines in each period."""
    return select(*columns).join_from(
        periods.table, line, and_(line.c.day >= periods.table.c.start, line.c.day < periods.table.c.stop)
    )
