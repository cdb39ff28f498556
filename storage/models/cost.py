"""cost: what keeping customers cost."""

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint
from sqlmodel import Field

from storage.models.base import Table


class Cost(Table, table=True):
    """One cost, `amount` in minor units; of one account or of all."""

    __tablename__ = "cost"
    __table_args__ = (
        CheckConstraint("length(key) > 0", name="key"),
        CheckConstraint("length(currency) = 3", name="currency"),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=255, unique=True)
    day: date = Field(index=True)
    category: str = Field(max_length=100)
    amount: int = Field(sa_type=BigInteger)
    currency: str = Field(max_length=3)
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
