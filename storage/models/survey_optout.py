"""survey_optout: people who want no more survey questions."""

from datetime import datetime

from sqlmodel import Field

from storage.models.base import Table


class SurveyOptout(Table, table=True):
    """One person, as Slack knows them; taken back by deleting the row."""

    __tablename__ = "survey_optout"

    user_id: str = Field(max_length=32, primary_key=True)
    contact_id: int | None = Field(default=None, foreign_key="contact.id", index=True)
    said_at: datetime
