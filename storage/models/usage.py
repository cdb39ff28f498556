"""usage: what was done in the product, by account, day, user and feature."""

from datetime import date

from sqlalchemy import CheckConstraint, Column, Float, ForeignKey, Integer, String
from sqlmodel import Field

from storage.columns import Day
from storage.models.base import Table


class Usage(Table, table=True):
    """The tallest table, kept in the order in which it is asked: clustered by account and day.

    `user_key` and `feature` are part of the key and empty text where the source does not say.
    """

    __tablename__ = "usage"
    __table_args__ = (
        CheckConstraint("sessions >= 0", name="sessions"),
        CheckConstraint("events >= 0", name="events"),
        CheckConstraint("minutes >= 0", name="minutes"),
        {"sqlite_with_rowid": False},
    )

    account_id: int = Field(sa_column=Column(Integer, ForeignKey("account.id"), primary_key=True))
    day: date = Field(sa_column=Column(Day, primary_key=True))
    user_key: str = Field(sa_column=Column(String(255), primary_key=True))
    feature: str = Field(sa_column=Column(String(255), primary_key=True))
    sessions: int | None = None
    events: int | None = None
    minutes: float | None = Field(default=None, sa_type=Float)
