"""usage_day: what anybody used on a day, all accounts together."""

from datetime import date

from sqlalchemy import Column, String
from sqlmodel import Field

from storage.columns import Day
from storage.models.base import Table


class UsageDay(Table, table=True):
    """A roll-up of `usage`, written with it: how fresh the feed is and which features exist, without reading it all.

    One row for each feature that some account used on that day; `feature` is empty text for use that names none.
    """

    __tablename__ = "usage_day"
    __table_args__ = ({"sqlite_with_rowid": False},)

    day: date = Field(sa_column=Column(Day, primary_key=True))
    feature: str = Field(sa_column=Column(String(255), primary_key=True))
