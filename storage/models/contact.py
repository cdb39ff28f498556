"""contact: a person at a customer."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from storage.models.base import Table


def _where(column: str) -> dict[str, Any]:
    """Few contacts have a value: an index of those alone."""
    known = text(f"{column} IS NOT NULL")
    return {"sqlite_where": known, "postgresql_where": known}


class Contact(Table, table=True):
    """One person; a point of contact where `is_poc`. Whoever left keeps the row, with the day."""

    __tablename__ = "contact"
    __table_args__ = (
        CheckConstraint("length(key) > 0", name="key"),
        CheckConstraint("role IN ('champion', 'decision_maker', 'admin', 'user', 'billing')", name="role"),
        Index("ix_contact_by_account", "account_id", "is_poc", "role", "started_on", "left_on"),
        Index("ix_contact_bounced", "account_id", **_where("bounced_on")),
        Index("ix_contact_slack_user", "slack_user_id", **_where("slack_user_id")),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=255, unique=True)
    account_id: int = Field(foreign_key="account.id")
    name: str = Field(max_length=255)
    email: str | None = Field(default=None, max_length=320)
    role: str | None = Field(default=None, max_length=20)
    is_poc: bool | None = None
    given_user_id: str | None = Field(default=None, max_length=32)
    """Their Slack account by the data."""
    slack_user_id: str | None = Field(default=None, max_length=32)
    """The same, else the one that was found by their address (storage.slack_ids)."""
    language: str | None = Field(default=None, max_length=35)
    started_on: date | None = None
    left_on: date | None = None
    bounced_on: date | None = None
    """The day on which mail to them came back."""
    activated_on: date | None = None
