"""job_run: one run of one job for one occurrence; who inserts the row runs it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Index
from sqlmodel import Field

from storage.models.base import Table


class JobRun(Table, table=True):
    """A run; its key is the occurrence, so that it happens once however many processes there are."""

    __tablename__ = "job_run"
    __table_args__ = (
        CheckConstraint("state IN ('running', 'done', 'failed', 'dropped')", name="state"),
        Index("ix_job_run_state", "state", "lease_until"),
    )

    job: str = Field(max_length=50, primary_key=True)
    subject: str = Field(default="", max_length=50, primary_key=True)
    """What it is about, where a job has many: a schedule's id."""
    slot: str = Field(max_length=40, primary_key=True)
    """The nominal local day or moment: 2026-11-23 or 2026-11-23T09:00."""
    state: str = Field(default="running", max_length=10)
    owner: str = Field(max_length=64)
    """The process that runs it."""
    started_at: datetime
    heartbeat_at: datetime
    lease_until: datetime
    """After this moment another process may take it over."""
    attempts: int = 1
    late: bool = False
    ended_at: datetime | None = None
    said: str | None = Field(default=None, max_length=1000)
    """What it did, or why it failed, in a line."""
    result: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON, nullable=True))
    """What later runs compare with: a digest's figures."""
