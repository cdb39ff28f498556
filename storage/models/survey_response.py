"""survey_response: what a person answered to an NPS, CSAT or CES question."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from storage.models.base import Table


class SurveyResponse(Table, table=True):
    """One answer, kept as given; scores are computed, never stored."""

    __tablename__ = "survey_response"
    __table_args__ = (
        CheckConstraint("length(key) > 0", name="key"),
        CheckConstraint(
            "(kind = 'nps' AND score BETWEEN 0 AND 10) OR (kind IN ('csat', 'ces') AND score BETWEEN 1 AND 5)",
            name="score",
        ),
        Index("ix_survey_response_answers", "responded_at", "kind", "contact_id", "score", "account_id"),
        Index("ix_survey_response_by_account", "account_id", "responded_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=255, unique=True)
    account_id: int = Field(foreign_key="account.id")
    contact_id: int | None = Field(default=None, foreign_key="contact.id", index=True)
    kind: str = Field(max_length=10)
    score: int
    comment: str | None = Field(default=None, max_length=10000)
    responded_at: datetime
