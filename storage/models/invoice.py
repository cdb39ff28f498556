"""invoice: a bill and whether it was paid."""

from datetime import date
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Index, text
from sqlmodel import Field

from storage.models.base import Table


def _where(condition: str) -> dict[str, Any]:
    """Few invoices have ever failed to be paid: an index of those alone."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


class Invoice(Table, table=True):
    """One invoice, `amount` in minor units."""

    __tablename__ = "invoice"
    __table_args__ = (
        CheckConstraint("length(key) > 0", name="key"),
        CheckConstraint("length(currency) = 3", name="currency"),
        CheckConstraint("status IN ('open', 'paid', 'failed', 'void', 'refunded')", name="status"),
        CheckConstraint("attempts >= 0", name="attempts"),
        Index("ix_invoice_paid", "paid_on", "status", "currency", "amount", "account_id"),
        Index("ix_invoice_payers", "account_id", "status", "paid_on"),
        Index("ix_invoice_by_account", "account_id", "due_on", "status", "paid_on", "failed_on"),
        Index("ix_invoice_failed", "failed_on", "status", "paid_on", "account_id", **_where("failed_on IS NOT NULL")),
        Index("ix_invoice_failing", "due_on", "failed_on", "account_id", **_where("status = 'failed'")),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=255, unique=True)
    account_id: int = Field(foreign_key="account.id")
    amount: int = Field(sa_type=BigInteger)
    currency: str = Field(max_length=3)
    due_on: date
    paid_on: date | None = None
    status: str = Field(max_length=10)
    attempts: int | None = None
    failed_on: date | None = None
