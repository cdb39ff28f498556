"""mrr_movement: the ledger of recurring revenue, rebuilt for an account whenever its subscriptions change."""

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Index, Integer, String
from sqlmodel import Field

from storage.columns import Day
from storage.models.base import Table


class MrrMovement(Table, table=True):
    """An account's MRR in one currency before and from a day on; `kind` empty only where rates must decide.

    `mixed`: the account's lines are in several currencies. See metrics.types.Movement for the other columns.
    """

    __tablename__ = "mrr_movement"
    __table_args__ = (
        CheckConstraint("before >= 0", name="before"),
        CheckConstraint("after >= 0", name="after"),
        CheckConstraint("before <> after", name="moves"),
        CheckConstraint("kind IN ('new', 'reactivation', 'expansion', 'contraction', 'churn')", name="kind"),
        Index("ix_mrr_movement_sums", "day", "currency", "kind", "cause", "before", "after", "account_id", "mixed"),
        {"sqlite_with_rowid": False},
    )

    account_id: int = Field(sa_column=Column(Integer, ForeignKey("account.id"), primary_key=True))
    day: date = Field(sa_column=Column(Day, primary_key=True))
    currency: str = Field(sa_column=Column(String(3), primary_key=True))
    before: int = Field(sa_type=BigInteger)
    after: int = Field(sa_type=BigInteger)
    kind: str | None = Field(default=None, max_length=12)
    cause: str | None = Field(default=None, max_length=20)
    detail: str | None = Field(default=None, max_length=1000)
    mixed: bool = Field(default=False)
