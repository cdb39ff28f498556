"""unknown_email: addresses of CSMs whom Slack does not know as colleagues, so that it is not asked all the time."""

from datetime import datetime

from sqlmodel import Field

from storage.models.base import Table


class UnknownEmail(Table, table=True):
    """One address, in lower case."""

    __tablename__ = "unknown_email"

    email: str = Field(max_length=320, primary_key=True)
    asked_at: datetime
