"""How figures are written on cards: by their unit, beside the period before, with an arrow for what changed."""

from fractions import Fraction
from typing import Any, Final

from commands.core.request import Translator
from commands.ui import formats
from metrics.types import Figure, Metric, Sentence, Unit, Value, msg, plural

DIGITS: Final = {Unit.SCORE: 1, Unit.MEAN: 2, Unit.MONTHS: 1, Unit.DAYS: 1, Unit.COUNT: 0}
"""Decimals at most."""
HOUR: Final = 60
GROWS: Final = (Unit.MONEY, Unit.COUNT)
"""Units whose change is told as a percentage of what there was; the others' is told in the unit itself."""
_MINUTES: Final = msg("{number} min")
_HOURS: Final = msg("{number} h")


def shown(figure: Figure, unit: Unit, currency: str, t: Translator) -> str:
    """A figure's value; n/a where it has none."""
    return written(figure.value, unit, currency, t)


def written(value: int | Fraction | None, unit: Unit, currency: str, t: Translator) -> str:
    """A value of that unit; money in minor units of `currency`, ratios as percentages, minutes as suits them."""
    match unit:
        case Unit.MONEY:
            return formats.money(value, currency, t.locale)
        case Unit.RATIO:
            return formats.percent(value, t.locale)
        case Unit.MINUTES if value is not None:
            return _minutes(value, t)
        case Unit.DAYS if value is not None:
            return _days(value, t)
    return formats.number(value, t.locale, DIGITS.get(unit, 0))


def beside(metric: Metric[Any], now: Figure, before: Figure, currency: str, t: Translator) -> Sentence:
    """A figure with its value and the one of the period before."""
    values: dict[str, Value] = {
        "figure": Sentence(metric.title),
        "value": shown(now, metric.unit, currency, t),
        "before": shown(before, metric.unit, currency, t),
    }
    return Sentence("{figure} {value} (before: {before})", values)


def change_of(ratio: Fraction | None, t: Translator) -> str:
    """Growth with an arrow: ▲ 6.5%, ▼ 2%, or that there is none."""
    if ratio is None:
        return formats.not_available(t.locale)
    if not formats.rounded(ratio * 100, 1):
        return t("unchanged")
    return f"{_arrow(ratio)} {formats.percent(abs(ratio), t.locale)}"


def points_of(now: Figure, before: Figure, t: Translator) -> str | None:
    """How far a rate moved, in percentage points with an arrow; None where one side has no answer."""
    if now.value is None or before.value is None:
        return None
    change = Fraction(now.value - before.value)
    if not formats.rounded(change * 100, 1):
        return t("unchanged")
    return f"{_arrow(change)} {formats.points(abs(change), t.locale).removeprefix('+')}"


def moved(now: Figure, before: Figure, unit: Unit, currency: str, t: Translator) -> str | None:
    """How a figure of that unit changed, with an arrow; None where one side has no answer.

    Ratios move by percentage points, money and counts by percent, scores, means and times by so much. Where there was
    nothing, or less than that, a percentage would say nothing: money and counts too are told in their unit then.
    """
    if now.value is None or before.value is None:
        return None
    if unit is Unit.RATIO:
        return points_of(now, before, t)
    if unit in GROWS and before.value > 0 and now.value >= 0:
        return change_of(Fraction(now.value) / before.value - 1, t)
    change = Fraction(now.value) - before.value
    amount = written(abs(change), unit, currency, t)
    return t("unchanged") if amount == written(0, unit, currency, t) else f"{_arrow(change)} {amount}"


def _arrow(change: Fraction) -> str:
    return "▲" if change > 0 else "▼"


def _minutes(value: int | Fraction, t: Translator) -> str:
    """45 min, 3.5 h, 50 h: never days, which are not 24 hours long where a time counts in business hours."""
    minutes = Fraction(value)
    if formats.rounded(abs(minutes)) < HOUR:
        return t(_MINUTES, number=formats.number(minutes, t.locale))
    return t(_HOURS, number=formats.number(minutes / HOUR, t.locale, 1))


def _days(value: int | Fraction, t: Translator) -> str:
    """1 day, 12.5 days: a part of a day takes the form that two days take."""
    tenths = formats.rounded(value, 1)
    form = abs(tenths) // 10 if tenths % 10 == 0 else 2
    number = formats.number(value, t.locale, 1)
    return t(plural("{number} day", "{number} days", form, number=number))
