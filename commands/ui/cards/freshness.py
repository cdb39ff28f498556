"""As of when an answer is true, from what data, and how complete that is."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Final

from commands.core.request import Translator
from commands.ui import formats
from commands.ui.cards.paragraphs import Line, line
from metrics.feeds import NO_STOPS, Stops
from metrics.types import DataCoverage, HealthScore, Sentence, msg

ENTITIES: Final[Mapping[str, str]] = {
    "accounts": msg("accounts"),
    "advocacy": msg("referrals and reviews"),
    "campaigns": msg("campaigns"),
    "contacts": msg("contacts"),
    "costs": msg("costs"),
    "fx_rates": msg("exchange rates"),
    "invoices": msg("invoices"),
    "leads": msg("leads"),
    "subscriptions": msg("subscriptions"),
    "survey_responses": msg("survey answers"),
    "targets": msg("targets"),
    "tickets": msg("tickets"),
    "usage": msg("usage"),
}
"""What people call the data of the contract, in the middle of a sentence."""


def revenue_as_of(
    imported_on: date | None, today: date, rates_day: date | None = None, shown: str | None = None
) -> Sentence:
    """The line under a card about revenue; `rates_day` is the day whose exchange rates were used, None: none were.

    `shown` is the currency that all amounts are in; None: the company's.
    """
    if imported_on is None:
        return Sentence("As of {today} · no subscriptions imported yet", {"today": today})
    if rates_day is not None and shown is not None:
        return Sentence(
            "As of {today} · subscriptions imported {day} · amounts in {currency} at the rates of {rates}",
            {"today": today, "day": imported_on, "rates": rates_day, "currency": shown},
        )
    if rates_day is not None:
        return Sentence(
            "As of {today} · subscriptions imported {day} · other currencies at the rates of {rates}",
            {"today": today, "day": imported_on, "rates": rates_day},
        )
    return Sentence("As of {today} · subscriptions imported {day}", {"today": today, "day": imported_on})


def data_as_of(
    imported_on: Mapping[str, date | None],
    today: date,
    rates_day: date | None = None,
    shown: str | None = None,
    stopped: Stops = NO_STOPS,
) -> Line:
    """The line under a card of figures: when each entity it rests on last came in, and the rates that were used.

    Of one that has stopped, the last day with data. `shown` is the currency that all amounts are in; None: the
    company's.
    """
    imports = (_came_in(entity, day, stopped) for entity, day in imported_on.items())
    return line(Sentence("As of {today}", {"today": today}), *imports, rates_used(rates_day, shown))


def _came_in(entity: str, imported_on: date | None, stopped: Stops) -> Sentence:
    if entity in stopped:
        return Sentence("{data}: only until {day}", {"data": entity_name(entity), "day": stopped[entity].last_on})
    if imported_on is None:
        return Sentence("{data}: not imported yet", {"data": entity_name(entity)})
    return Sentence("{data}: imported {day}", {"data": entity_name(entity), "day": imported_on})


def rates_used(rates_day: date | None, shown: str | None) -> Sentence | None:
    """The day whose exchange rates were used, and the currency `shown` if it is not the company's; None: none were."""
    if rates_day is None:
        return None
    if shown is not None:
        return Sentence("amounts in {currency} at the rates of {rates}", {"currency": shown, "rates": rates_day})
    return Sentence("other currencies at the rates of {rates}", {"rates": rates_day})


def entity_name(entity: str) -> Sentence | str:
    """What people call an entity; its id where nobody does."""
    return Sentence(ENTITIES[entity]) if entity in ENTITIES else entity


def health_as_of(
    usage_until: date | None, health: HealthScore, today: date, t: Translator, *, stopped: bool = False
) -> Sentence:
    """The line under an account's score: how fresh usage is, or that it `stopped`, and how much has data."""
    share = formats.percent(health.coverage, t.locale, 0)
    if stopped:
        return Sentence(
            "As of {today} · usage data stopped on {day}, so nobody's use counts · {share} of the score's points have "
            "data",
            {"today": today, "day": formats.day_short(usage_until or today, t.locale), "share": share},
        )
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
    if "usage" in coverage.stopped:
        return Sentence(
            "As of {today} · usage data stopped on {day}, so nobody's use counts",
            {"today": today, "day": formats.day_short(coverage.usage_until, t.locale)},
        )
    share = Fraction(coverage.with_usage, coverage.customers) if coverage.customers else None
    return Sentence(
        "As of {today} · usage until {day} · {share} of accounts have usage data",
        {
            "today": today,
            "day": formats.day_short(coverage.usage_until, t.locale),
            "share": formats.percent(share, t.locale, 0),
        },
    )
