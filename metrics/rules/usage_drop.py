"""Usage drop: the account uses the product far less than it usually does."""

from datetime import timedelta

from metrics.dials import Calmer, Dial, Dials, DialUnit
from metrics.habit import HISTORY_DAYS, WINDOW_DAYS, Compared, days_compared, saying, sessions_compared
from metrics.judging import Finding, RiskFacts, Rule, Severity
from metrics.types import Sentence, msg, plural


def check(facts: RiskFacts, dials: Dials) -> Finding | None:
    """Sessions of the last 28 days against the habit: far fewer are a warning, still fewer urgent.

    Days of use count where the source counts no sessions; days off in the account's country count for neither side.
    None when nothing is wrong, without usage data, for quiet accounts (their ratio is noise), and until first use is
    two windows ago.
    """
    account = facts.account
    usage = account.usage
    if usage is None:
        return None
    used_for = (account.used_until - usage.first_on).days + 1
    by_sessions = usage.sessions_90 > 0
    compared = sessions_compared(usage) if by_sessions else days_compared(usage)
    habit = _habit(compared, used_for)
    if used_for < 2 * WINDOW_DAYS or habit < dials["least_sessions" if by_sessions else "least_days"]:
        return None
    if 100 * compared.now >= dials["warn_below"] * habit:
        return None
    severity = Severity.URGENT if 100 * compared.now < dials["urgent_below"] * habit else Severity.WARNING
    why = _sessions(compared.now, habit) if by_sessions else _days(compared.now, habit)
    return Finding(severity, saying(why, compared), account.used_until - timedelta(days=WINDOW_DAYS - 1))


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


def _habit(compared: Compared, used_for: int) -> int:
    """Use in a usual window: the lower of the window before and the pace of all 62 days before this one.

    The lower, because one busy launch must not make every later window look bad. With a short history of use, and for
    days of use, it is the window before alone.
    """
    if compared.pace is None or used_for < HISTORY_DAYS:
        return compared.before
    return min(compared.before, compared.pace)


RULE = Rule(
    id="usage_drop",
    title=msg("Usage is dropping"),
    advice=msg("Ask the champion what changed; check for a departed admin first."),
    check=check,
    dials={
        "warn_below": Dial(msg("A warning below so much of the habit"), 60, DialUnit.PERCENT, 1, 100, Calmer.LOWER),
        "urgent_below": Dial(msg("Urgent below so much of the habit"), 30, DialUnit.PERCENT, 0, 100, Calmer.LOWER),
        "least_sessions": Dial(msg("Least sessions in a usual 28 days"), 20, DialUnit.COUNT, 1, 1_000_000),
        "least_days": Dial(msg("Where nobody counts sessions: least days of use"), 8, DialUnit.DAYS, 1, 28),
    },
    feeds=("usage",),
)
