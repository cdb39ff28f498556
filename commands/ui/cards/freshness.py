"""As of when an answer is true, from what data, and how complete that is."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Final

from commands.core.request import Translator
from commands.ui import formats
from commands.ui.cards.paragraphs import Line, line
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


def data_as_of(imported_on: Mapping[str, date | None], today: date, rates_day: date | None = None) -> Line:
    """The line under a card of figures: when each entity it rests on last came in, and the rates that were used."""
    imports = (
        Sentence("{data}: imported {day}", {"data": _name(entity), "day": day})
        if day is not None
        else Sentence("{data}: not imported yet", {"data": _name(entity)})
        for entity, day in imported_on.items()
    )
    rates = None if rates_day is None else Sentence("other currencies at the rates of {rates}", {"rates": rates_day})
    return line(Sentence("As of {today}", {"today": today}), *imports, rates)


def _name(entity: str) -> Sentence | str:
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
    if coverage.usage_stopped:
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
