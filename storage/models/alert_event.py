"""alert_event: what happened to an alert, in order: its history, and what its quality is counted from."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index
from sqlmodel import Field

from storage.models.base import Table


class AlertEvent(Table, table=True):
    """One step of an alert's life: opened, worsened, taken, snoozed, woken, voted, escalated, recovered or closed."""

    __tablename__ = "alert_event"
    __table_args__ = (Index("ix_alert_event_by_alert", "alert_id", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    alert_id: int = Field(foreign_key="alert.id")
    at: datetime
    kind: str = Field(max_length=20)
    actor: str | None = Field(default=None, max_length=32)
    """The Slack user; None: the bot."""
    detail: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
