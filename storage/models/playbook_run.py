"""playbook_run: a checklist at work for one account."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Index
from sqlmodel import Field

from storage.models.base import Table


class PlaybookRun(Table, table=True):
    """One run of a playbook; its message is in the outbox, what is ticked off in playbook_step."""

    __tablename__ = "playbook_run"
    __table_args__ = (
        CheckConstraint("state IN ('running', 'done', 'stopped')", name="state"),
        CheckConstraint("outcome IN ('saved', 'lost', 'not_a_risk')", name="outcome"),
        Index("ix_playbook_run_by_account", "account_id", "started_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    playbook_id: str = Field(max_length=50)
    title: str = Field(max_length=150)
    """As it was called when it began."""
    account_id: int = Field(foreign_key="account.id")
    alert_id: int | None = Field(default=None, foreign_key="alert.id", index=True)
    owner: str = Field(max_length=32)
    state: str = Field(default="running", max_length=10)
    outcome: str | None = Field(default=None, max_length=12)
    note: str | None = Field(default=None, max_length=2000)
    language: str = Field(max_length=5)
    started_at: datetime
    ended_at: datetime | None = None
    due_on: date | None = None
    version: int = 1
    outbox_id: int | None = Field(default=None, foreign_key="outbox.id")
    """The message in which it stands."""
    presses: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    """What each person has last ticked in each group of boxes, and in which version of the message."""
