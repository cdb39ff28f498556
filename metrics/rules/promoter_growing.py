"""Promoter growing: somebody at the account recommends the product, and the account uses it more and more."""

from datetime import timedelta
from fractions import Fraction

from metrics.dials import Dial, Dials, DialUnit
from metrics.habit import HISTORY_DAYS, WINDOW_DAYS, Compared, saying, sessions_compared
from metrics.judging import Finding, RiskFacts, Rule, Severity, Signal
from metrics.types import msg, plural


def check(facts: RiskFacts, dials: Dials) -> Finding | None:
    """A notice where a promoter and no detractor answered and sessions are clearly above the habit.

    None without answers or usage data, for quiet accounts (their ratio is noise), and with a short history of use:
    every account grows in its first weeks.
    """
    account = facts.account
    voice, usage = account.voice, account.usage
    if voice is None or usage is None or not voice.promoters or voice.detractors:
        return None
    compared = sessions_compared(usage)
    habit = _habit(compared)
    if (account.as_of - usage.first_on).days + 1 < HISTORY_DAYS or habit < dials["least_sessions"]:
        return None
    growth = Fraction(compared.now, habit) - 1
    if 100 * growth < dials["growing_percent"]:
        return None
    why = plural(
        "{count} promoter and no detractor; {now} sessions in 28 days, {growth} more than usual",
        "{count} promoters and no detractor; {now} sessions in 28 days, {growth} more than usual",
        voice.promoters,
        now=compared.now,
        growth=growth,
    )
    return Finding(Severity.NOTICE, saying(why, compared), account.as_of - timedelta(days=WINDOW_DAYS - 1))


def _habit(compared: Compared) -> int:
    """Sessions in a usual window: the higher of the window before and the pace of all 62 days before this one.

    The higher, because coming back from a quiet month is no growth.
    """
    return max(compared.before, compared.pace or 0)


RULE = Rule(
    id="promoter_growing",
    title=msg("A promoter who uses it more and more"),
    advice=msg("Show them what the next plan or another product would add, and ask whom else it would help."),
    check=check,
    dials={
        "growing_percent": Dial(msg("Least growth of sessions"), 20, DialUnit.PERCENT, 1, 1000),
        "least_sessions": Dial(msg("Least sessions in a usual 28 days"), 20, DialUnit.COUNT, 1, 1_000_000),
    },
    signal=Signal.EXPANSION,
    feeds=("usage", "survey_responses"),
)
