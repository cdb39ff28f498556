"""Contraction: the account pays noticeably less than it did three months ago."""

from datetime import timedelta
from fractions import Fraction

from metrics.dials import Dial, Dials, DialUnit
from metrics.judging import Finding, RiskFacts, Rule, Severity
from metrics.types import Money, Sentence, msg

WINDOW_DAYS = 90


def check(facts: RiskFacts, dials: Dials) -> Finding | None:
    """By the part of its MRR that the account cut in 90 days: a notice, a warning or urgent.

    None where nothing was cut, or where there was no MRR to cut.
    """
    cut = facts.account.contraction
    if cut is None or cut.mrr_before_90 == 0 or cut.lost_90 == 0:
        return None
    part = Fraction(cut.lost_90, cut.mrr_before_90)
    if 100 * part < dials["notice_percent"]:
        return None
    currency = facts.account.mrr.currency
    why = Sentence(
        "MRR cut by {amount} in 90 days, {part} of {before}",
        {
            "amount": Money(cut.lost_90, currency),
            "part": part,
            "before": Money(cut.mrr_before_90, currency),
        },
    )
    return Finding(_severity(100 * part, dials), why, facts.account.as_of - timedelta(days=WINDOW_DAYS - 1))


def _severity(percent: Fraction, dials: Dials) -> Severity:
    if percent >= dials["urgent_percent"]:
        return Severity.URGENT
    return Severity.WARNING if percent >= dials["warning_percent"] else Severity.NOTICE


RULE = Rule(
    id="contraction",
    title=msg("The account pays less"),
    advice=msg("Ask what they stopped needing; offer a plan that fits before they look elsewhere."),
    check=check,
    dials={
        "notice_percent": Dial(msg("Least part of MRR cut in 90 days"), 5, DialUnit.PERCENT, 1, 100),
        "warning_percent": Dial(msg("A warning from so much on"), 10, DialUnit.PERCENT, 1, 100),
        "urgent_percent": Dial(msg("Urgent from so much on"), 30, DialUnit.PERCENT, 1, 100),
    },
)
