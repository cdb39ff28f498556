"""Inactivity: nobody at the account has used the product for much longer than is usual there."""

from metrics.account_facts import UsageFacts
from metrics.judging import Finding, RiskFacts, Rule, Severity
from metrics.types import Sentence, msg, plural

HABIT_DAYS = 56
"""The days over which the habit is counted; an account with a shorter history of use has none yet."""

LEAST_ACTIVE = 4
"""With fewer days of use than this in HABIT_DAYS there is no habit to judge by."""

TIMES_USUAL = 4
"""So many times the usual distance between two days of use is a silence."""

LEAST_DAYS = 7
MOST_DAYS = 42
"""However often an account uses the product, a silence is worth a word after MOST_DAYS and not before LEAST_DAYS."""

URGENT_TIMES = 2
"""A silence so many times as long as needed for a warning is urgent, and so is one of MOST_DAYS."""


def check(facts: RiskFacts) -> Finding | None:
    """A warning once the silence is TIMES_USUAL the account's usual distance between days of use before it.

    An account without a habit yet is judged by MOST_DAYS alone. None without usage data, or with a silence that is
    nothing unusual.
    """
    account = facts.account
    usage = account.usage
    if usage is None:
        return None
    quiet_days = (account.used_until - usage.last_on).days
    threshold = _threshold(usage, quiet_days)
    if quiet_days < threshold:
        return None
    urgent = quiet_days >= min(URGENT_TIMES * threshold, MOST_DAYS)
    severity = Severity.URGENT if urgent else Severity.WARNING
    return Finding(severity, _why(usage, quiet_days), usage.last_on)


def _active_days(usage: UsageFacts) -> int:
    return usage.active_days_28 + usage.active_days_before


def _threshold(usage: UsageFacts, quiet_days: int) -> int:
    """The silence that is worth a word; the silence itself is no part of the habit, or it would excuse itself."""
    active = _active_days(usage)
    if active < LEAST_ACTIVE or (usage.last_on - usage.first_on).days < HABIT_DAYS // 2:
        return MOST_DAYS
    habit_days = max(HABIT_DAYS - quiet_days, 0)
    return min(max(TIMES_USUAL * habit_days // active, LEAST_DAYS), MOST_DAYS)


def _why(usage: UsageFacts, quiet_days: int) -> Sentence:
    active = _active_days(usage)
    if active == 0:
        return plural(
            "Not used for {count} day, since {day}",
            "Not used for {count} days, since {day}",
            quiet_days,
            day=usage.last_on,
        )
    return plural(
        "Not used for {count} day, since {day}; used on {active} of the last 56 days",
        "Not used for {count} days, since {day}; used on {active} of the last 56 days",
        quiet_days,
        day=usage.last_on,
        active=active,
    )


RULE = Rule(
    id="inactivity",
    title=msg("Nobody uses the product"),
    advice=msg("Call the champion today and ask what has changed; check that their access works."),
    check=check,
)
