"""survey_wave: one round of asking people the same question, started by somebody, by a schedule or by a trigger."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, LargeBinary, UniqueConstraint
from sqlmodel import Field

from storage.models.base import Table


class SurveyWave(Table, table=True):
    """One wave. Who was asked in it, who not and why, is in survey_ask."""

    __tablename__ = "survey_wave"
    __table_args__ = (
        UniqueConstraint("occurrence"),
        CheckConstraint("state IN ('waiting', 'running', 'over', 'withdrawn')", name="state"),
        CheckConstraint("place IN ('direct', 'channel', 'thread')", name="place"),
        CheckConstraint("one_in >= 1", name="one_in"),
    )

    id: int | None = Field(default=None, primary_key=True)
    occurrence: str = Field(max_length=200)
    """What it is, once: "form <view id>", "schedule <id> <slot>", "trigger <id> 2026-11"."""
    kind: str = Field(max_length=20)
    """The id of a declaration in metrics.surveys."""
    name: str = Field(default="", max_length=100)
    """As people call it: "Q4 2026"; empty: by kind and day."""
    series: str | None = Field(default=None, max_length=100, index=True)
    """What waves of one schedule or trigger have in common."""
    audience: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    """To whom, as metrics.asking.Audience.as_json writes it."""
    place: str = Field(default="direct", max_length=10)
    """A direct message to each person, one message in each account's shared channel, or in a thread there."""
    thread: str | None = Field(default=None, max_length=64)
    """For a thread: "C0123 1700000000.000100"."""
    wording: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    """The question by language, where it is not the usual one."""
    one_in: int = 1
    """A sample: one in so many is asked."""
    anonymous: bool = False
    secret: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True))
    """Of an anonymous wave while it runs: makes the mark against double answers; forgotten when it is over."""
    started_by: str | None = Field(default=None, max_length=32)
    """The Slack user who wanted it; None: a trigger did."""
    state: str = Field(default="waiting", max_length=10)
    start_at: datetime
    ends_at: datetime | None = None
    """When the last question that was sent expires; None until it has started."""
    card_outbox_id: int | None = Field(default=None, foreign_key="outbox.id", index=True)
    """The live card of whoever started it."""
    card_shown: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON, nullable=True))
    """The counts that the live card shows."""
    created_at: datetime
