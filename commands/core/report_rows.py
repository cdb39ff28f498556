"""What the monthly report tells, section by section: figures of the catalogue, and counts that stand beside them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final, NamedTuple

from commands.core.metric_values import RESTS_ON
from metrics.facts import AdvocacyTotals, HealthTotals, OnboardingTotals, RenewalFacts
from metrics.formulas import all_metrics
from metrics.types import Band, Better, Cause, Grade, Metric, Money, RevenueFacts, Unit, msg


@dataclass(frozen=True, slots=True)
class Count:
    """Something that is counted beside a metric and is none itself."""

    id: str
    title: str
    """A msgid."""
    unit: Unit
    better: Better
    facts: type
    read: Callable[[Any], int | None]
    """None where there is no answer."""


class Part(NamedTuple):
    """A section as it is declared: metrics by id, and counts."""

    id: str
    title: str
    """A msgid."""
    rows: tuple[str | Count, ...]
    on_card: int
    """How many of them a card has room for: the first ones."""


class Row(NamedTuple):
    """One figure of the report; a value is None where there is no answer."""

    id: str
    title: str
    """A msgid."""
    unit: Unit
    better: Better
    now: int | Fraction | None
    before: int | Fraction | None
    year_ago: int | Fraction | None
    target: int | Fraction | None
    """In the value's own unit, amounts in the report's currency; None: there is none."""
    grade: Grade | None
    """None: there is no band, no answer, or the period is not over."""
    facts: type
    """What it is computed from, which says why there may be no answer."""
    never: tuple[str, ...] = ()
    """The entities of which nothing ever came in, where that is why there is no answer."""
    of_leads: bool = False
    """Leads have no segment, CSM or plan, and the report is about one."""

    @property
    def reached(self) -> bool | None:
        """Whether the target is; None where there is none, or no answer, or no direction."""
        if self.target is None or self.now is None or self.better is Better.NEITHER:
            return None
        return self.now >= self.target if self.better is Better.UP else self.now <= self.target


class Section(NamedTuple):
    """A part of the report."""

    id: str
    title: str
    rows: tuple[Row, ...]
    on_card: int


class Lost(NamedTuple):
    """Customers lost for one reason, and the MRR that left for it."""

    cause: Cause
    customers: int
    mrr: Money


def lost_by_cause(facts: RevenueFacts) -> tuple[Lost, ...]:
    """Why customers and MRR were lost, in the order of Cause; causes of nothing are left out."""
    causes = (Cause.VOLUNTARY, Cause.PAYMENT_FAILURE, Cause.OTHER)
    found = (
        Lost(cause, facts.lost_by_cause.get(cause, 0), Money(facts.by_cause.get(cause, 0), facts.currency))
        for cause in causes
    )
    return tuple(one for one in found if one.customers or one.mrr.minor)


def subject_of(declared: str | Count) -> Metric[Any] | Count:
    """The metric of that id, or the count itself."""
    return all_metrics()[declared] if isinstance(declared, str) else declared


def _stalled(facts: OnboardingTotals) -> int | None:
    return facts.stalled if facts.known else None


def _in_progress(facts: OnboardingTotals) -> int | None:
    return facts.in_progress if facts.known else None


def _due(facts: RenewalFacts) -> int | None:
    return facts.due


def _renewed(facts: RenewalFacts) -> int | None:
    return facts.renewed if facts.due else None


def _not_renewed(facts: RenewalFacts) -> int | None:
    return facts.due - facts.renewed if facts.due else None


def _lost_mrr(facts: RenewalFacts) -> int | None:
    return facts.due_mrr - facts.renewed_mrr if facts.due else None


def _in_band(band: Band) -> Callable[[HealthTotals], int | None]:
    def read(facts: HealthTotals) -> int | None:
        return facts.customers.get(band, 0) if any(facts.customers.values()) else None

    return read


def _of_kind(kind: str) -> Callable[[AdvocacyTotals], int | None]:
    def read(facts: AdvocacyTotals) -> int | None:
        return facts.by_kind.get(kind, 0)

    return read


PARTS: Final = (
    Part(
        "churn",
        msg("Churn"),
        (
            "logo_churn",
            "gross_mrr_churn",
            "mrr_churn",
            "net_mrr_churn",
            "involuntary_mrr_churn",
            "customers",
            "lost_customers",
            "churned_mrr",
        ),
        4,
    ),
    Part(
        "revenue",
        msg("MRR and expansion"),
        (
            "mrr",
            "net_new_mrr",
            "nrr",
            "grr",
            "quick_ratio",
            "upsell_mrr",
            "cross_sell_mrr",
            "new_mrr",
            "reactivation_mrr",
            "expansion_mrr",
            "contraction_mrr",
            "mrr_growth",
            "nrr_12m",
            "grr_12m",
        ),
        7,
    ),
    Part("value", msg("Customer value"), ("arpa", "clv", "clv_to_crc"), 2),
    Part("leads", msg("Leads and conversion"), ("leads", "mql_to_sql", "lead_conversion"), 2),
    Part("campaigns", msg("Campaigns"), ("campaign_open_rate", "campaign_click_rate", "campaign_click_to_open"), 2),
    Part(
        "onboarding",
        msg("Onboarding"),
        (
            "onboardings",
            Count("stalled", msg("Stalled onboardings"), Unit.COUNT, Better.DOWN, OnboardingTotals, _stalled),
            "time_to_onboard",
            Count("in_progress", msg("In progress"), Unit.COUNT, Better.NEITHER, OnboardingTotals, _in_progress),
            "activation_rate",
        ),
        3,
    ),
    Part(
        "support",
        msg("Support"),
        ("first_response_time", "first_contact_resolution", "escalation_rate", "tickets_per_account"),
        3,
    ),
    Part(
        "health",
        msg("Health"),
        (
            "health_mix",
            "mrr_at_risk",
            "average_health",
            Count("good", msg("Good"), Unit.COUNT, Better.UP, HealthTotals, _in_band(Band.GOOD)),
            Count("average", msg("Average"), Unit.COUNT, Better.NEITHER, HealthTotals, _in_band(Band.AVERAGE)),
            Count("poor", msg("Poor"), Unit.COUNT, Better.DOWN, HealthTotals, _in_band(Band.POOR)),
        ),
        3,
    ),
    Part(
        "renewals",
        msg("Renewals"),
        (
            Count("due", msg("Renewals due"), Unit.COUNT, Better.NEITHER, RenewalFacts, _due),
            Count("renewed", msg("Renewed"), Unit.COUNT, Better.UP, RenewalFacts, _renewed),
            Count("not_renewed", msg("Not renewed"), Unit.COUNT, Better.DOWN, RenewalFacts, _not_renewed),
            "renewal_rate",
            "renewed_mrr",
            Count("lost_mrr", msg("MRR lost at renewal"), Unit.MONEY, Better.DOWN, RenewalFacts, _lost_mrr),
        ),
        4,
    ),
    Part("voice", msg("Voice of the customer"), ("nps", "csat", "ces"), 3),
    Part(
        "advocacy",
        msg("Advocacy"),
        (
            "advocacy",
            Count("referral", msg("Referrals"), Unit.COUNT, Better.UP, AdvocacyTotals, _of_kind("referral")),
            Count("review", msg("Reviews"), Unit.COUNT, Better.UP, AdvocacyTotals, _of_kind("review")),
            Count("case_study", msg("Case studies"), Unit.COUNT, Better.UP, AdvocacyTotals, _of_kind("case_study")),
        ),
        1,
    ),
)
"""The report from top to bottom."""

KINDS: Final[tuple[type, ...]] = tuple(
    dict.fromkeys(subject_of(declared).facts for part in PARTS for declared in part.rows)
)
"""The types of facts that it takes."""

BEHIND: Final[Mapping[type, tuple[str, ...]]] = {
    **RESTS_ON,
    HealthTotals: ("subscriptions",),
    OnboardingTotals: ("accounts", "contacts"),
}
"""The data behind each type of facts."""
