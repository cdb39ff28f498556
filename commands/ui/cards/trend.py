"""The picture of a figure over twelve months: lines with their finding."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Final, NamedTuple

from commands.core.figure_question import FiguresAnswer
from commands.core.reply import Chart
from commands.core.request import Translator
from commands.ui import formats
from commands.ui.cards.figures import written
from commands.ui.cards.words import book_name
from metrics.formulas import all_metrics
from metrics.money import minor_digits
from metrics.types import Sentence, Unit, Value, plural

LINES_MOST: Final = 3
POINTS_LEAST: Final = 2
"""A line needs two points."""

Values = Sequence[int | Fraction | None]


def trend_chart(answer: FiguresAnswer, metric_ids: Sequence[str], t: Translator) -> Chart | None:
    """The metrics of one unit over twelve months; None where no line of the first has two points."""
    drawn = [name for name in metric_ids[:LINES_MOST] if len(_known(_values(answer, name))) >= POINTS_LEAST]
    if not drawn:
        return None
    unit, currency = all_metrics()[drawn[0]].unit, answer.currency
    about: dict[str, Value] = {"accounts": book_name(answer.asked.book), "currency": currency}
    by_month = Sentence("By month, {accounts}", about)
    caption = Sentence("By month, {accounts}, in {currency}", about) if unit is Unit.MONEY else by_month
    data = {
        "months": [month.start.isoformat() for month in answer.months],
        "series": [_series(answer, name, t) for name in drawn],
        "unit": unit.value,
        "currency": currency,
        "decimals": minor_digits(currency),
        "locale": t.locale,
        "band": None,
        "running": _open(answer),
        "labels": {"caption": t(caption)},
    }
    title = t(_finding(answer, drawn[0], t))
    return Chart("figure_trend", title, t(_alt(answer, drawn[0], title, t)), data)


def _series(answer: FiguresAnswer, metric_id: str, t: Translator) -> dict[str, object]:
    metric = all_metrics()[metric_id]
    values = _values(answer, metric_id)
    return {
        "label": t(metric.title),
        "values": [_exact(value) for value in values],
        "shown": [_short(value, metric.unit, answer.currency, t) for value in values],
    }


def _exact(value: int | Fraction | None) -> int | str | None:
    """The number as JSON can carry it without losing anything."""
    return str(value) if isinstance(value, Fraction) else value


def _short(value: int | Fraction | None, unit: Unit, currency: str, t: Translator) -> str:
    if unit is Unit.MONEY:
        return formats.short_money(value, currency, t.locale)
    return written(value, unit, currency, t)


def _values(answer: FiguresAnswer, metric_id: str) -> Values:
    return [figure.value for figure in answer.series.get(metric_id, ())]


def _open(answer: FiguresAnswer) -> bool:
    """Whether the last month is not over: its value is not final."""
    return answer.months[-1].last >= answer.today


class _Point(NamedTuple):
    place: int
    value: int | Fraction


def _known(values: Values) -> list[_Point]:
    return [_Point(place, value) for place, value in enumerate(values) if value is not None]


def _finding(answer: FiguresAnswer, metric_id: str, t: Translator) -> Sentence:
    """Where the line came from and where it is; a month that is not over is left out of it."""
    metric = all_metrics()[metric_id]
    values = _values(answer, metric_id)
    known = _known(values[:-1] if _open(answer) else values) or _known(values)
    first, last = known[0], known[-1]
    count = last.place - first.place
    told: dict[str, Value] = {
        "figure": Sentence(metric.title),
        "first": written(first.value, metric.unit, answer.currency, t),
        "last": written(last.value, metric.unit, answer.currency, t),
    }
    if told["first"] == told["last"]:
        return Sentence("{figure} at {last}", told)
    if last.value > first.value:
        return plural(
            "{figure} up from {first} to {last} in {count} month",
            "{figure} up from {first} to {last} in {count} months",
            count,
            **told,
        )
    return plural(
        "{figure} down from {first} to {last} in {count} month",
        "{figure} down from {first} to {last} in {count} months",
        count,
        **told,
    )


def _alt(answer: FiguresAnswer, metric_id: str, title: str, t: Translator) -> Sentence:
    metric = all_metrics()[metric_id]
    known = [point.value for point in _known(_values(answer, metric_id))]
    values: dict[str, Value] = {
        "finding": title,
        "low": written(min(known), metric.unit, answer.currency, t),
        "high": written(max(known), metric.unit, answer.currency, t),
    }
    return Sentence("{finding}. Twelve months: lowest {low}, highest {high}.", values)
