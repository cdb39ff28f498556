"""What is known of one account on a day: what health factors look at and rules judge.

Conventions as in metrics.types: a part is None where nothing is known of it, a count is never None.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from metrics.feeds import NO_STOPS, Stops
from metrics.types import LeftBy, Money


class DaysOff(NamedTuple):
    """The days on which an account's country does not work, and the use that comparisons leave out for them.

    A day off of the last 28 is left out together with the day 28 days before it, one of the 28 before those with the
    day 28 days after it: what is left of both windows has the same weekdays.
    """

    days: tuple[date, ...]
    """Those of the last 365, in order."""
    left_out: int
    """Days left out of the last 28, and as many of the 28 before."""
    left_out_before: int
    """Days left out of the 62 before the last 28, among them those of the 28 before."""
    active_days_28: int = 0
    """Of the days left out, as all that follow."""
    active_days_before: int = 0
    sessions_28: int = 0
    sessions_before: int = 0
    sessions_90: int = 0


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
    off: DaysOff | None = None
    """None: its country is not known, or has worked throughout."""


class QuietPoint(NamedTuple):
    """A point of contact who used the product in a habit and is not seen any more."""

    name: str
    champion: bool
    """Or a decision maker."""
    last_seen_on: date
    active_days: int
    """Their days of use of the last 180."""


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
    last_left_by: LeftBy = LeftBy.SAID
    quiet: tuple[QuietPoint, ...] = ()
    """Those there who used to be seen, have not been for 28 days, and whose account is used on all the same."""


class Answered(NamedTuple):
    """One answer to a survey."""

    id: int
    kind: str
    score: int
    on: date
    comment: str | None = None
    contact_id: int | None = None
    """None: nobody knows whose it is."""
    who: str | None = None
    """What they are called."""


class VoiceFacts(NamedTuple):
    """What an account's people answered in the last 180 days, the latest answer of each contact and kind."""

    nps_answers: int
    promoters: int
    detractors: int
    ratings: int
    """CSAT and CES answers."""
    ratings_sum: int
    """Their sum, 1 to 5 each."""
    low: tuple[Answered, ...] = ()
    """Every low answer (a detractor, a CSAT or CES of 1 or 2) after which its author gave no better one of the kind,
    the latest first."""
    promoting: tuple[Answered, ...] = ()
    """The answers of those among the promoters who are known, the latest first."""


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
    recovered_on: date | None = None
    """When the last payment that had failed was made after all (within 14 days); None: while others are still open,
    and where there was none."""


class ContractionFacts(NamedTuple):
    """How much less an account pays than it did; from subscriptions, whatever comes of its invoices."""

    lost_90: int
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


class OpinionFacts(NamedTuple):
    """What somebody of the company thinks of an account, as it held on the day."""

    score: int
    """1 (they will be lost) to 5 (they will stay)."""
    author: str
    """What its author was called when they gave it."""
    note: str | None
    """Why, for colleagues only."""
    given_on: date
    expires_on: date
    """The first day on which it no longer counts."""

    @property
    def last_on(self) -> date:
        """The last day on which it counts."""
        return self.expires_on - timedelta(days=1)


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
    contraction: ContractionFacts | None = None
    campaigns: CampaignFacts | None = None
    stopped: Stops = field(default_factory=lambda: NO_STOPS, hash=False)
    """The feeds of the whole company that have stopped: the parts that rest on them are None, for everybody."""
    opinion: OpinionFacts | None = None
    """The one that counts; None: nobody has given any that still holds."""
    advocated_on: date | None = None
    """When it last did something for us in public; None: it never did."""

    @property
    def used_until(self) -> date:
        """The day with which the windows of usage end."""
        return (self.usage and self.usage.until) or self.as_of
