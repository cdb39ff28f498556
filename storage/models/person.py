"""person: a colleague whom messages go to: how they are reached, and what they want to hear when."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field

from storage.models.base import Table


class Person(Table, table=True):
    """One Slack user of the company; `preferences` are theirs (commands.core.preferences), empty: as for everybody."""

    __tablename__ = "person"

    user_id: str = Field(max_length=32, primary_key=True)
    email: str | None = Field(default=None, max_length=320, index=True)
    """In lower case."""
    name: str = Field(default="", max_length=200)
    """As colleagues call them."""
    language: str = Field(default="en", max_length=5)
    zone: str | None = Field(default=None, max_length=64)
    preferences: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    seen_at: datetime
    """When Slack was last asked about them."""
