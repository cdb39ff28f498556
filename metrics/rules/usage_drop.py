"""Usage drop: the account uses the product far less than it usually does."""

from datetime import timedelta

from metrics.account_facts import UsageFacts
from metrics.judging import Finding, RiskFacts, Rule, Severity
from metrics.types import Sentence, msg, plural

WINDOW_DAYS = 28
HISTORY_DAYS = 90
"""With a history of use shorter than this, the habit is taken from the 28 days before alone."""

MIN_HABIT = 20
"""Accounts with fewer sessions in a usual window are skipped: their ratio is noise."""

MIN_HABIT_DAYS = 8
"""The same for days of use, where nobody counts sessions: twice a week."""

WARN_BELOW = 600
URGENT_BELOW = 300
"""Sessions, or days of use, in thousandths of the habit."""


def check(facts: RiskFacts) -> Finding | None:
    """Sessions of the last 28 days against the habit: under 60 % is a warning, under 30 % urgent.

    Days of use count where the source counts no sessions. None when nothing is wrong, without usage data, for quiet
    accounts, and until first use is two windows ago.
    """
    account = facts.account
    usage = account.usage
    if usage is None:
        return None
    used_for = (account.used_until - usage.first_on).days + 1
    by_sessions = usage.sessions_90 > 0
    now = usage.sessions_28 if by_sessions else usage.active_days_28
    habit = _habit(usage, used_for) if by_sessions else usage.active_days_before
    if used_for < 2 * WINDOW_DAYS or habit < (MIN_HABIT if by_sessions else MIN_HABIT_DAYS):
        return None
    level = 1000 * now // habit
    if level >= WARN_BELOW:
        return None
    severity = Severity.URGENT if level < URGENT_BELOW else Severity.WARNING
    why = _sessions(now, habit) if by_sessions else _days(now, habit)
    return Finding(severity, why, account.used_until - timedelta(days=WINDOW_DAYS - 1))


def _sessions(now: int, habit: int) -> Sentence:
    return plural(
        "{count} session in 28 days, usually {habit}",
        "{count} sessions in 28 days, usually {habit}",
        now,
        habit=habit,
    )


def _days(now: int, habit: int) -> Sentence:
    return plural(
        "Used on {count} of 28 days, on {habit} of the 28 before",
        "Used on {count} of 28 days, on {habit} of the 28 before",
        now,
        habit=habit,
    )


def _habit(usage: UsageFacts, used_for: int) -> int:
    """Sessions in a usual window: the lower of the window before and the pace of all 62 days before this one.

    The lower, because one busy launch must not make every later window look bad.
    """
    if used_for < HISTORY_DAYS:
        return usage.sessions_before
    pace = (usage.sessions_90 - usage.sessions_28) * WINDOW_DAYS // (HISTORY_DAYS - WINDOW_DAYS)
    return min(usage.sessions_before, pace)


RULE = Rule(
    id="usage_drop",
    title=msg("Usage is dropping"),
    advice=msg("Ask the champion what changed; check for a departed admin first."),
    check=check,
)
