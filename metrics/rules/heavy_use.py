"""Heavy use: far more people at the account use the product than did a month ago."""

from datetime import timedelta
from fractions import Fraction

from metrics.judging import Finding, RiskFacts, Rule, Severity, Signal
from metrics.types import Sentence, msg

WINDOW_DAYS = 28
HISTORY_DAYS = 90
"""Every account grows in its first weeks: with a history of use shorter than this there is nothing to compare with."""

MIN_USERS = 5
"""Of fewer people one more is already a leap."""

NOTICE_PERCENT = 30
WARNING_PERCENT = 100


def check(facts: RiskFacts) -> Finding | None:
    """A notice where people who use it grew by 30 % against the 28 days before, a warning where they doubled.

    None where nobody is named in the usage data, for fewer than five people before, and for a short history.
    """
    account = facts.account
    usage = account.usage
    if usage is None or usage.users_before < MIN_USERS or (account.as_of - usage.first_on).days + 1 < HISTORY_DAYS:
        return None
    growth = Fraction(usage.users_28, usage.users_before) - 1
    if 100 * growth < NOTICE_PERCENT:
        return None
    why = Sentence(
        "{users} people used it in 28 days, {before} in the 28 before: {growth} more",
        {"users": usage.users_28, "before": usage.users_before, "growth": growth},
    )
    severity = Severity.WARNING if 100 * growth >= WARNING_PERCENT else Severity.NOTICE
    return Finding(severity, why, account.as_of - timedelta(days=WINDOW_DAYS - 1))


RULE = Rule(
    id="heavy_use",
    title=msg("Far more people use it"),
    advice=msg("Ask which team has joined and offer it a plan of its own: seats, training, a product that fits."),
    check=check,
    signal=Signal.EXPANSION,
)
