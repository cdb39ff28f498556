"""survey_response: what a person answered to a survey question."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from storage.models.base import Table


def _where(column: str) -> dict[str, Any]:
    known = text(f"{column} IS NOT NULL")
    return {"sqlite_where": known, "postgresql_where": known}


class SurveyResponse(Table, table=True):
    """One answer, kept as given; scores are computed, never stored."""

    __tablename__ = "survey_response"
    __table_args__ = (
        CheckConstraint("length(key) > 0", name="key"),
        CheckConstraint("(score IS NULL) <> (choice IS NULL)", name="score"),
        Index(
            "ix_survey_response_answers",
            "responded_at",
            "kind",
            "contact_id",
            "score",
            "account_id",
            "voided_at",
        ),
        Index("ix_survey_response_by_account", "account_id", "responded_at"),
        Index("ix_survey_response_ask", "ask_id", **_where("ask_id")),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=255, unique=True)
    account_id: int = Field(foreign_key="account.id")
    contact_id: int | None = Field(default=None, foreign_key="contact.id", index=True)
    kind: str = Field(max_length=10)
    score: int | None = None
    """On the kind's scale; None for a kind whose answer is a choice."""
    choice: str | None = Field(default=None, max_length=50)
    """For a kind whose answer is one of several (exit: why they leave)."""
    comment: str | None = Field(default=None, max_length=10000)
    responded_at: datetime
    ask_id: int | None = Field(default=None, foreign_key="survey_ask.id")
    """The question of ours that it answers; None: it came in from elsewhere."""
    responder: str | None = Field(default=None, max_length=32)
    """The Slack user who answered, or, for an exit reason that a colleague told, that colleague."""
    language: str | None = Field(default=None, max_length=5)
    voided_at: datetime | None = None
    """It is in no figure from then on."""
    voided_by: str | None = Field(default=None, max_length=32)
    void_reason: str | None = Field(default=None, max_length=300)
