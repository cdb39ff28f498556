"""Contraction: the account pays noticeably less than it did three months ago."""

from datetime import timedelta
from fractions import Fraction

from metrics.judging import Finding, RiskFacts, Rule, Severity
from metrics.types import Money, Sentence, msg

WINDOW_DAYS = 90

NOTICE_PART = Fraction(5, 100)
WARNING_PART = Fraction(10, 100)
URGENT_PART = Fraction(30, 100)
"""MRR lost to contraction in 90 days, as a part of what it was."""


def check(facts: RiskFacts) -> Finding | None:
    """By the part of its MRR that the account cut in 90 days: from 5 % a notice, 10 % a warning, 30 % urgent.

    None where nothing was cut, or where there was no MRR to cut.
    """
    money = facts.account.money
    if money is None or money.mrr_before_90 == 0:
        return None
    part = Fraction(money.contraction_90, money.mrr_before_90)
    if part < NOTICE_PART:
        return None
    currency = facts.account.mrr.currency
    why = Sentence(
        "MRR cut by {amount} in 90 days, {part} of {before}",
        {
            "amount": Money(money.contraction_90, currency),
            "part": part,
            "before": Money(money.mrr_before_90, currency),
        },
    )
    return Finding(_severity(part), why, facts.account.as_of - timedelta(days=WINDOW_DAYS - 1))


def _severity(part: Fraction) -> Severity:
    if part >= URGENT_PART:
        return Severity.URGENT
    return Severity.WARNING if part >= WARNING_PART else Severity.NOTICE


RULE = Rule(
    id="contraction",
    title=msg("The account pays less"),
    advice=msg("Ask what they stopped needing; offer a plan that fits before they look elsewhere."),
    check=check,
)
