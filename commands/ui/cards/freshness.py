"""As of when an answer is true, from what data, and how complete that is."""

from datetime import date
from fractions import Fraction

from commands.core.request import Translator
from commands.ui import formats
from metrics.types import DataCoverage, HealthScore, Sentence


def revenue_as_of(imported_on: date | None, today: date, rates_day: date | None = None) -> Sentence:
    """The line under a card about revenue; `rates_day` is the day whose exchange rates were used, None: none were."""
    if imported_on is None:
        return Sentence("As of {today} · no subscriptions imported yet", {"today": today})
    if rates_day is not None:
        return Sentence(
            "As of {today} · subscriptions imported {day} · other currencies at the rates of {rates}",
            {"today": today, "day": imported_on, "rates": rates_day},
        )
    return Sentence("As of {today} · subscriptions imported {day}", {"today": today, "day": imported_on})


def health_as_of(usage_until: date | None, health: HealthScore, today: date, t: Translator) -> Sentence:
    """The line under an account's score: how fresh usage is, and how much of the score has data."""
    share = formats.percent(health.coverage, t.locale, 0)
    if usage_until is None:
        return Sentence(
            "As of {today} · no usage data yet · {share} of the score's points have data",
            {"today": today, "share": share},
        )
    return Sentence(
        "As of {today} · usage until {day} · {share} of the score's points have data",
        {"today": today, "day": formats.day_short(usage_until, t.locale), "share": share},
    )


def book_as_of(coverage: DataCoverage, today: date, t: Translator) -> Sentence:
    """The line under a list of accounts: how fresh usage is, and how many customers have any."""
    if coverage.usage_until is None:
        return Sentence("As of {today} · no usage data yet", {"today": today})
    share = Fraction(coverage.with_usage, coverage.customers) if coverage.customers else None
    return Sentence(
        "As of {today} · usage until {day} · {share} of accounts have usage data",
        {
            "today": today,
            "day": formats.day_short(coverage.usage_until, t.locale),
            "share": formats.percent(share, t.locale, 0),
        },
    )
