"""destination: what is known of a place that messages go to: when it may be written to again, or why not at all."""

from datetime import datetime

from sqlmodel import Field

from storage.models.base import Table


class Destination(Table, table=True):
    """One channel or person; a row is there from the first message on."""

    __tablename__ = "destination"

    id: str = Field(max_length=32, primary_key=True)
    owner: str | None = Field(default=None, max_length=32)
    """The Slack user who had messages sent there, to be told when it breaks; None: the admins."""
    broken_since: datetime | None = None
    """None: all is well."""
    reason: str | None = Field(default=None, max_length=100)
    """Slack's name for what is wrong (is_archived, not_in_channel …)."""
    told_at: datetime | None = None
    """When the owner was told that it is broken."""
    next_at: datetime | None = None
    """Not to be written to before: Slack's pace, or what it asked for (Retry-After)."""
