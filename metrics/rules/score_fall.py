"""Score fall: the account's health is clearly lower than a month ago."""

from datetime import timedelta

from metrics.judging import Finding, RiskFacts, Rule, Severity
from metrics.types import Band, Sentence, msg

DAYS = 30
"""How long ago the score was that it is compared with."""

NOTICE_POINTS = 10
WARNING_POINTS = 15
URGENT_POINTS = 25


def check(facts: RiskFacts) -> Finding | None:
    """By the points lost in 30 days: from 10 a notice, from 15 a warning, from 25 urgent; from 15 into poor urgent too.

    None where either score is not known.
    """
    if facts.score is None or facts.score_before is None:
        return None
    lost = facts.score_before - facts.score
    if lost < NOTICE_POINTS:
        return None
    why = Sentence("Health fell from {before} to {now} in 30 days", {"before": facts.score_before, "now": facts.score})
    return Finding(_severity(lost, facts.band), why, facts.account.as_of - timedelta(days=DAYS))


def _severity(lost: int, band: Band | None) -> Severity:
    if lost >= URGENT_POINTS or (lost >= WARNING_POINTS and band is Band.POOR):
        return Severity.URGENT
    return Severity.WARNING if lost >= WARNING_POINTS else Severity.NOTICE


RULE = Rule(
    id="score_fall",
    title=msg("Health is falling"),
    advice=msg("Look at the factor that fell most and make its fact the subject of the next call."),
    check=check,
)
