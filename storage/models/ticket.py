"""ticket: a support case."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from storage.models.base import Table


class Ticket(Table, table=True):
    """One support case; moments are aware UTC."""

    __tablename__ = "ticket"
    __table_args__ = (
        CheckConstraint("length(key) > 0", name="key"),
        CheckConstraint("customer_contacts >= 0", name="customer_contacts"),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=255, unique=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    opened_at: datetime
    first_response_at: datetime | None = None
    resolved_at: datetime | None = None
    customer_contacts: int | None = None
    escalated: bool | None = None
    priority: str | None = Field(default=None, max_length=50)
    csm_email: str | None = Field(default=None, max_length=320)
