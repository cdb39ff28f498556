"""The ledger of recurring revenue: from an account's subscription rows to the days on which its MRR moved, and why."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import zip_longest
from typing import NamedTuple

from metrics.money import monthly
from metrics.types import Cause, EndReason, Movement, MovementKind, SubscriptionRow

_CAUSE_OF_END = {
    EndReason.VOLUNTARY: Cause.VOLUNTARY,
    EndReason.PAYMENT_FAILURE: Cause.PAYMENT_FAILURE,
    EndReason.OTHER: Cause.OTHER,
    None: Cause.OTHER,
}


KINDS: Mapping[str | None, MovementKind | None] = {None: None, **{kind.value: kind for kind in MovementKind}}
CAUSES: Mapping[str | None, Cause | None] = {None: None, **{cause.value: cause for cause in Cause}}
"""What a stored ledger has as text; looking it up costs a tenth of calling the class."""


def ledger(rows: Iterable[SubscriptionRow], *, grace_days: int = 0) -> tuple[Movement, ...]:
    """The movements of ONE account's MRR, by day and currency; the order of `rows` does not matter.

    Everything that happens to the account in a currency on a day is netted into one line, so that the lines of a
    quarter are those of its months and, in each currency, closing = opening + Σ (after − before), always.

    - Rows without MRR (trials, free plans, rounding to nothing) and without days (ended before or as they started)
      count for nothing.
    - The kind is judged over all currencies: new and reactivation begin at nothing at all, churn ends there. On a day
      on which a customer that stays one changes in several currencies, the lines have no kind and Cause.CURRENCY.
    - Why it expanded or contracted is told by the product with the largest change in that direction (the first by name
      where two are equal): whether the product came or went; else whether its plans changed, or seats moved from one
      plan to another; else whether its seats changed in the same direction; else it is the price.
    - Why it churned is told by the row with the largest MRR that ended; of equals, by one that gives a reason, then by
      reason, detail and subscription in alphabetical order.
    - A gap of at most `grace_days` days without any MRR, with MRR after it, is no churn: what was paid before it counts
      as held until the day it ends. An end with nothing after it is a churn from its first day.
    """
    book = _Book()
    lines: list[Movement] = []
    for day, turns in _days(rows, grace_days):
        lines += book.turn(day, turns)
    return tuple(lines)


class _Turn(NamedTuple):
    """A row that starts (`sign` 1) or ends (`sign` -1), with its MRR."""

    row: SubscriptionRow
    mrr: int
    sign: int


def _days(rows: Iterable[SubscriptionRow], grace_days: int) -> Iterator[tuple[date, list[_Turn]]]:
    """The days on which paid rows start or end, in order; one that opens a short gap is moved to the gap's end."""
    by_day: defaultdict[date, list[_Turn]] = defaultdict(list)
    for row in rows:
        mrr = monthly(row.amount, row.interval, row.interval_count)
        if mrr <= 0 or (row.ended_on is not None and row.ended_on <= row.started_on):
            continue
        by_day[row.started_on].append(_Turn(row, mrr, 1))
        if row.ended_on is not None:
            by_day[row.ended_on].append(_Turn(row, mrr, -1))
    days = sorted(by_day)
    running = 0
    held: list[_Turn] = []
    for day, following in zip_longest(days, days[1:]):
        turns = held + by_day[day]
        running += sum(turn.sign for turn in by_day[day])
        # With nothing running, whatever follows can only be a start: the gap's end.
        bridged = running == 0 and following is not None and (following - day).days <= grace_days
        held = turns if bridged else []
        if not bridged:
            yield day, turns


class _Change:
    """What a day did to one product in one currency: sums of what came less what went."""

    __slots__ = ("mrr", "rows_by_plan", "seats_by_plan")

    def __init__(self) -> None:
        self.mrr = 0
        self.rows_by_plan: dict[str, int] = {}
        self.seats_by_plan: dict[str, int] = {}

    def add(self, turn: _Turn) -> None:
        row, mrr, sign = turn
        plan = row.plan
        self.mrr += sign * mrr
        self.rows_by_plan[plan] = self.rows_by_plan.get(plan, 0) + sign
        self.seats_by_plan[plan] = self.seats_by_plan.get(plan, 0) + sign * row.quantity


