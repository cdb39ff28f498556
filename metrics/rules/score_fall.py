"""Score fall: the account's health is clearly lower than a month ago."""

from datetime import timedelta

from metrics.account_facts import AccountFacts
from metrics.dials import Dial, Dials, DialUnit
from metrics.factors import all_factors
from metrics.judging import Finding, RiskFacts, Rule, Severity
from metrics.types import Band, Sentence, msg

DAYS = 30
"""How long ago the score was that it is compared with."""


def check(facts: RiskFacts, dials: Dials) -> Finding | None:
    """By the points lost in 30 days: a notice, a warning or urgent; what is a warning is urgent where health is poor.

    None where either score is not known, and where a feed has stopped since: then one is made of less than the other.
    """
    if facts.score is None or facts.score_before is None or _made_of_less(facts.account):
        return None
    lost = facts.score_before - facts.score
    if lost < dials["points"]:
        return None
    why = Sentence("Health fell from {before} to {now} in 30 days", {"before": facts.score_before, "now": facts.score})
    return Finding(_severity(lost, facts.band, dials), why, facts.account.as_of - timedelta(days=DAYS))


def _made_of_less(account: AccountFacts) -> bool:
    """Whether a factor became unknown between the two scores because its feed stopped."""
    if not account.stopped:
        return False
    then = account.as_of - timedelta(days=DAYS)
    feeds = {factor.feed for factor in all_factors().values()}
    return any(entity in feeds and stop.noticed_on > then for entity, stop in account.stopped.items())


def _severity(lost: int, band: Band | None, dials: Dials) -> Severity:
    warning = lost >= dials["warning_points"]
    if lost >= dials["urgent_points"] or (warning and band is Band.POOR):
        return Severity.URGENT
    return Severity.WARNING if warning else Severity.NOTICE


RULE = Rule(
    id="score_fall",
    title=msg("Health is falling"),
    advice=msg("Look at the factor that fell most and make its fact the subject of the next call."),
    check=check,
    dials={
        "points": Dial(msg("Least points lost in 30 days"), 10, DialUnit.COUNT, 1, 99),
        "warning_points": Dial(msg("A warning from so many points on"), 15, DialUnit.COUNT, 1, 99),
        "urgent_points": Dial(msg("Urgent from so many points on"), 25, DialUnit.COUNT, 1, 99),
    },
    feeds=("usage", "tickets", "invoices", "survey_responses"),
)
