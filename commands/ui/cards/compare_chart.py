"""The picture of a comparison: the main figures of both sides, and in its title where they are furthest apart."""

from fractions import Fraction
from typing import Final

from commands.core.compare_question import CompareAnswer
from commands.core.reply import Chart
from commands.core.request import Translator
from commands.ui.cards.figures import moved, shown
from metrics.formulas import all_metrics
from metrics.types import Figure, Sentence, Value, plural

ROWS_MOST: Final = 7


def compare_chart(answer: CompareAnswer, names: list[str], common: Sentence | str | None, t: Translator) -> Chart:
    """The first of the figures that the card tells; `names` are those of the sides, `common` what both are about."""
    metrics = answer.metrics[:ROWS_MOST]
    title = t(_finding(answer, metrics, t))
    about: dict[str, Value] = {"currency": answer.rates.home}
    caption = Sentence("Each row on its own scale, amounts in {currency}", about)
    if common is not None:
        caption = Sentence("{about}, each row on its own scale, in {currency}", {"about": common, **about})
    rows = [{"label": t(all_metrics()[name].title), "sides": _sides(name, answer, t)} for name in metrics]
    told: dict[str, Value] = {"finding": title, "first": names[0], "second": names[1]}
    alt = plural(
        "{finding}. {first} beside {second} in {count} figure.",
        "{finding}. {first} beside {second} in {count} figures.",
        len(rows),
        **told,
    )
    return Chart("pairs", title, t(alt), {"sides": names, "rows": rows, "labels": {"caption": t(caption)}})


def _sides(metric_id: str, answer: CompareAnswer, t: Translator) -> list[dict[str, object]]:
    unit = all_metrics()[metric_id].unit
    figures = [side.figures[metric_id] for side in answer.sides]
    return [{"value": _exact(figure), "shown": shown(figure, unit, answer.rates.home, t)} for figure in figures]


def _exact(figure: Figure) -> int | str | None:
    """The number as JSON can carry it without losing anything."""
    return str(figure.value) if isinstance(figure.value, Fraction) else figure.value


def _finding(answer: CompareAnswer, metrics: tuple[str, ...], t: Translator) -> Sentence:
    """The figure whose two values are furthest apart, as a share of the larger one."""
    one, other = answer.sides
    apart = {name: _apart(one.figures[name], other.figures[name]) for name in metrics}
    most = max(metrics, key=lambda name: apart[name])
    if not apart[most]:
        return Sentence("No figure differs")
    metric, currency = all_metrics()[most], answer.rates.home
    first, second = one.figures[most], other.figures[most]
    told: dict[str, Value] = {
        "figure": Sentence(metric.title),
        "first": shown(first, metric.unit, currency, t),
        "second": shown(second, metric.unit, currency, t),
        "change": moved(second, first, metric.unit, currency, t) or "",
    }
    return Sentence("Largest difference: {figure} {first} beside {second} ({change})", told)


def _apart(first: Figure, second: Figure) -> Fraction:
    """The difference as a share of the larger value; 0 where one side has no answer."""
    if first.value is None or second.value is None:
        return Fraction(0)
    one, other = Fraction(first.value), Fraction(second.value)
    larger = max(abs(one), abs(other))
    return abs(one - other) / larger if larger else larger