class _Book:
    """What an account pays, as the days go by."""

    def __init__(self) -> None:
        self.was_customer = False
        self.mrr: defaultdict[str, int] = defaultdict(int)  # by currency
        self.product_mrr: defaultdict[tuple[str, str], int] = defaultdict(int)
        self.plan_rows: defaultdict[tuple[str, str, str], int] = defaultdict(int)

    def turn(self, day: date, turns: list[_Turn]) -> list[Movement]:
        """Let a day happen and return its lines, by currency."""
        changes = _changes(turns)
        moved = {
            currency: delta
            for currency in sorted(changes)
            if (delta := sum(change.mrr for change in changes[currency].values()))
        }
        before = {currency: self.mrr[currency] for currency in moved}
        paid = any(self.mrr.values())
        self._apply(changes)
        pays = any(self.mrr.values())
        lines = []
        for currency, delta in moved.items():
            kind = self._kind(delta, len(moved), paid=paid, pays=pays)
            cause, detail = self._cause(kind, currency, changes[currency], turns)
            lines.append(Movement(day, currency, before[currency], self.mrr[currency], kind, cause, detail))
        self.was_customer = True
        return lines

    def _apply(self, changes: dict[str, dict[str, _Change]]) -> None:
        for currency, products in changes.items():
            for product, change in products.items():
                self.mrr[currency] += change.mrr
                self.product_mrr[currency, product] += change.mrr
                for plan, rows in change.rows_by_plan.items():
                    self.plan_rows[currency, product, plan] += rows

    def _kind(self, delta: int, currencies: int, *, paid: bool, pays: bool) -> MovementKind | None:
        if not paid:
            return MovementKind.REACTIVATION if self.was_customer else MovementKind.NEW
        if not pays:
            return MovementKind.CHURN
        if currencies > 1:
            return None
        return MovementKind.EXPANSION if delta > 0 else MovementKind.CONTRACTION

    def _cause(
        self, kind: MovementKind | None, currency: str, products: dict[str, _Change], turns: list[_Turn]
    ) -> tuple[Cause | None, str | None]:
        match kind:
            case None:
                return Cause.CURRENCY, None
            case MovementKind.CHURN:
                return _why_it_ended(turn for turn in turns if turn.row.currency == currency)
            case MovementKind.EXPANSION:
                return self._why_it_moved(currency, products, 1), None
            case MovementKind.CONTRACTION:
                return self._why_it_moved(currency, products, -1), None
        return None, None

    def _why_it_moved(self, currency: str, products: dict[str, _Change], sign: int) -> Cause:
        """What the product with the largest change in the direction of `sign` tells, after that change."""
        product, change = min(products.items(), key=lambda item: (-sign * item[1].mrr, item[0]))
        after = self.product_mrr[currency, product]
        if after == 0:
            return Cause.PRODUCT_DROPPED
        if after == change.mrr:
            return Cause.CROSS_SELL
        if self._plans_changed(currency, product, change):
            return Cause.UPGRADE if sign > 0 else Cause.DOWNGRADE
        return Cause.SEATS if sign * sum(change.seats_by_plan.values()) > 0 else Cause.PRICE

    def _plans_changed(self, currency: str, product: str, change: _Change) -> bool:
        for plan, rows in change.rows_by_plan.items():
            after = self.plan_rows[currency, product, plan]
            if (after > 0) != (after - rows > 0):
                return True
        seats = change.seats_by_plan.values()
        return any(n > 0 for n in seats) and any(n < 0 for n in seats)


def _changes(turns: list[_Turn]) -> dict[str, dict[str, _Change]]:
    """A day's turns by currency and product."""
    changes: dict[str, dict[str, _Change]] = {}
    for turn in turns:
        products = changes.setdefault(turn.row.currency, {})
        change = products.get(turn.row.product)
        if change is None:
            change = products[turn.row.product] = _Change()
        change.add(turn)
    return changes


def _why_it_ended(turns: Iterable[_Turn]) -> tuple[Cause, str | None]:
    """The reason and detail of the largest row that ended."""
    row = min((turn for turn in turns if turn.sign < 0), key=_weight_of_end).row
    return _CAUSE_OF_END[row.end_reason], row.end_detail


def _weight_of_end(turn: _Turn) -> tuple[int, bool, str, str, str]:
    row = turn.row
    return (-turn.mrr, row.end_reason is None, row.end_reason or "", row.end_detail or "", row.subscription)
