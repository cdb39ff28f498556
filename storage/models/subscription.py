"""subscription: what an account pays, one row for each stretch of unchanged price, plan and quantity."""

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, UniqueConstraint
from sqlmodel import Field

from storage.models.base import Table


class Subscription(Table, table=True):
    """One stretch of a subscription: `amount` minor units per `interval_count` intervals for the whole row."""

    __tablename__ = "subscription"
    __table_args__ = (
        UniqueConstraint("key", "started_on"),
        CheckConstraint("length(key) > 0", name="key"),
        CheckConstraint("quantity >= 0", name="quantity"),
        CheckConstraint("amount >= 0", name="amount"),
        CheckConstraint("length(currency) = 3", name="currency"),
        CheckConstraint("interval IN ('day', 'week', 'month', 'quarter', 'year')", name="interval"),
        CheckConstraint("interval_count >= 1", name="interval_count"),
        CheckConstraint("ended_on >= started_on", name="ended_on"),
        CheckConstraint("end_reason IN ('voluntary', 'payment_failure', 'other')", name="end_reason"),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=255)
    account_id: int = Field(foreign_key="account.id", index=True)
    product: str = Field(max_length=255)
    plan: str = Field(max_length=255)
    quantity: int = 1
    amount: int = Field(sa_type=BigInteger)
    currency: str = Field(max_length=3)
    interval: str = Field(max_length=10)
    interval_count: int = 1
    started_on: date
    ended_on: date | None = None
    cancelled_on: date | None = None
    end_reason: str | None = Field(default=None, max_length=20)
    end_detail: str | None = Field(default=None, max_length=1000)
