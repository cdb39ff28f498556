"""What each family of figures is computed from: the totals of a book of accounts in a period, beside RevenueFacts.

Conventions as in metrics.types. A count is never None: where nothing is known of a thing at all, the field that says
so is None and every figure of it has no answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final, NamedTuple

from metrics.parts import SAME_FOR_ALL
from metrics.types import Band, RevenueFacts

UNPAID_DAYS: Final = 30
"""What tools that end unpaid customers wait for by default."""


@dataclass(frozen=True, slots=True)
class TrailingFacts:
    """The twelve months that end with the period's last day."""

    year: RevenueFacts


@dataclass(frozen=True, slots=True)
class ValueFacts:
    """What customers are worth and what keeping them costs; amounts in minor units of `revenue.currency`."""

    revenue: RevenueFacts
    """Of the period."""
    churn: tuple[tuple[int, int], ...] = ()
    """Customers at opening and customers lost, of each of the trailing twelve months; (0, 0) where there were none."""
    paid: int | None = None
    """Revenue paid in the period (invoices by the day they were paid); None: no invoices are known."""
    costs: int | None = None
    """Costs of keeping customers in the period; None: no costs are known."""
    months: Fraction = field(default=Fraction(1), metadata={SAME_FOR_ALL: True})
    """How long the period is: days ÷ days of its calendar months; 1 for a whole month, 3 for a quarter."""
    gross_margin: Fraction = field(default=Fraction(1), metadata={SAME_FOR_ALL: True})


@dataclass(frozen=True, slots=True)
class PayerFacts:
    """Who paid in the 365 days that end with the period."""

    payers: int = 0
    """Accounts with at least one paid invoice."""
    repeat_payers: int = 0
    """Of them, those with at least two."""


@dataclass(frozen=True, slots=True)
class PortfolioFacts:
    """What a book of accounts gained and lost, and what its renewals brought."""

    revenue: RevenueFacts
    renewal_uplift: int = 0
    """Expansion by price on a renewal day; it is part of `revenue.expansion`."""
    renewed_unchanged: int = 0
    """MRR that was renewed as it was."""


@dataclass(frozen=True, slots=True)
class PaymentFacts:
    """Payments that failed, and what became of them."""

    failed: int = 0
    """Invoices whose payment failed in the period; those that were voided are left out."""
    recovered: int = 0
    """Of them, those paid by its end."""
    days: tuple[int, ...] = ()
    """Of each invoice that was paid in the period after it had failed, the days between."""


@dataclass(frozen=True, slots=True)
class PointsFacts:
    """Points of contact of the accounts that were customers at opening."""

    opening: int = 0
    left: int = 0
    """Of them, those who left in the period."""


@dataclass(frozen=True, slots=True)
class RenewalFacts:
    """Renewals due in the period and not later than the day asked; amounts in minor units of `currency`."""

    currency: str
    due: int = 0
    """Accounts that paid something on the day before their renewal was due."""
    renewed: int = 0
    """Of them, those that still paid at the end of that day."""
    due_mrr: int = 0
    """What they paid the day before."""
    renewed_mrr: int = 0
    """The sum of min(before, after) over those that renewed."""
    uplift: int = 0
    """Expansion by price on the renewal day."""
    unchanged: int = 0
    """MRR of those whose MRR is the same before and after."""
    undecided: int = 0
    """Accounts whose renewal is due later in the period than the day asked."""
    undecided_mrr: int = 0


@dataclass(frozen=True, slots=True)
class VoiceTotals:
    """Answers in the period: of each contact the latest of each kind; answers of nobody stand for themselves."""

    promoters: int = 0
    passives: int = 0
    detractors: int = 0
    csat_answers: int = 0
    csat_good: int = 0
    """Answers 4 and 5."""
    ces_answers: int = 0
    ces_sum: int = 0
    ces_easy: int = 0
    """Answers 4 and 5."""
    delivered: int | None = None
    """Questions that reached somebody; None: nobody told us of any."""
    answered: int = 0
    """Of them, those that were answered."""


@dataclass(frozen=True, slots=True)
class ProductTotals:
    """Use of the product in the 28 days that end with the period's last day with usage data."""

    customers: int = 0
    """On that day."""
    known: bool = False
    """There is usage of anybody in those days or the 28 before."""
    by_feature: Mapping[str, int] = field(default_factory=dict)
    """Customers that used each feature in the 28 days; every feature that anybody used in 90 days is in it."""
    using: int = 0
    """Customers that used anything."""
    daily_users: int = 0
    """Distinct active users of each day, summed over the 28 days."""
    users: int = 0
    """Distinct active users of the 28 days."""
    user_weeks: int = 0
    """Distinct active users of each of the four weeks, summed."""
    sessions: int = 0
    """Of named users, in the 28 days."""
    seconds: int = 0
    """How long they took."""
    use_now: int = 0
    """Sessions of everybody in the 28 days (active account days where nobody counts sessions)."""
    use_before: int = 0
    """The same in the 28 days before."""


