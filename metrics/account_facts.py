"""What is known of one account on a day: what health factors look at and rules judge.

Conventions as in metrics.types: a part is None where nothing is known of it, a count is never None.
"""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from metrics.types import Money


class UsageFacts(NamedTuple):
    """An account's use of the product up to a day. Windows end on that day and include it."""

    first_on: date
    last_on: date
    active_days_28: int
    active_days_before: int
    """In the 28 days before those 28."""
    sessions_28: int
    sessions_before: int
    sessions_90: int
    users_28: int
    """Distinct named users."""
    users_before: int
    features_14: int
    """Distinct named features used in 14 days."""
    features_tracked: int
    """Distinct named features that anybody of the company's customers used in 90 days; 0 means none are tracked."""
    until: date | None = None
    """The day with which all windows end, the last one with usage of anybody; None: the day asked about."""


class ContactFacts(NamedTuple):
    """The people of an account on a day."""

    points: int
    """Points of contact who are there."""
    points_left_90: int
    """Points of contact who left in the last 90 days."""
    champions: int
    """Champions and decision makers who are there."""
    champions_left_90: int
    last_left_on: date | None
    """When the last point of contact left (within 90 days)."""
    last_left_name: str | None
    points_active_28: int | None
    """Points of contact seen in the product or in tickets and surveys in 28 days; None: nothing tells people apart."""


class VoiceFacts(NamedTuple):
    """What an account's people answered in the last 180 days, the latest answer of each contact and kind."""

    nps_answers: int
    promoters: int
    detractors: int
    ratings: int
    """CSAT and CES answers."""
    ratings_sum: int
    """Their sum, 1 to 5 each."""
    last_low_on: date | None
    """The last detractor, or CSAT or CES of 1 or 2."""
    last_low_kind: str | None
    last_low_score: int | None
    last_low_comment: str | None


class ServiceFacts(NamedTuple):
    """An account's support tickets up to a day."""

    opened_28: int
    opened_before: int
    """In the 84 days before those 28 (three windows of the same length)."""
    open_now: int
    escalated_open: int
    escalated_90: int
    oldest_escalated_on: date | None
    """When the oldest ticket that is escalated and still open was opened."""


class MoneyFacts(NamedTuple):
    """How an account pays."""

    invoices_365: int
    failed_open: int
    """Invoices that failed and are not paid yet."""
    failed_amount: Money | None
    failed_on: date | None
    """When the oldest of them failed."""
    overdue_days: int
    """Days since the oldest invoice that is due and not paid; 0 means none is."""
    contraction_90: int
    """MRR lost to contraction in 90 days, in the report's minor units."""
    mrr_before_90: int
    """MRR 90 days ago."""


class CampaignFacts(NamedTuple):
    """What an account did with the campaigns it was sent; those whose source does not count openings are left out."""

    sent_90: int
    """Campaign days of the last 90 on which something was sent to it."""
    opened_90: int
    """Of them, those on which anybody there opened it."""
    opened_before: int
    """The same of the 275 days before those 90: together they are the last 365."""
    last_opened_on: date | None
    """The last day of those 365 of which it opened something."""


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """What factors and rules look at for one account on one day; a part is None where nothing is known of it."""

    account_id: int
    key: str
    name: str
    segment: str | None
    csm_email: str | None
    as_of: date
    mrr: Money
    """In the company's currency."""
    lifecycle_stage: str | None = None
    created_on: date | None = None
    renewal_on: date | None = None
    onboarding_started_on: date | None = None
    activated_on: date | None = None
    seats_purchased: int | None = None
    usage: UsageFacts | None = None
    contacts: ContactFacts | None = None
    voice: VoiceFacts | None = None
    service: ServiceFacts | None = None
    money: MoneyFacts | None = None
    campaigns: CampaignFacts | None = None
    usage_stopped_on: date | None = None
    """The last day with usage of anybody, where the feed has stopped; `usage` is None then. None: it comes in."""

    @property
    def used_until(self) -> date:
        """The day with which the windows of usage end."""
        return (self.usage and self.usage.until) or self.as_of
