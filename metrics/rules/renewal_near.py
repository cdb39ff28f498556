"""Renewal near: the contract is up soon and the account is not in good health."""

from datetime import date, timedelta

from metrics.dials import Calmer, Dial, Dials, DialUnit
from metrics.judging import Finding, RiskFacts, Rule, Severity
from metrics.types import Band, Sentence, msg, plural


def check(facts: RiskFacts, dials: Dials) -> Finding | None:
    """When it is near and health is poor a warning, average a notice; when it is very near urgent and a warning.

    None for good health, for a date that has passed, and where the date or the health is not known.
    """
    renewal_on, band = facts.account.renewal_on, facts.band
    if renewal_on is None or band is None or band is Band.GOOD:
        return None
    days = (renewal_on - facts.account.as_of).days
    if not 0 <= days <= dials["days"]:
        return None
    poor = band is Band.POOR
    since = renewal_on - timedelta(days=dials["days"])
    return Finding(
        _severity(very_near=days <= dials["very_near_days"], poor=poor),
        _why(days, renewal_on, facts.score, poor=poor),
        since,
    )


def _severity(*, very_near: bool, poor: bool) -> Severity:
    if very_near:
        return Severity.URGENT if poor else Severity.WARNING
    return Severity.WARNING if poor else Severity.NOTICE


def _why(days: int, renewal_on: date, score: int | None, *, poor: bool) -> Sentence:
    if poor:
        return plural(
            "Renews in {count} day, on {day}, with poor health ({score} of 100)",
            "Renews in {count} days, on {day}, with poor health ({score} of 100)",
            days,
            day=renewal_on,
            score=score,
        )
    return plural(
        "Renews in {count} day, on {day}, with average health ({score} of 100)",
        "Renews in {count} days, on {day}, with average health ({score} of 100)",
        days,
        day=renewal_on,
        score=score,
    )


RULE = Rule(
    id="renewal_near",
    title=msg("A renewal at risk"),
    advice=msg("Meet the decision maker before the renewal date, with what they gained and a plan for what hurts."),
    check=check,
    dials={
        "days": Dial(msg("A renewal is near from so many days before"), 60, DialUnit.DAYS, 1, 365, Calmer.LOWER),
        "very_near_days": Dial(msg("Very near from so many days before"), 30, DialUnit.DAYS, 0, 365, Calmer.LOWER),
    },
    feeds=("usage", "tickets", "invoices", "survey_responses"),
)
