"""schedule: what is to be posted regularly, where and when."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Index
from sqlmodel import Field

from storage.models.base import Table


class Schedule(Table, table=True):
    """One thing that happens regularly; `rule` and `zone` say when (metrics.timetable), the rest what and where."""

    __tablename__ = "schedule"
    __table_args__ = (
        CheckConstraint("length(destination) > 0", name="destination"),
        Index("ix_schedule_next", "paused", "next_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    job: str = Field(max_length=50)
    """What is made: "digest", "report"."""
    destination: str = Field(max_length=32)
    """A channel or a person."""
    owner: str = Field(max_length=32)
    """The Slack user who set it up."""
    book: str = Field(default="", max_length=500)
    """The accounts it is about, as commands.core.arguments.render_book writes them; empty: all."""
    rule: str = Field(max_length=100)
    """Names of days and a time: "mon 09:00", "mon-fri 08:30", "day 1 09:00"."""
    zone: str = Field(max_length=64)
    """IANA name."""
    language: str = Field(max_length=5)
    """en, es or ru."""
    options: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    paused: bool = False
    next_slot: str = Field(max_length=40)
    """The next occurrence's nominal local moment: 2026-11-23T09:00."""
    next_at: datetime
    """The same as an instant."""
    created_at: datetime
