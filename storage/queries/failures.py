"""Invoices whose payment failed: since when, and which of them were paid after all."""

from sqlalchemy import and_, case, func

from storage.queries.tables import invoice

_c = invoice.c
failing_since = func.coalesce(_c.failed_on, case((_c.status == "failed", _c.due_on)))
"""The day on which a payment first failed; the day on which it was due where only the failure is known."""
paid_after_all = and_(_c.status == "paid", _c.paid_on >= _c.failed_on)
"""Paid after it had failed."""
