"""mrr_rollup: monthly sums of the ledger, so that a figure of the whole company reads some hundred rows."""

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, Column, Integer, String
from sqlmodel import Field

from storage.columns import Day
from storage.models.base import Table


class MrrRollup(Table, table=True):
    """One sum over the accounts of `book` with MRR in `currency` alone, in minor units or accounts; see metrics.rollup.

    `book` is empty for the whole company, otherwise it says which segment or CSM it is about (see storage.kept).
    `rate` is empty where the sum is in that currency, otherwise it says which currency it was converted into and at
    which rate (see storage.rollup). `currency` is empty for the accounts with several: all that is kept of them is how
    many lines they have in a month.
    """

    __tablename__ = "mrr_rollup"
    __table_args__ = (
        CheckConstraint("months IN (1, 12)", name="months"),
        {"sqlite_with_rowid": False},
    )

    book: str = Field(sa_column=Column(String(400), primary_key=True))
    currency: str = Field(sa_column=Column(String(3), primary_key=True))
    rate: str = Field(sa_column=Column(String(100), primary_key=True))
    months: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    month: date = Field(sa_column=Column(Day, primary_key=True))
    measure: str = Field(sa_column=Column(String(40), primary_key=True))
    value: int = Field(sa_type=BigInteger)
