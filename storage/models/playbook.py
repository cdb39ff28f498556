"""playbook: checklists that the company has written in Slack, or has changed there from those that come with Latido."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field

from storage.models.base import Table


class Playbook(Table, table=True):
    """One checklist; one with the id of a declared playbook (metrics.playbooks) stands in its place."""

    __tablename__ = "playbook"

    id: str = Field(max_length=50, primary_key=True)
    title: str = Field(max_length=150)
    rule_ids: list[str] = Field(sa_column=Column(JSON, nullable=False))
    """The signals that it is offered for."""
    steps: list[dict[str, Any]] = Field(sa_column=Column(JSON, nullable=False))
    """In order: text, and days until it is due."""
    edited_by: str = Field(max_length=32)
    edited_at: datetime
    removed: bool = False
