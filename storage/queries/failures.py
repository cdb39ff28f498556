"""Invoices whose payment failed: since when, and which of them were paid after all.

The conditions are written so that they are read from the indexes of the few invoices that have ever failed.
"""

from datetime import date

from sqlalchemy import ColumnElement, and_, case, func, literal_column, or_

from storage.queries.tables import invoice

_c = invoice.c
_fails_unsaid = and_(_c.status == literal_column("'failed'"), _c.failed_on.is_(None))
failing_since = func.coalesce(_c.failed_on, case((_c.status == "failed", _c.due_on)))
"""The day on which a payment first failed; the day on which it was due where only the failure is known."""
paid_after_all = and_(_c.status == "paid", _c.paid_on >= _c.failed_on)
"""Paid after it had failed."""


def failed_before(end: date) -> ColumnElement[bool]:
    """The payment failed before the day `end`."""
    return or_(_c.failed_on < end, and_(_fails_unsaid, _c.due_on < end))


def failed_during(start: date, end: date) -> ColumnElement[bool]:
    """The payment failed from `start` on and before `end`."""
    told = and_(_c.failed_on >= start, _c.failed_on < end)
    return or_(told, and_(_fails_unsaid, _c.due_on >= start, _c.due_on < end))


def collected_during(start: date, end: date) -> ColumnElement[bool]:
    """The invoice was paid from `start` on and before `end`, after it had failed."""
    # SQLite would rather go through all that was paid: it does not look for what a function gives in an index.
    paid_on = func.coalesce(_c.paid_on, _c.failed_on)
    return and_(_c.failed_on < end, paid_after_all, paid_on >= start, paid_on < end)
