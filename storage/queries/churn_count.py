"""What the ledger's lines come to for definitions of churn: every account counted, taken out or put in by its lines."""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Self

from metrics.facts import BookDay, ChurnFacts
from metrics.periods import Period
from metrics.rollup import ARRIVALS
from metrics.types import MovementKind
from storage.queries.ledger import Line, Turn, Worth, fate, turns


class ChurnCount:
    """A book's counts in a period."""

    def __init__(self, period: Period, opening: int, customers: int) -> None:
        """`opening` is the MRR before the period, of `customers`."""
        self._start = period.start
        self._opening, self._customers = opening, customers
        self._moved = dict.fromkeys(MovementKind, 0)
        self._lost = self._closing = self._churns = self._arrivals = 0
        self._between = self._between_mrr = 0
        self._days = [_Day() for _ in range(period.days)]

    def copy(self) -> Self:
        """The same counts, to be changed apart."""
        return deepcopy(self)

    def stand(self, opening: int, *, customer: bool, sign: int = 1) -> None:
        """An account that stood there before the period; -1 takes it out."""
        self._opening += sign * opening
        self._customers += sign * customer

    def add(self, lines: Sequence[Line], worth: Worth, sign: int = 1) -> None:
        """All lines that one account has in the period, sorted by day; -1 takes it out."""
        found = turns(lines, worth)
        for turn in found:
            self._turn(turn, sign)
        whole = fate(lines, worth)
        self._closing += sign * (whole.is_customer - whole.was_customer)
        self._lost += sign * (whole.was_customer and not whole.is_customer)
        if not whole.was_customer and not whole.is_customer:
            self._between += sign
            self._between_mrr -= sign * next(t.change for t in reversed(found) if t.kind is MovementKind.CHURN)

    def _turn(self, turn: Turn, sign: int) -> None:
        if turn.kind is None:
            return
        day = self._days[(turn.day - self._start).days]
        self._moved[turn.kind] += sign * abs(turn.change)
        if turn.kind is not MovementKind.NEW:
            day.lost -= sign * turn.change
        day.change += sign * turn.change
        if turn.kind is MovementKind.CHURN:
            self._churns += sign
            day.churned += sign
        elif turn.kind in ARRIVALS:
            self._arrivals += sign
            day.came += sign

    def facts(self, currency: str, subscriptions: tuple[int, int]) -> ChurnFacts:
        """What it comes to; `subscriptions` are those at opening, and of them those that ended."""
        return ChurnFacts(
            currency=currency,
            opening=self._opening,
            new=self._moved[MovementKind.NEW],
            reactivation=self._moved[MovementKind.REACTIVATION],
            expansion=self._moved[MovementKind.EXPANSION],
            contraction=self._moved[MovementKind.CONTRACTION],
            churn=self._moved[MovementKind.CHURN],
            customers_opening=self._customers,
            customers_closing=self._customers + self._closing,
            customers_lost=self._lost,
            churns=self._churns,
            came_and_left=self._between,
            came_and_left_mrr=self._between_mrr,
            arrivals=self._arrivals,
            days=tuple(self._each_day()),
            subscriptions=subscriptions[0],
            subscriptions_ended=subscriptions[1],
        )

    def _each_day(self) -> Iterator[BookDay]:
        customers, mrr = self._customers, self._opening
        for day in self._days:
            yield BookDay(customers, day.churned, mrr, day.lost)
            customers += day.came - day.churned
            mrr += day.change


class _Day:
    """What a day did."""

    __slots__ = ("came", "change", "churned", "lost")

    def __init__(self) -> None:
        self.came = self.churned = self.change = self.lost = 0
