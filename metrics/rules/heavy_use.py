"""Heavy use: far more people at the account use the product than did a month ago."""

from datetime import timedelta
from fractions import Fraction

from metrics.dials import Dial, Dials, DialUnit
from metrics.judging import Finding, RiskFacts, Rule, Severity, Signal
from metrics.types import Sentence, msg

WINDOW_DAYS = 28
HISTORY_DAYS = 90
"""With a history of use shorter than this there is nothing to compare with."""


def check(facts: RiskFacts, dials: Dials) -> Finding | None:
    """A notice where people who use it grew clearly against the 28 days before, a warning where they doubled.

    None where nobody is named in the usage data, for few people before (one more is already a leap), and
    for a short history of use: every account grows in its first weeks.
    """
    account = facts.account
    usage = account.usage
    if (
        usage is None
        or usage.users_before < dials["least_people"]
        or (account.as_of - usage.first_on).days + 1 < HISTORY_DAYS
    ):
        return None
    more = usage.users_28 - usage.users_before
    if 100 * more < dials["notice_percent"] * usage.users_before:
        return None
    growth = Fraction(more, usage.users_before)
    why = Sentence(
        "{users} people used it in 28 days, {before} in the 28 before: {growth} more",
        {"users": usage.users_28, "before": usage.users_before, "growth": growth},
    )
    severity = Severity.WARNING if 100 * growth >= dials["warning_percent"] else Severity.NOTICE
    return Finding(severity, why, account.as_of - timedelta(days=WINDOW_DAYS - 1))


RULE = Rule(
    id="heavy_use",
    title=msg("Far more people use it"),
    advice=msg("Ask which team has joined and offer it a plan of its own: seats, training, a product that fits."),
    check=check,
    dials={
        "least_people": Dial(msg("Least people in the 28 days before"), 5, DialUnit.COUNT, 1, 10000),
        "notice_percent": Dial(msg("Least growth of people in 28 days"), 30, DialUnit.PERCENT, 1, 1000),
        "warning_percent": Dial(msg("A strong signal from so much growth on"), 100, DialUnit.PERCENT, 1, 1000),
    },
    signal=Signal.EXPANSION,
    feeds=("usage",),
)
