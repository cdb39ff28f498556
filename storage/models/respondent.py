"""respondent: what Slack says of a customer's person: address, zone and language, and whether they are still there."""

from datetime import datetime

from sqlmodel import Field

from storage.models.base import Table


class Respondent(Table, table=True):
    """One Slack user who was, or may be, asked a question; those who turn out to be colleagues have no address."""

    __tablename__ = "respondent"

    user_id: str = Field(max_length=32, primary_key=True)
    team_id: str | None = Field(default=None, max_length=32)
    zone: str | None = Field(default=None, max_length=64)
    language: str | None = Field(default=None, max_length=5)
    gone: bool = False
    """Deactivated."""
    email: str | None = Field(default=None, max_length=320)
    """In lower case; None: Slack does not tell, or it is nobody's whom customers' surveys are for."""
    seen_at: datetime
    """When Slack was last asked about them."""
