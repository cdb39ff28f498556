"""Inactivity: nobody at the account has used the product for much longer than is usual there."""

from metrics.account_facts import UsageFacts
from metrics.dials import Dial, Dials, DialUnit
from metrics.habit import saying, silence
from metrics.judging import Finding, RiskFacts, Rule, Severity
from metrics.types import Sentence, msg, plural

HABIT_DAYS = 56
"""The days over which the habit is counted; an account with a shorter history of use has none yet."""

LEAST_ACTIVE = 4
"""With fewer days of use than this in HABIT_DAYS there is no habit to judge by."""


def check(facts: RiskFacts, dials: Dials) -> Finding | None:
    """A warning once the silence is several times the account's usual distance between days of use before it.

    However often an account uses the product, a silence is worth a word after `most_days` and not before `least_days`;
    an account without a habit yet is judged by `most_days` alone. Days off in its country are no silence. None without
    usage data, or with a silence that is nothing unusual.
    """
    account = facts.account
    usage = account.usage
    if usage is None:
        return None
    quiet = silence(usage, account.used_until)
    threshold = _threshold(usage, quiet.days, dials)
    if quiet.counted < threshold:
        return None
    urgent = quiet.counted >= min(dials["urgent_times"] * threshold, dials["most_days"])
    severity = Severity.URGENT if urgent else Severity.WARNING
    return Finding(severity, saying(_why(usage, quiet.days), quiet), usage.last_on)


def _active_days(usage: UsageFacts) -> int:
    return usage.active_days_28 + usage.active_days_before


def _threshold(usage: UsageFacts, quiet_days: int, dials: Dials) -> int:
    """The silence that is worth a word; the silence itself is no part of the habit, or it would excuse itself."""
    active = _active_days(usage)
    if active < LEAST_ACTIVE or (usage.last_on - usage.first_on).days < HABIT_DAYS // 2:
        return dials["most_days"]
    habit_days = max(HABIT_DAYS - quiet_days, 0)
    return min(max(dials["times_usual"] * habit_days // active, dials["least_days"]), dials["most_days"])


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
    dials={
        "times_usual": Dial(msg("So many times the usual distance between days of use"), 4, DialUnit.TIMES, 1, 100),
        "least_days": Dial(msg("Never before so long a silence"), 7, DialUnit.DAYS, 1, 365),
        "most_days": Dial(msg("Always after so long a silence"), 42, DialUnit.DAYS, 1, 365),
        "urgent_times": Dial(msg("Urgent after so many times as long"), 2, DialUnit.TIMES, 1, 10),
    },
    feeds=("usage",),
)
