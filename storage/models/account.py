"""account: a customer, with its master data."""

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint
from sqlmodel import Field

from storage.models.base import Table


class Account(Table, table=True):
    """One customer. `key` is the contract's account_id; `folded_name` is the name as searches compare it."""

    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint("length(key) > 0", name="key"),
        CheckConstraint("length(name) > 0", name="name"),
        CheckConstraint("seats_purchased >= 0", name="seats_purchased"),
        CheckConstraint("potential_mrr >= 0", name="potential_mrr"),
        CheckConstraint("length(currency) = 3", name="currency"),
        CheckConstraint(
            "lifecycle_stage IN ('onboarding', 'adoption', 'value', 'renewal', 'churned')", name="lifecycle_stage"
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=255, unique=True)
    name: str = Field(max_length=255)
    folded_name: str = Field(max_length=255, index=True)
    domain: str | None = Field(default=None, max_length=255, index=True)
    segment: str | None = Field(default=None, max_length=100, index=True)
    csm_email: str | None = Field(default=None, max_length=320, index=True)
    currency: str | None = Field(default=None, max_length=3)
    created_on: date | None = None
    lifecycle_stage: str | None = Field(default=None, max_length=20)
    industry: str | None = Field(default=None, max_length=100)
    country: str | None = Field(default=None, max_length=100)
    country_code: str | None = Field(default=None, max_length=2)
    """The ISO 3166 code of `country`, where it is understood."""
    language: str | None = Field(default=None, max_length=35)
    seats_purchased: int | None = None
    potential_mrr: int | None = Field(default=None, sa_type=BigInteger)
    """Minor units of `currency` (the company's where that is empty)."""
    renewal_on: date | None = None
    onboarding_started_on: date | None = None
    activated_on: date | None = None
    slack_channel_id: str | None = Field(default=None, max_length=32)
