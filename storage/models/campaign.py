"""campaign: what a mailing did on a day, for an account or for all."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from storage.models.base import Table


class Campaign(Table, table=True):
    """Counts of unique recipients; `account_id` None where the source does not tell accounts apart."""

    __tablename__ = "campaign"
    __table_args__ = (
        UniqueConstraint("key", "day", "account_id"),
        Index(
            "uq_campaign_key_day_all",
            "key",
            "day",
            unique=True,
            sqlite_where=text("account_id IS NULL"),
            postgresql_where=text("account_id IS NULL"),
        ),
        Index("ix_campaign_sent", "day", "account_id", "sent", "opened", "clicked"),
        Index("ix_campaign_by_account", "account_id", "day", "sent", "opened"),
        CheckConstraint("length(key) > 0", name="key"),
        CheckConstraint("sent >= 0", name="sent"),
        CheckConstraint("opened >= 0", name="opened"),
        CheckConstraint("clicked >= 0", name="clicked"),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=255)
    day: date
    account_id: int | None = Field(default=None, foreign_key="account.id")
    name: str | None = Field(default=None, max_length=255)
    kind: str | None = Field(default=None, max_length=50)
    sent: int | None = None
    opened: int | None = None
    clicked: int | None = None
