"""Promoter growing: somebody at the account recommends the product, and the account uses it more and more."""

from datetime import timedelta
from fractions import Fraction

from metrics.account_facts import UsageFacts
from metrics.judging import Finding, RiskFacts, Rule, Severity, Signal
from metrics.types import msg, plural

WINDOW_DAYS = 28
HISTORY_DAYS = 90
"""Every account grows in its first weeks: with a history of use shorter than this there is nothing to compare with."""

MIN_HABIT = 20
"""Accounts with fewer sessions in a usual window are skipped: their ratio is noise."""

GROWING_PERCENT = 20


def check(facts: RiskFacts) -> Finding | None:
    """A notice where a promoter and no detractor answered and sessions are at least 20 % above the habit.

    None without answers or usage data, and with too short a history to tell.
    """
    account = facts.account
    voice, usage = account.voice, account.usage
    if voice is None or usage is None or not voice.promoters or voice.detractors:
        return None
    habit = _habit(usage)
    if (account.as_of - usage.first_on).days + 1 < HISTORY_DAYS or habit < MIN_HABIT:
        return None
    growth = Fraction(usage.sessions_28, habit) - 1
    if 100 * growth < GROWING_PERCENT:
        return None
    why = plural(
        "{count} promoter and no detractor; {now} sessions in 28 days, {growth} more than usual",
        "{count} promoters and no detractor; {now} sessions in 28 days, {growth} more than usual",
        voice.promoters,
        now=usage.sessions_28,
        growth=growth,
    )
    return Finding(Severity.NOTICE, why, account.as_of - timedelta(days=WINDOW_DAYS - 1))


def _habit(usage: UsageFacts) -> int:
    """Sessions in a usual window: the higher of the window before and the pace of all 62 days before this one.

    The higher, because coming back from a quiet month is no growth.
    """
    pace = (usage.sessions_90 - usage.sessions_28) * WINDOW_DAYS // (HISTORY_DAYS - WINDOW_DAYS)
    return max(usage.sessions_before, pace)


RULE = Rule(
    id="promoter_growing",
    title=msg("A promoter who uses it more and more"),
    advice=msg("Show them what the next plan or another product would add, and ask whom else it would help."),
    check=check,
    signal=Signal.EXPANSION,
)
