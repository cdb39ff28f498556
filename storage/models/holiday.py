"""holiday: the days on which the countries that accounts are in do not work, kept so that SQL can leave them out."""

from datetime import date

from sqlalchemy import Column
from sqlmodel import Field

from storage.columns import Day
from storage.models.base import Table


class Holiday(Table, table=True):
    """One day off of a country, whose ISO 3166 code of two letters it has; storage.holidays says which they are."""

    __tablename__ = "holiday"
    __table_args__ = ({"sqlite_with_rowid": False},)

    country: str = Field(max_length=2, primary_key=True)
    day: date = Field(sa_column=Column(Day, primary_key=True))
