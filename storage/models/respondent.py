"""respondent: what Slack says of a customer's person: their zone and language, and whether they are still there."""

from datetime import datetime

from sqlmodel import Field

from storage.models.base import Table


class Respondent(Table, table=True):
    """One Slack user who was, or is to be, asked."""

    __tablename__ = "respondent"

    user_id: str = Field(max_length=32, primary_key=True)
    team_id: str | None = Field(default=None, max_length=32)
    zone: str | None = Field(default=None, max_length=64)
    language: str | None = Field(default=None, max_length=5)
    gone: bool = False
    """Deactivated."""
    seen_at: datetime