@dataclass(frozen=True, slots=True)
class OnboardingTotals:
    """Accounts and users on their way to using the product."""

    users_started: int = 0
    """Contacts who started in the period."""
    users_activated: int = 0
    """Of them, those who have reached activation by the period's end."""
    days: tuple[int, ...] = ()
    """Days from start to activation of each account that was activated in the period, ascending."""
    in_progress: int = 0
    """Accounts that have started and are not activated at the period's end."""
    stalled: int = 0
    """Of them, those for longer than the company gives them."""
    known: bool = False
    """The onboarding of one of the accounts is known to have begun by the period's end."""


@dataclass(frozen=True, slots=True)
class ServiceTotals:
    """Support tickets of the period: opened, answered and resolved in it."""

    known: bool = False
    """Anybody's tickets are known by the period's end."""
    response_minutes: tuple[int, ...] = ()
    """Whole minutes to the first response of each ticket opened in the period that has one, ascending."""
    opened: int = 0
    escalated: int = 0
    """Of the opened ones."""
    resolved: int = 0
    """Resolved in the period, with a known number of customer contacts."""
    resolved_at_first: int = 0
    """Of them, those with one customer contact."""
    contacts: int = 0
    """Their customer contacts together."""
    customers: Fraction = Fraction(0)
    """The mean of customers at opening and closing."""


@dataclass(frozen=True, slots=True)
class PipelineTotals:
    """Leads created in the period and what has become of them by now."""

    leads: int = 0
    mql: int = 0
    sql: int = 0
    """Of the MQLs, those that asked for a trial."""
    converted: int = 0
    """Of the leads."""


@dataclass(frozen=True, slots=True)
class CampaignTotals:
    """Campaigns of the period: unique recipients, summed over campaigns and accounts."""

    sent: int = 0
    opened: int = 0
    clicked: int = 0


@dataclass(frozen=True, slots=True)
class AdvocacyTotals:
    """What customers did for the company in the period."""

    by_kind: Mapping[str, int] = field(default_factory=dict)
    """Entries by kind: referral, review, case_study, reference, talk."""


@dataclass(frozen=True, slots=True)
class HealthTotals:
    """Health of the customers on the period's last day (or today, if it is still running), from stored snapshots."""

    currency: str
    customers: Mapping[Band, int] = field(default_factory=dict)
    """Customers with a score, by band."""
    mrr: Mapping[Band, int] = field(default_factory=dict)
    """Their MRR by band."""
    scores: int = 0
    """The sum of their scores."""
    unknown: int = 0
    """Customers without a score."""
    at_risk: int = 0
    """Customers in the poor band."""


class BookDay(NamedTuple):
    """One day of a book: where it stood that morning, and what it lost."""

    customers: int
    churned: int
    """How many went from some MRR to none."""
    mrr: int
    lost: int
    """The MRR that it had less in the evening, not counting new customers; negative where it had more."""


@dataclass(frozen=True, slots=True)
class ChurnFacts:
    """Everything that some definition of churn counts, for a book in a period, by one company's rules.

    Amounts are minor units of `currency`; the five movements are positive.
    """

    currency: str
    opening: int = 0
    new: int = 0
    reactivation: int = 0
    expansion: int = 0
    contraction: int = 0
    churn: int = 0
    customers_opening: int = 0
    customers_closing: int = 0
    customers_lost: int = 0
    """Customers at opening that are none at closing."""
    churns: int = 0
    """How often an account went from some MRR to none: twice for one that came back and left again."""
    came_and_left: int = 0
    """Accounts that were no customers at opening and none at closing, and were between."""
    came_and_left_mrr: int = 0
    """The MRR they left with: part of what came and of the churn."""
    arrivals: int = 0
    """How often an account went from no MRR to some, by new or reactivation."""
    days: tuple[BookDay, ...] = ()
    """Each day of the period."""
    subscriptions: int = 0
    """Paid subscriptions that ran at opening."""
    subscriptions_ended: int = 0
    """Of them, those that ran no more at closing, whatever else their account has."""

    @property
    def closing(self) -> int:
        """MRR at the end of the period's last day."""
        return self.opening + self.new + self.reactivation + self.expansion - self.contraction - self.churn


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The same period of the same book by several rules about who is a customer on which day."""

    ours: ChurnFacts
    """By the company's own."""
    by_service: ChurnFacts
    """Until the subscription ends, paid for or not."""
    by_notice: ChurnFacts | None
    """Until the day of notice; None: nobody's notice is known."""
    paid_up: ChurnFacts
    """Until the subscription ends, but not with an invoice unpaid for over UNPAID_DAYS days after it was due."""
