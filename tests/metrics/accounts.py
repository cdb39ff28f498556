"""Accounts for examples: all is well with them unless a test says otherwise."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from metrics.account_facts import (
    AccountFacts,
    CampaignFacts,
    ContactFacts,
    ContractionFacts,
    MoneyFacts,
    OpinionFacts,
    ServiceFacts,
    UsageFacts,
    VoiceFacts,
)
from metrics.dials import RulePolicy
from metrics.judging import Finding, RiskFacts, Rule
from metrics.types import Band, Money

TODAY = date(2026, 11, 23)

USAGE = UsageFacts(
    first_on=date(2025, 1, 1),
    last_on=TODAY - timedelta(days=1),
    active_days_28=20,
    active_days_before=20,
    sessions_28=200,
    sessions_before=200,
    sessions_90=640,
    users_28=18,
    users_before=18,
    features_14=8,
    features_tracked=10,
)
CONTACTS = ContactFacts(
    points=3,
    points_left_90=0,
    champions=1,
    champions_left_90=0,
    last_left_on=None,
    last_left_name=None,
    points_active_28=2,
)
VOICE = VoiceFacts(
    nps_answers=4,
    promoters=4,
    detractors=0,
    ratings=2,
    ratings_sum=10,
)
SERVICE = ServiceFacts(
    opened_28=2, opened_before=6, open_now=1, escalated_open=0, escalated_90=0, oldest_escalated_on=None
)
MONEY = MoneyFacts(
    invoices_365=12,
    failed_open=0,
    failed_amount=None,
    failed_on=None,
    overdue_days=0,
)
CONTRACTION = ContractionFacts(lost_90=0, mrr_before_90=50_000)
CAMPAIGNS = CampaignFacts(sent_90=6, opened_90=5, opened_before=12, last_opened_on=TODAY - timedelta(days=8))
OPINION = OpinionFacts(
    score=5, author="Ana", note=None, given_on=TODAY - timedelta(days=3), expires_on=TODAY + timedelta(days=27)
)
HEALTHY = AccountFacts(
    account_id=1,
    key="acme",
    name="Acme",
    segment="smb",
    csm_email="ana@example.com",
    as_of=TODAY,
    mrr=Money(50_000, "EUR"),
    created_on=date(2024, 12, 1),
    renewal_on=date(2027, 6, 1),
    seats_purchased=20,
    usage=USAGE,
    contacts=CONTACTS,
    voice=VOICE,
    service=SERVICE,
    money=MONEY,
    contraction=CONTRACTION,
    campaigns=CAMPAIGNS,
    opinion=OPINION,
)
UNKNOWN = AccountFacts(
    account_id=2, key="new", name="New", segment=None, csm_email=None, as_of=TODAY, mrr=Money(1_000, "EUR")
)


def account(**parts: Any) -> AccountFacts:
    """The healthy account with other values: a dict changes single fields of one of its parts."""
    changed = {
        name: getattr(HEALTHY, name)._replace(**value) if isinstance(value, dict) else value
        for name, value in parts.items()
    }
    return replace(HEALTHY, **changed)


def risk(
    score: int | None = None, score_before: int | None = None, band: Band | None = None, **parts: Any
) -> RiskFacts:
    """What a rule judges, made from the healthy account."""
    return RiskFacts(account(**parts), score, score_before, band)


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def judged_by(rule: Rule, **dials: int) -> Callable[[RiskFacts], Finding | None]:
    """What the rule sees in an account; as delivered but for these dials."""
    policy = RulePolicy({f"{rule.id}.{name}": value for name, value in dials.items()})
    return lambda facts: rule.judge(facts, policy)
