"""ticket: a support case."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from storage.models.base import Table


class Ticket(Table, table=True):
    """One support case; moments are aware UTC."""

    __tablename__ = "ticket"
    __table_args__ = (
        CheckConstraint("length(key) > 0", name="key"),
        CheckConstraint("customer_contacts >= 0", name="customer_contacts"),
        Index("ix_ticket_opened", "opened_at", "first_response_at", "escalated", "priority", "account_id"),
        Index("ix_ticket_resolved", "resolved_at", "customer_contacts", "account_id"),
        Index("ix_ticket_by_account", "account_id", "opened_at", "resolved_at", "escalated"),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=255, unique=True)
    account_id: int = Field(foreign_key="account.id")
    opened_at: datetime
    first_response_at: datetime | None = None
    resolved_at: datetime | None = None
    customer_contacts: int | None = None
    escalated: bool | None = None
    priority: str | None = Field(default=None, max_length=50)
    csm_email: str | None = Field(default=None, max_length=320)
