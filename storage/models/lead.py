"""lead: somebody who may become a customer."""

from datetime import date

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from storage.models.base import Table


class Lead(Table, table=True):
    """One lead and the days on which it went on."""

    __tablename__ = "lead"
    __table_args__ = (CheckConstraint("length(key) > 0", name="key"),)

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=255, unique=True)
    created_on: date = Field(index=True)
    source: str | None = Field(default=None, max_length=255)
    content: str | None = Field(default=None, max_length=255)
    mql_on: date | None = None
    sql_on: date | None = None
    converted_on: date | None = None
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
