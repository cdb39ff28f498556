"""What accounts pay, day by day: rows of subscriptions become turns, days on which what an account pays changed."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from tests.scenarios.oracle.files import DECIMALS


class Row(NamedTuple):
    """A row that is paid for: its MRR in minor units, on the days from `start` up to, not including, `end`."""

    product: str
    plan: str
    quantity: int
    currency: str
    mrr: int
    start: date
    end: date
    reason: str


Money: TypeAlias = Mapping[str, int]
"""Minor units by currency."""


class Turn(NamedTuple):
    """A day on which an account's MRR changed in one currency or more."""

    day: date
    before: Money
    after: Money
    kind: str
    """`new`, `reactivation`, `churn`, or `moved`: up or down, as the rates tell."""
    causes: Mapping[str, str]
    """Of a movement up or down, or of a churn, by currency."""


@dataclass
class Account:
    """What an account did; the names of what it belongs to are folded."""

    segment: str
    csm: str
    plans: set[str] = field(default_factory=set)
    rows: list[Row] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    days: list[date] = field(default_factory=list)
    """Those of its turns."""

    def settle(self, grace_days: int) -> None:
        """Make turns of its rows."""
        self.turns = list(turns_of(self.rows, grace_days))
        self.days = [turn.day for turn in self.turns]

    def at_end_of(self, day: date) -> Money:
        """What it pays on the evening of a day."""
        at = bisect_right(self.days, day)
        return self.turns[at - 1].after if at else {}


def paid_row(row: Mapping[str, str]) -> Row | None:
    """A row of the file; None where it is free."""
    months = {
        "day": Fraction(12, 365),
        "week": Fraction(12, 52),
        "month": Fraction(1),
        "quarter": Fraction(3),
        "year": Fraction(12),
    }
    minor = Fraction(row["amount"]) * 10 ** DECIMALS[row["currency"]]
    mrr = round(minor / (months[row["interval"]] * int(row["interval_count"])))
    if mrr == 0:
        return None
    return Row(
        row["product"],
        row["plan"],
        int(row["quantity"]),
        row["currency"],
        mrr,
        date.fromisoformat(row["started_on"]),
        date.fromisoformat(row["ended_on"]) if row["ended_on"] else date.max,
        row["end_reason"],
    )


# --- Day by day --------------------------------------------------------------------------------------------------


def turns_of(rows: Sequence[Row], grace_days: int) -> Iterator[Turn]:
    """The days on which what an account pays changed, from all its rows."""
    days = sorted({day for row in rows for day in (row.start, row.end) if day != date.max})
    yesterday: list[Row] = []
    known = False
    for number, day in enumerate(days):
        today = [row for row in rows if row.start <= day < row.end]
        if not today and number + 1 < len(days) and (days[number + 1] - day).days <= grace_days:
            continue  # short enough to be no churn: until something starts again, what was paid before stands
        turn = _turn(day, yesterday, today, known=known)
        yesterday = today
        if turn is not None:
            known = True
            yield turn


def _turn(day: date, yesterday: Sequence[Row], today: Sequence[Row], *, known: bool) -> Turn | None:
    before, after = _paid(yesterday), _paid(today)
    moved = sorted(currency for currency in {*before, *after} if before.get(currency, 0) != after.get(currency, 0))
    if not moved:
        return None
    causes: dict[str, str] = {}
    kind = "moved"
    if not before:
        kind = "reactivation" if known else "new"
    elif not after:
        kind = "churn"
        causes = {currency: _why_gone(yesterday, currency) for currency in moved}
    elif len(moved) == 1:
        causes = {moved[0]: _why_moved(yesterday, today, moved[0])}
    return Turn(day, before, after, kind, causes)


def _paid(rows: Iterable[Row]) -> Money:
    paid: Counter[str] = Counter()
    for row in rows:
        paid[row.currency] += row.mrr
    return paid


def _why_gone(yesterday: Iterable[Row], currency: str) -> str:
    """The reason of the largest row; of equals that of one that gives a reason, the first in the alphabet."""
    ended = [row for row in yesterday if row.currency == currency]
    return min(ended, key=lambda row: (-row.mrr, not row.reason, row.reason)).reason or "other"


def _why_moved(yesterday: Iterable[Row], today: Iterable[Row], currency: str) -> str:
    """What happened to the product that moved most in the direction in which the account moved."""
    was, now = (_by_product(rows, currency) for rows in (yesterday, today))
    change = {product: _mrr(now.get(product, ())) - _mrr(was.get(product, ())) for product in sorted({*was, *now})}
    sign = 1 if sum(change.values()) > 0 else -1
    product = max(change, key=lambda product: sign * change[product])
    old, new = was.get(product, []), now.get(product, [])
    if not old or not new:
        return "product_dropped" if old else "cross_sell"
    plans = {row.plan for row in (*old, *new)}
    seats = {plan: _seats(new, plan) - _seats(old, plan) for plan in plans}
    other_plan = {row.plan for row in old} != {row.plan for row in new}
    if other_plan or (min(seats.values()) < 0 < max(seats.values())):
        return "upgrade" if sign > 0 else "downgrade"
    return "seats" if sign * sum(seats.values()) > 0 else "price"


def _by_product(rows: Iterable[Row], currency: str) -> dict[str, list[Row]]:
    products: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.currency == currency:
            products[row.product].append(row)
    return products


def _mrr(rows: Iterable[Row]) -> int:
    return sum(row.mrr for row in rows)


def _seats(rows: Iterable[Row], plan: str) -> int:
    return sum(row.quantity for row in rows if row.plan == plan)
