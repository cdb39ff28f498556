"""alert: a signal that fired for an account, from entry to recovery, and what people made of it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, Column, Index, text
from sqlmodel import Field

from storage.models.base import Table

_OPEN = text("cleared_at IS NULL")


class Alert(Table, table=True):
    """One alert. While its signal holds (`cleared_at` empty) account, rule and subject have no second one."""

    __tablename__ = "alert"
    __table_args__ = (
        CheckConstraint("severity IN ('urgent', 'warning', 'notice')", name="severity"),
        CheckConstraint("state IN ('open', 'taken', 'snoozed', 'recovered', 'closed')", name="state"),
        CheckConstraint("outcome IN ('saved', 'lost', 'not_a_risk')", name="outcome"),
        Index(
            "uq_alert_held",
            "account_id",
            "rule_id",
            "subject",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_alert_state", "state", "due_on"),
        Index(
            "ix_alert_news",
            "state",
            "changed_at",
            sqlite_where=text("cleared_at IS NULL AND held IS 0"),
            postgresql_where=text("cleared_at IS NULL AND held IS false"),
        ),
        Index("ix_alert_by_account", "account_id", "opened_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    rule_id: str = Field(max_length=50)
    subject: str = Field(default="", max_length=50, sa_column_kwargs={"server_default": ""})
    """Which of several things that a rule may see in one account: "answer 812", "contact 55"; most see one alone."""
    severity: str = Field(max_length=10)
    worst: str = Field(max_length=10)
    """The most severe that it has been: people are told again only of what is worse."""
    why: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    """The finding's sentence, to be said in any language."""
    since: date | None = None
    """Since when, as the rule saw it; None: it cannot tell."""
    mrr: int = Field(sa_type=BigInteger)
    """At stake, in minor units."""
    currency: str = Field(max_length=3)
    state: str = Field(default="open", max_length=10)
    opened_at: datetime
    changed_at: datetime
    version: int = 1
    """Counts changes that people should see."""
    taken_by: str | None = Field(default=None, max_length=32)
    """A Slack user."""
    taken_at: datetime | None = None
    due_on: date | None = None
    snoozed_until: datetime | None = None
    outcome: str | None = Field(default=None, max_length=12)
    note: str | None = Field(default=None, max_length=2000)
    closed_at: datetime | None = None
    silent_since: datetime | None = None
    """When the signal was first not seen any more; None: it is there."""
    cleared_at: datetime | None = None
    """When it had been gone for long enough; from then on the rule may fire anew."""
    escalated_at: datetime | None = None
    """When the lead was told that nobody took it in time."""
    held: bool = False
    """Not told to anybody by itself: it waits for the digest."""
