"""Which stretches of an account's subscriptions count for MRR: until notice or the end, while its bills are paid."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from metrics.types import ChurnDate, EndReason, LedgerRules, SubscriptionRow


class Bill(NamedTuple):
    """An invoice over more than nothing that was not voided: one that is paid, or still to be paid."""

    due_on: date
    paid_on: date | None
    """None: it is not paid."""


class Stretch(NamedTuple):
    """The days from `start` up to, not including, `end`; without an end where that is None."""

    start: date
    end: date | None


def counted(
    rows: Iterable[SubscriptionRow], rules: LedgerRules, bills: Iterable[Bill], today: date
) -> list[SubscriptionRow]:
    """The rows of ONE account as they count under `rules`, with what is known on `today`.

    - By the day of notice a row ends on that day, unless it ended before.
    - While the account is past due (see `past_due`) nothing of it counts: a row is cut where that begins, its end is a
      failed payment's then, and goes on where everything is paid.

    A gap that comes of either is a gap as any other: grace days bridge it.
    """
    found = list(rows)
    if rules.churn_date is ChurnDate.CANCELLATION:
        found = [_until_notice(row) for row in found]
    if rules.past_due_days is None:
        return found
    unpaid = past_due(bills, rules.past_due_days, today)
    return [part for row in found for part in _paid_parts(row, unpaid)]


def past_due(bills: Iterable[Bill], days: int, today: date) -> tuple[Stretch, ...]:
    """When an account owed a bill for more than `days` days after it was due, as far as `today` can tell; in order.

    A bill of 1 May that is not paid is past due for more than 30 days from 1 June on:

    >>> past_due([Bill(date(2026, 5, 1), None)], 30, date(2026, 6, 1))
    (Stretch(start=datetime.date(2026, 6, 1), end=None),)
    """
    merged: list[Stretch] = []
    for stretch in sorted((_owed(bill, days, today) for bill in bills), key=lambda one: one.start):
        if stretch.start > today or stretch.start == stretch.end:
            continue
        if merged and (merged[-1].end is None or stretch.start <= merged[-1].end):
            merged[-1] = Stretch(merged[-1].start, _later(merged[-1].end, stretch.end))
        else:
            merged.append(stretch)
    return tuple(merged)


def _owed(bill: Bill, days: int, today: date) -> Stretch:
    """From the day on which it is past due; no days at all if it was paid before."""
    start = bill.due_on + timedelta(days=days + 1)
    paid_on = bill.paid_on if bill.paid_on is not None and bill.paid_on <= today else None
    return Stretch(start, None if paid_on is None else max(start, paid_on))


def _later(one: date | None, other: date | None) -> date | None:
    return None if one is None or other is None else max(one, other)


def _until_notice(row: SubscriptionRow) -> SubscriptionRow:
    notice = row.cancelled_on
    if notice is None or (row.ended_on is not None and row.ended_on <= notice):
        return row
    return row._replace(ended_on=notice)


def _paid_parts(row: SubscriptionRow, unpaid: Sequence[Stretch]) -> Iterable[SubscriptionRow]:
    """What is left of a row, in order."""
    start = row.started_on
    for owed in unpaid:
        if row.ended_on is not None and row.ended_on <= owed.start:
            break
        if start < owed.start:
            reason = EndReason.PAYMENT_FAILURE
            yield row._replace(started_on=start, ended_on=owed.start, end_reason=reason, end_detail=None)
        if owed.end is None:
            return
        start = max(start, owed.end)
    if row.ended_on is None or start < row.ended_on:
        yield row._replace(started_on=start)
