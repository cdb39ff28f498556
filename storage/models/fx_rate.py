"""fx_rate: what a unit of a currency is worth in the company's currency on a day."""

from datetime import date

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from storage.models.base import Table


class FxRate(Table, table=True):
    """One rate, kept as the decimal text that came in: a float would not be exact."""

    __tablename__ = "fx_rate"
    __table_args__ = (CheckConstraint("length(currency) = 3", name="currency"),)

    currency: str = Field(max_length=3, primary_key=True)
    day: date = Field(primary_key=True)
    rate: str = Field(max_length=40)
