"""alert_route: which alerts go where; the first one that fits decides."""

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from storage.models.base import Table


class AlertRoute(Table, table=True):
    """One line of the company's routing; an empty condition fits everything."""

    __tablename__ = "alert_route"
    __table_args__ = (CheckConstraint("severity IN ('urgent', 'warning', 'notice')", name="severity"),)

    id: int | None = Field(default=None, primary_key=True)
    position: int
    rule_id: str | None = Field(default=None, max_length=50)
    severity: str | None = Field(default=None, max_length=10)
    """Of at least this severity."""
    segment: str | None = Field(default=None, max_length=100)
    csm_email: str | None = Field(default=None, max_length=320)
    destination: str = Field(max_length=32)
    """A channel, a person, "csm" (the account's own) or "digest" (nobody by itself)."""
    language: str = Field(max_length=5)
    lead: str | None = Field(default=None, max_length=32)
    """The Slack user who is told when nobody takes such an alert in time; None: the company's lead."""
    owner: str = Field(max_length=32)
    """The Slack user who set it up."""
