"""What lines of the ledger, or sums of its roll-up, come to for a book in one period."""

from collections import defaultdict
from typing import NamedTuple

from metrics.movements import KINDS
from metrics.periods import Period
from metrics.rollup import ARRIVALS, what_and_cause
from metrics.types import Cause, MovementKind, RevenueFacts
from storage.queries import rollup
from storage.queries.ledger import Line, Worth, fate, turns


class Total(NamedTuple):
    """Lines of one kind and cause in a period: how many, and what they add to the MRR in the report's currency."""

    number: int
    kind: MovementKind
    cause: Cause | None
    lines: int
    change: int


class Tally:
    """What a period's lines come to. First every line counts as its account's only one; then `follow` mends that."""

    def __init__(self) -> None:
        self.moved: defaultdict[MovementKind, int] = defaultdict(int)
        self.by_cause: defaultdict[Cause, int] = defaultdict(int)
        self.retained = 0
        self.kept = 0
        self.won = 0
        self.lost: defaultdict[Cause, int] = defaultdict(int)

    def add(self, total: Total) -> None:
        """Count lines of one kind."""
        self._move(total.kind, total.cause, total.change)
        self._alone(total.kind, total.cause, total.lines, total.change)

    def take(self, found: rollup.Sum) -> None:
        """Add a sum of the roll-up: movements come by month, what came of accounts by the period's own window."""
        what, cause = what_and_cause(found.measure)
        kind = KINDS.get(what)
        if kind is not None:
            self._move(kind, cause, found.value)
        elif found.months == rollup.window(found.period):
            self._settle(what, cause, found.value)

    def follow(self, lines: list[Line], worth: Worth) -> None:
        """Judge an account with several lines by where it stood at opening and closing instead."""
        for one in lines:
            if one.kind is not None:
                self._alone(one.kind, one.cause, -1, -one.change(worth))
        for turn in turns([one for one in lines if one.kind is None], worth):
            if turn.kind is not None:
                self._move(turn.kind, turn.cause, turn.change)
        whole = fate(lines, worth)
        if whole.was_customer:
            self.retained += whole.closing - whole.opening
            self.kept += min(whole.closing - whole.opening, 0)
            if not whole.is_customer and whole.left is not None:
                self.lost[whole.left.cause or Cause.OTHER] += 1
        elif whole.is_customer:
            self.won += 1

    def facts(self, month: Period, currency: str, opening: int, customers: int) -> RevenueFacts:
        """The period's facts, from where the book stood before it."""
        lost = {cause: count for cause, count in self.lost.items() if count}
        return RevenueFacts(
            currency=currency,
            start=month.start,
            end=month.end,
            opening=opening,
            new=self.moved[MovementKind.NEW],
            reactivation=self.moved[MovementKind.REACTIVATION],
            expansion=self.moved[MovementKind.EXPANSION],
            contraction=self.moved[MovementKind.CONTRACTION],
            churn=self.moved[MovementKind.CHURN],
            by_cause={cause: minor for cause, minor in self.by_cause.items() if minor},
            retained=opening + self.retained,
            kept=opening + self.kept,
            customers_opening=customers,
            customers_closing=customers + self.won - sum(lost.values()),
            customers_lost=sum(lost.values()),
            customers_won=self.won,
            lost_by_cause=lost,
        )

    def _move(self, kind: MovementKind, cause: Cause | None, change: int) -> None:
        self.moved[kind] += abs(change)
        if cause is not None:
            self.by_cause[cause] += abs(change)

    def _settle(self, what: str, cause: Cause | None, value: int) -> None:
        """What came of accounts between opening and closing, by the roll-up's names."""
        match what:
            case rollup.RETAINED:
                self.retained += value
            case rollup.KEPT:
                self.kept += value
            case rollup.WON:
                self.won += value
            case rollup.LOST:
                self.lost[cause or Cause.OTHER] += value

    def _alone(self, kind: MovementKind, cause: Cause | None, lines: int, change: int) -> None:
        """What lines mean for opening and closing if their account has no other; negative `lines` take it back."""
        if kind in ARRIVALS:
            self.won += lines
            return
        self.retained += change
        if kind is not MovementKind.EXPANSION:
            self.kept += change
        if kind is MovementKind.CHURN:
            self.lost[cause or Cause.OTHER] += lines
