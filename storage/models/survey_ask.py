"""survey_ask: one person, or one shared channel, in a wave: asked, or not asked and why."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Index, UniqueConstraint
from sqlmodel import Field

from storage.models.base import Table


class SurveyAsk(Table, table=True):
    """One decision about one person and wave, and what became of it. Nobody is in a wave twice."""

    __tablename__ = "survey_ask"
    __table_args__ = (
        UniqueConstraint("occasion"),
        UniqueConstraint("token"),
        CheckConstraint(
            "state IN ('skipped', 'queued', 'sent', 'answered', 'declined', 'expired', 'withdrawn', 'failed')",
            name="state",
        ),
        CheckConstraint("(state = 'skipped') = (token IS NULL)", name="token"),
        Index("ix_survey_ask_wave", "wave_id", "state"),
        Index("ix_survey_ask_contact", "contact_id", "kind", "asked_at"),
        Index("ix_survey_ask_account", "account_id", "kind", "asked_at"),
        Index("ix_survey_ask_destination", "destination", "kind", "asked_at"),
        Index("ix_survey_ask_asked", "asked_at", "state", "account_id"),
        Index("ix_survey_ask_state", "state", "expires_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    wave_id: int = Field(foreign_key="survey_wave.id")
    kind: str = Field(max_length=20)
    account_id: int = Field(foreign_key="account.id")
    contact_id: int | None = Field(default=None, foreign_key="contact.id")
    """None: everybody of the account in its shared channel."""
    occasion: str = Field(max_length=200)
    """Unique: "<wave> c<contact>", "<wave> a<account>", for a trigger what happened: "ticket 881 c55"."""
    state: str = Field(default="queued", max_length=10)
    reason: str | None = Field(default=None, max_length=30)
    """Why not asked, withdrawn or failed: the value of a metrics.asking.Reason, or Slack's word."""
    detail: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    """What the reason rests on, or what happened for a trigger: plain JSON for sentences."""
    token: str | None = Field(default=None, max_length=40)
    """Stands in the buttons; means nothing to anybody else."""
    destination: str | None = Field(default=None, max_length=32)
    """The person (U…) or channel (C…)."""
    language: str = Field(default="en", max_length=5)
    outbox_id: int | None = Field(default=None, foreign_key="outbox.id", index=True)
    reminder_id: int | None = Field(default=None, foreign_key="outbox.id", index=True)
    decided_at: datetime
    asked_at: datetime | None = None
    """When it was sent; until then when it is to be sent. None: not asked."""
    remind_at: datetime | None = None
    """When to remind; None: not, or done."""
    expires_at: datetime | None = None
    settled_at: datetime | None = None
    """When it was answered, declined, withdrawn, failed or expired; of an anonymous wave None where answered."""
