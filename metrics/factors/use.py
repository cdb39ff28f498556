"""Product use: how often the account uses the product, against its own past, and how lately."""

from fractions import Fraction

from metrics.account_facts import AccountFacts, UsageFacts
from metrics.habit import days_compared, sessions_compared, silence
from metrics.judging import Factor
from metrics.scales import FULL, scale, share
from metrics.types import Reading, Sentence, msg, plural

FREQUENCY = scale((0, 0), (1, 100), (4, 500), (8, 700), (12, 850), (20, 1000))
"""By active days of 28: once a week is half, every working day is all."""

TREND = scale((0, 100), (250, 300), (500, 550), (800, 850), (1000, 1000))
"""By use in 28 days, in thousandths of the 28 days before: holding the level is all."""

SILENCE = scale((4, 1000), (7, 900), (14, 600), (28, 0))
"""By days since the last use, days off not counted: a long weekend is nothing, a month is the end."""


def product_use(facts: AccountFacts) -> Reading | None:
    """Frequency × trend × recency, each from its scale; None where the account has no usage data at all."""
    usage = facts.usage
    if usage is None:
        return None
    quiet = silence(usage, facts.used_until)
    now, before = _amounts(usage)
    trend = share(FULL * now // before, TREND) if before else FULL
    permille = share(usage.active_days_28, FREQUENCY) * trend * share(quiet.counted, SILENCE) // FULL**2
    return Reading(permille, _fact, (usage, quiet.days, now, before))


def _amounts(usage: UsageFacts) -> tuple[int, int]:
    """Use in the last 28 days and in the 28 before, without days off: sessions, or active days where there are none."""
    counted = usage.sessions_28 or usage.sessions_before
    compared = sessions_compared(usage) if counted else days_compared(usage)
    return compared.now, compared.before


def _fact(usage: UsageFacts, quiet_days: int, now: int, before: int) -> Sentence:
    if usage.active_days_28 == 0:
        return plural("Not used for {count} day", "Not used for {count} days", quiet_days)
    days = usage.active_days_28
    if before == 0:
        return Sentence("Used on {days} of 28 days, not at all in the 28 before", {"days": days})
    if now == before:
        return Sentence("Used on {days} of 28 days, as much as before", {"days": days})
    change = Fraction(abs(now - before), before)
    if now < before:
        return Sentence("Used on {days} of 28 days, {change} less than before", {"days": days, "change": change})
    return Sentence("Used on {days} of 28 days, {change} more than before", {"days": days, "change": change})


FACTOR = Factor(
    id="use",
    title=msg("Product use"),
    points=30,
    explanation=msg(
        "Days with use in the last 28 (20 or more earn all points, 4 earn half), times the use compared with the 28 "
        "days before (no less keeps all, half keeps 55%), times how recent the last use is (4 days ago or less keeps "
        "all, 28 keeps nothing). Days on which the account's country does not work are left out of both comparisons."
    ),
    read=product_use,
    feed="usage",
)
