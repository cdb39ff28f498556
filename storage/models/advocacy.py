"""advocacy: what customers did for us in public."""

from datetime import date

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from storage.models.base import Table


class Advocacy(Table, table=True):
    """One referral, review, case study, reference or talk."""

    __tablename__ = "advocacy"
    __table_args__ = (
        CheckConstraint("length(key) > 0", name="key"),
        CheckConstraint("kind IN ('referral', 'review', 'case_study', 'reference', 'talk')", name="kind"),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=255, unique=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    kind: str = Field(max_length=20)
    day: date
    note: str | None = Field(default=None, max_length=10000)
