"""outbox: every message that nobody asked for, from the moment it is decided until Slack has it, once."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Index, LargeBinary, UniqueConstraint, false, text
from sqlmodel import Field

from storage.models.base import Table

_HANGING = "edits IS NOT NULL OR thread_of IS NOT NULL"


def _where(those: str) -> dict[str, Any]:
    """An index of some of the messages: what is looked for at every turn is found at once, however many wait."""
    return {"sqlite_where": text(those), "postgresql_where": text(those)}


class OutboxMessage(Table, table=True):
    """One message to one destination; see storage.queries.outbox for its life."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("purpose", "occurrence", "destination"),
        CheckConstraint("state IN ('pending', 'sending', 'sent', 'failed', 'unknown')", name="state"),
        CheckConstraint("length(destination) > 0", name="destination"),
        Index("ix_outbox_due", "state", "to_customer", "due_at"),
        Index("ix_outbox_due_new", "state", "to_customer", "due_at", **_where("edits IS NULL")),
        Index("ix_outbox_due_edits", "state", "to_customer", "due_at", **_where("edits IS NOT NULL")),
        Index("ix_outbox_destination", "destination", "state", "id"),
        Index("ix_outbox_expires", "state", "expires_at", **_where("expires_at IS NOT NULL")),
        Index("ix_outbox_hanging", "state", "edits", "thread_of", **_where(_HANGING)),
    )

    id: int | None = Field(default=None, primary_key=True)
    purpose: str = Field(max_length=50)
    """What it is for: "digest", "alert", "report" …"""
    occurrence: str = Field(max_length=200)
    """Which time: a schedule's slot, an alert's id and version."""
    destination: str = Field(max_length=32)
    """A channel (C…, G…, D…) or a person (U…, W…), who gets a direct message."""
    to_customer: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """People of a customer read it: a survey's question. Everything else goes only where colleagues alone read."""
    mark: str = Field(max_length=40, unique=True)
    """Stands in one block_id of what is posted, so that it is found again in the channel; means nothing to others."""
    content: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    """Text, blocks and chart as JSON."""
    file_name: str | None = Field(default=None, max_length=255)
    file_bytes: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True))
    thread_of: int | None = Field(default=None, foreign_key="outbox.id", index=True)
    """The message under which it is posted."""
    edits: int | None = Field(default=None, foreign_key="outbox.id", index=True)
    """The message in whose place it is put; None: it is a message of its own."""
    state: str = Field(default="pending", max_length=10)
    due_at: datetime
    """Not before this moment."""
    expires_at: datetime | None = None
    """Not after this moment: it has failed then. None: whenever it can be."""
    attempts: int = 0
    looks: int = 0
    """How often it has been looked for in its channel since the last attempt, and not been found."""
    attempted_at: datetime | None = None
    lease_until: datetime | None = None
    """Until when the process that sends it is believed to be alive."""
    owner: str | None = Field(default=None, max_length=64)
    """The process that sends it."""
    owner_user: str | None = Field(default=None, max_length=32)
    """The Slack user who wanted it sent there; None: the admins did."""
    error: str | None = Field(default=None, max_length=500)
    """Why it is not sent, in Slack's words."""
    channel_id: str | None = Field(default=None, max_length=32)
    """Where it stands, once sent."""
    ts: str | None = Field(default=None, max_length=32)
    file_id: str | None = Field(default=None, max_length=32)
    created_at: datetime
    settled_at: datetime | None = None
