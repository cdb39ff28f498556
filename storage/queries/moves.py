"""The accounts behind a period's revenue: what each of them contributed, the largest change first."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from functools import cache

from sqlalchemy import select

from metrics.money import Rates
from metrics.periods import Period
from metrics.types import AccountMove, BookFilter, MovementKind
from storage.queries.account_lines import lines_between, lines_by_account, mrr_before
from storage.queries.ledger import Line, Turn, Worth, fate, turns
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
    """What each account contributed to each kind of movement; those of a kind add up to that kind's figure.

    `kinds` None means all five. Equal changes are in order of the account's key.
    """
    moves = _moves(db, period, rates, book, kinds)
    moves.sort(key=lambda move: (-abs(move.change), move.key, move.kind))
    return tuple(moves[offset : None if limit is None else offset + limit])


def count_moves(
    db: Session,
    period: Period,
    *,
    rates: Rates,
    book: BookFilter = _EVERYBODY,
    kinds: Collection[MovementKind] | None = None,
) -> int:
    """How many `account_moves` there are without a limit."""
    return len(_moves(db, period, rates, book, kinds))


def _moves(
    db: Session, period: Period, rates: Rates, book: BookFilter, kinds: Collection[MovementKind] | None
) -> list[AccountMove]:
    worth = cache(rates.to_home)
    during = lines_between(db, period.start, period.end, book)
    touched = select(line.c.account_id).where(*during)
    elsewhere = mrr_before(db, period.start, (line.c.account_id.in_(touched.scalar_subquery()),))
    names = select(account.c.id, account.c.key, account.c.name, account.c.segment).where(account.c.id.in_(touched))
    master = {row[0]: row[1:] for row in db.execute(names)}
    moves: list[AccountMove] = []
    for account_id, lines in lines_by_account(db, during):
        moves += _moves_of(lines, master[account_id], elsewhere.get(account_id, {}), worth, kinds)
    return moves


def _moves_of(
    lines: list[Line],
    master: tuple[str, str, str | None],
    before: Mapping[str, int],
    worth: Worth,
    kinds: Collection[MovementKind] | None,
) -> Iterator[AccountMove]:
    """One account's lines, a move for each kind; a kind whose changes cancel out in the report's currency is none."""
    by_kind: defaultdict[MovementKind, list[Turn]] = defaultdict(list)
    for turn in turns(lines, worth):
        if turn.kind is not None and (kinds is None or turn.kind in kinds):
            by_kind[turn.kind].append(turn)
    if not by_kind:
        return
    whole = fate(lines, worth)
    moved = {one.currency for one in lines}
    untouched = sum(worth(minor, currency) for currency, minor in before.items() if currency not in moved)
    key, name, segment = master
    for kind, found in by_kind.items():
        if change := sum(turn.change for turn in found):
            yield AccountMove(
                lines[0].account_id,
                key,
                name,
                segment,
                kind,
                change,
                whole.opening + untouched,
                whole.closing + untouched,
                found[-1].cause,
                found[-1].detail,
                found[-1].day,
            )
