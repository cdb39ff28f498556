"""The accounts behind a period's revenue: what each of them contributed, the largest change first."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cache
from itertools import groupby

from sqlalchemy import ColumnElement, func, select

from metrics.money import Rates
from metrics.periods import Period
from metrics.types import AccountMove, BookFilter, MovementKind
from storage.queries.books import accounts_of
from storage.queries.ledger import COLUMNS, Fate, Line, Worth, fate, lines_of, turns
from storage.queries.tables import account
from storage.queries.tables import mrr_movement as line
from storage.session import Session

_EVERYBODY = BookFilter()


def account_moves(
    db: Session,
    period: Period,
    *,
    rates: Rates,
    book: BookFilter = _EVERYBODY,
    kinds: Collection[MovementKind] | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> tuple[AccountMove, ...]:
    """The accounts whose MRR at closing is another than at opening, or that became or ceased to be customers.

    `kinds` keeps those whose whole change is of one of these kinds. Equal changes are in order of the account's key.
    """
    moves = _moves(db, period, rates, book, kinds)
    moves.sort(key=lambda move: (-abs(move.closing - move.opening), move.key))
    return tuple(moves[offset : None if limit is None else offset + limit])


def count_moves(
    db: Session,
    period: Period,
    *,
    rates: Rates,
    book: BookFilter = _EVERYBODY,
    kinds: Collection[MovementKind] | None = None,
) -> int:
    """How many accounts `account_moves` has without a limit."""
    return len(_moves(db, period, rates, book, kinds))


def _moves(
    db: Session, period: Period, rates: Rates, book: BookFilter, kinds: Collection[MovementKind] | None
) -> list[AccountMove]:
    worth = cache(rates.to_home)
    accounts = accounts_of(db, book)
    within = () if accounts is None else ((line.c.account_id + 0).in_(accounts),)  # as in storage.queries.revenue
    during = (line.c.day >= period.start, line.c.day < period.end, *within)
    touched = select(line.c.account_id).where(*during)
    found = db.execute(select(*COLUMNS).where(*during).order_by(line.c.account_id, line.c.day, line.c.currency))
    elsewhere = _before(db, period, touched.scalar_subquery())
    names = select(account.c.id, account.c.key, account.c.name, account.c.segment).where(account.c.id.in_(touched))
    master = {row[0]: row[1:] for row in db.execute(names)}
    moves = []
    for account_id, lines in groupby(lines_of(found), key=lambda one: one.account_id):
        move = _move(list(lines), master[account_id], elsewhere[account_id], worth)
        if move is not None and (kinds is None or move.kind in kinds):
            moves.append(move)
    return moves


def _before(db: Session, period: Period, touched: ColumnElement[int]) -> defaultdict[int, dict[str, int]]:
    """By account and currency, the MRR before the period, of accounts that have lines in it."""
    state = func.sum(line.c.after - line.c.before)
    found = db.execute(
        select(line.c.account_id, line.c.currency, state)
        .where(line.c.day < period.start, line.c.account_id.in_(touched))
        .group_by(line.c.account_id, line.c.currency)
        .having(state != 0)
    )
    states: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for account_id, currency, minor in found:
        states[account_id][currency] = int(minor)
    return states


def _move(
    lines: list[Line], master: tuple[str, str, str | None], before: Mapping[str, int], worth: Worth
) -> AccountMove | None:
    """What one account's lines come to; None where it ends as it began."""
    whole = fate(lines, worth)
    kind = _kind(lines, whole)
    if kind is None:
        return None
    moved = {one.currency for one in lines}
    untouched = sum(worth(minor, currency) for currency, minor in before.items() if currency not in moved)
    up = kind not in {MovementKind.CONTRACTION, MovementKind.CHURN}
    days = turns(lines, worth)
    last = next((turn for turn in reversed(days) if turn.change and (turn.change > 0) == up), days[-1])
    key, name, segment = master
    return AccountMove(
        lines[0].account_id,
        key,
        name,
        segment,
        whole.opening + untouched,
        whole.closing + untouched,
        kind,
        last.cause,
        last.detail,
        last.day,
    )


def _kind(lines: list[Line], whole: Fate) -> MovementKind | None:
    if not whole.was_customer:
        return lines[0].kind if whole.is_customer else None
    if not whole.is_customer:
        return MovementKind.CHURN
    if whole.closing == whole.opening:
        return None
    return MovementKind.EXPANSION if whole.closing > whole.opening else MovementKind.CONTRACTION
