"""contact_sign: what Slack itself told about a customer's person: deactivated, or gone from the shared channel."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, String
from sqlmodel import Field

from storage.models.base import Table


class ContactSign(Table, table=True):
    """One sign that a contact has left, as Slack last told of it: one that it took back is kept without a day."""

    __tablename__ = "contact_sign"
    __table_args__ = (
        CheckConstraint("kind IN ('deactivated', 'left_channel')", name="kind"),
        {"sqlite_with_rowid": False},
    )

    contact_id: int = Field(sa_column=Column(Integer, ForeignKey("contact.id"), primary_key=True))
    kind: str = Field(sa_column=Column(String(20), primary_key=True))
    day: date | None = None
    """Since when; None: they are there."""
    told_at: datetime
    """When it happened in Slack, so that what arrives late does not undo what happened after it."""
