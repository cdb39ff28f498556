"""Lines of the ledger (mrr_movement) as plain values, and what those of one account in one period come to."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple, TypeAlias

from metrics.movements import CAUSES, KINDS
from metrics.rollup import ARRIVALS
from metrics.types import Cause, MovementKind
from storage.queries.tables import mrr_movement

Worth: TypeAlias = Callable[[int, str], int]
"""What minor units of a currency are worth in the report's: Rates.to_home, remembered where it is asked often."""

COLUMNS = tuple(
    mrr_movement.c[name] for name in ("account_id", "day", "currency", "before", "after", "kind", "cause", "detail")
)
"""What `lines_of` reads, in this order."""

COMINGS_AND_GOINGS = (*sorted(ARRIVALS), MovementKind.CHURN)
"""The kinds of the lines that make an account a customer, or none."""


class Line(NamedTuple):
    """One line of the ledger."""

    account_id: int
    day: date
    currency: str
    before: int
    after: int
    kind: MovementKind | None
    cause: Cause | None
    detail: str | None

    def change(self, worth: Worth) -> int:
        """What the line adds to the account's MRR in the report's currency."""
        return worth(self.after, self.currency) - worth(self.before, self.currency)


class Turn(NamedTuple):
    """What a day did to one account: a change in the report's currency, 0 where several currencies cancel out."""

    day: date
    change: int
    kind: MovementKind | None
    """None only where nothing changed in the report's currency."""
    cause: Cause | None
    detail: str | None


class Fate(NamedTuple):
    """Where one account stood before its first and after its last line in a period, in the currencies they are in."""

    was_customer: bool
    is_customer: bool
    opening: int
    closing: int
    left: Turn | None
    """Its last churn in the period, whether or not it came back."""


def lines_of(rows: Iterable[Sequence[Any]], skip: int = 0) -> list[Line]:
    """Rows of COLUMNS as lines; the first `skip` values of each row are somebody else's."""
    return [
        Line(account_id, day, currency, before, after, KINDS[kind], CAUSES[cause], detail)
        for account_id, day, currency, before, after, kind, cause, detail in (row[skip:] for row in rows)
    ]


def turns(lines: Sequence[Line], worth: Worth) -> list[Turn]:
    """One account's lines, sorted by day, a day at a time; a day without a kind gets the one that the rates give it."""
    return [_turn(day, list(found), worth) for day, found in groupby(lines, key=lambda one: one.day)]


def _turn(day: date, lines: list[Line], worth: Worth) -> Turn:
    change = sum(one.change(worth) for one in lines)
    largest = max(lines, key=lambda one: abs(one.change(worth)))
    if largest.kind is not None:
        return Turn(day, change, largest.kind, largest.cause, largest.detail)
    if change == 0:
        return Turn(day, 0, None, None, None)
    return Turn(day, change, MovementKind.EXPANSION if change > 0 else MovementKind.CONTRACTION, Cause.CURRENCY, None)


def fate(lines: Sequence[Line], worth: Worth) -> Fate:
    """What one account's lines in a period, sorted by day, come to; a currency they do not mention stayed as it was."""
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for one in lines:
        first.setdefault(one.currency, one.before)
        last[one.currency] = one.after
    churns = [one for one in lines if one.kind is MovementKind.CHURN]
    return Fate(
        was_customer=lines[0].kind not in ARRIVALS,
        is_customer=lines[-1].kind is not MovementKind.CHURN,
        opening=sum(worth(minor, currency) for currency, minor in first.items()),
        closing=sum(worth(minor, currency) for currency, minor in last.items()),
        left=turns([one for one in churns if one.day == churns[-1].day], worth)[0] if churns else None,
    )
