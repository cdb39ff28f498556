"""opinion: what somebody of the company thinks of an account's health, until a day."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from storage.models.base import Table


class Opinion(Table, table=True):
    """One opinion; the latest of an account that was not withdrawn is the one that counts, until it expires."""

    __tablename__ = "opinion"
    __table_args__ = (
        CheckConstraint("score BETWEEN 1 AND 5", name="score"),
        Index("ix_opinion_by_account", "account_id", "given_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    author: str = Field(max_length=32)
    """The Slack user."""
    author_name: str = Field(max_length=255)
    """As they were called then."""
    score: int
    note: str | None = Field(default=None, max_length=2000)
    given_at: datetime
    expires_on: date
    """The first day on which it no longer counts."""
    withdrawn_at: datetime | None = None
