"""One worked month of an example company: facts of every kind that agree with each other, in numbers to reckon with.

The company has 100 customers on 1 October 2026 who pay 20,000 dollars a month. In October 4 of them leave and 4 come,
so that it has 100 again on 31 October, who pay 21,000. Everything else is told beside the facts. Amounts are cents.
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final

from metrics.facts import (
    AdvocacyTotals,
    CampaignTotals,
    HealthTotals,
    OnboardingTotals,
    PayerFacts,
    PaymentFacts,
    PipelineTotals,
    PointsFacts,
    PortfolioFacts,
    ProductTotals,
    RenewalFacts,
    ServiceTotals,
    TrailingFacts,
    ValueFacts,
    VoiceTotals,
)
from metrics.types import Band, Cause, RevenueFacts

CURRENCY: Final = "USD"
OCTOBER: Final = (date(2026, 10, 1), date(2026, 11, 1))

REVENUE: Final = RevenueFacts(
    CURRENCY,
    *OCTOBER,
    opening=2_000_000,
    new=60_000,
    reactivation=20_000,
    expansion=140_000,
    contraction=40_000,
    churn=80_000,
    by_cause={
        Cause.CROSS_SELL: 40_000,
        Cause.UPGRADE: 30_000,
        Cause.SEATS: 60_000,
        Cause.PRICE: 10_000,
        Cause.DOWNGRADE: 40_000,
        Cause.VOLUNTARY: 60_000,
        Cause.PAYMENT_FAILURE: 20_000,
    },
    retained=2_020_000,
    kept=1_880_000,
    customers_opening=100,
    customers_closing=100,
    customers_lost=4,
    customers_won=4,
    lost_by_cause={Cause.VOLUNTARY: 3, Cause.PAYMENT_FAILURE: 1},
)
"""Three of those who come are new, one was a customer before. Nobody who shrinks grows as well."""

YEAR: Final = RevenueFacts(
    CURRENCY,
    date(2025, 11, 1),
    date(2026, 11, 1),
    opening=1_500_000,
    new=1_200_000,
    reactivation=100_000,
    expansion=600_000,
    contraction=300_000,
    churn=1_000_000,
    by_cause={
        Cause.CROSS_SELL: 200_000,
        Cause.UPGRADE: 150_000,
        Cause.SEATS: 200_000,
        Cause.PRICE: 50_000,
        Cause.PRODUCT_DROPPED: 100_000,
        Cause.DOWNGRADE: 200_000,
        Cause.VOLUNTARY: 700_000,
        Cause.PAYMENT_FAILURE: 200_000,
        Cause.OTHER: 100_000,
    },
    retained=1_200_000,
    kept=960_000,
    customers_opening=75,
    customers_closing=100,
    customers_lost=24,
    customers_won=49,
    lost_by_cause={Cause.VOLUNTARY: 17, Cause.PAYMENT_FAILURE: 5, Cause.OTHER: 2},
)
"""The twelve months that end with October. 24 of the first 75 customers are gone then; month by month 42 went."""

VALUE: Final = ValueFacts(
    revenue=REVENUE,
    churn=((75, 3),) * 6 + ((100, 4),) * 6,
    paid=2_050_000,
    costs=400_000,
    months=Fraction(1),
    gross_margin=Fraction(4, 5),
)
"""Each month 4 % of the customers go, so that one stays for 25 months."""

PAYERS: Final = PayerFacts(payers=90, repeat_payers=63)

PAYMENTS: Final = PaymentFacts(failed=12, recovered=9, days=(2, 3, 5, 8))

RENEWALS: Final = RenewalFacts(
    CURRENCY, due=20, renewed=18, due_mrr=400_000, renewed_mrr=350_000, uplift=10_000, unchanged=300_000
)
"""Two do not renew, who paid 400 dollars; of the others some pay 100 less than before and some 100 more."""

PORTFOLIO: Final = PortfolioFacts(REVENUE, renewal_uplift=RENEWALS.uplift, renewed_unchanged=RENEWALS.unchanged)

POINTS: Final = PointsFacts(opening=160, left=8)

VOICE: Final = VoiceTotals(
    promoters=24,
    passives=10,
    detractors=6,
    csat_answers=50,
    csat_good=40,
    ces_answers=20,
    ces_sum=82,
    ces_easy=16,
    delivered=200,
    answered=110,
)
"""40 answers about recommending, 50 about satisfaction and 20 about effort, to 200 questions."""

PRODUCT: Final = ProductTotals(
    customers=100,
    known=True,
    by_feature={"boards": 40, "exports": 20, "reports": 60},
    using=80,
    daily_users=2_800,
    users=250,
    user_weeks=600,
    sessions=3_000,
    seconds=36_000 * 60,
    use_now=3_300,
    use_before=3_000,
)
"""On an average day 100 people are there."""

ONBOARDING: Final = OnboardingTotals(
    users_started=40, users_activated=30, days=(8, 12, 15, 21, 34), in_progress=6, stalled=2, known=True
)

SERVICE: Final = ServiceTotals(
    known=True,
    response_minutes=tuple(range(10, 200, 10)),
    opened=20,
    escalated=2,
    resolved=16,
    resolved_at_first=12,
    contacts=24,
    customers=Fraction(100),
)
"""One ticket waits for its first response; the others had it after 10, 20, 30 … and 190 minutes."""

PIPELINE: Final = PipelineTotals(leads=200, mql=80, sql=20, converted=10)

CAMPAIGNS: Final = CampaignTotals(sent=1_000, opened=400, clicked=100)

ADVOCACY: Final = AdvocacyTotals(by_kind={"referral": 3, "review": 4, "case_study": 1, "reference": 2})

HEALTH: Final = HealthTotals(
    CURRENCY,
    customers={Band.GOOD: 60, Band.AVERAGE: 25, Band.POOR: 10},
    mrr={Band.GOOD: 1_300_000, Band.AVERAGE: 500_000, Band.POOR: 200_000},
    scores=6_650,
    unknown=5,
    at_risk=10,
)
"""Five customers, who pay 1,000 dollars, have no score."""

EXAMPLES: Final[Mapping[type, Any]] = MappingProxyType(
    {
        type(facts): facts
        for facts in (
            REVENUE,
            TrailingFacts(YEAR),
            VALUE,
            PAYERS,
            PAYMENTS,
            PORTFOLIO,
            POINTS,
            RENEWALS,
            VOICE,
            PRODUCT,
            ONBOARDING,
            SERVICE,
            PIPELINE,
            CAMPAIGNS,
            ADVOCACY,
            HEALTH,
        )
    }
)
"""The facts of that month by their type."""
