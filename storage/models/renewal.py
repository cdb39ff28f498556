"""renewal: every day on which an account's renewal was or will be due; account.renewal_on is only the next one."""

from datetime import date

from sqlalchemy import Column, ForeignKey, Index, Integer
from sqlmodel import Field

from storage.columns import Day
from storage.models.base import Table


class Renewal(Table, table=True):
    """One renewal day of an account, past or to come; see storage.renewals."""

    __tablename__ = "renewal"
    __table_args__ = (
        Index("ix_renewal_due", "due_on", "account_id"),
        {"sqlite_with_rowid": False},
    )

    account_id: int = Field(sa_column=Column(Integer, ForeignKey("account.id"), primary_key=True))
    due_on: date = Field(sa_column=Column(Day, primary_key=True))
