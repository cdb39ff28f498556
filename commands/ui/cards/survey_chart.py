"""The picture of a survey: how often each score was given, and the figure with its margin month by month."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from commands.core.figure_question import FiguresAnswer
from commands.core.reply import Chart
from commands.core.request import Translator
from commands.core.survey_breakdowns import DIGITS, GROUPS, Group
from commands.core.survey_scores import Heard, SurveyScores
from commands.ui import formats
from commands.ui.cards.figures import written
from commands.ui.cards.trend import POINTS_LEAST
from commands.ui.cards.words import book_name, period_name
from metrics.formulas import all_metrics
from metrics.margins import FEW
from metrics.types import Sentence, Value, msg, plural

_NAMES: Final[Mapping[str, tuple[str, str, str]]] = {
    "nps": (msg("Promoters"), msg("Passives"), msg("Detractors")),
    "csat": (msg("Satisfied"), msg("Neutral"), msg("Dissatisfied")),
    "ces": (msg("Easy"), msg("Neutral"), msg("Hard")),
}
"""The groups of GROUPS in one word each."""
_TONES: Final = ("good", "quiet", "bad")
_FINDINGS: Final[Mapping[str, str]] = {
    "nps": msg("NPS {value}: {good} promoters, {low} detractors"),
    "csat": msg("CSAT {value}: {good} satisfied, {low} dissatisfied"),
    "ces": msg("CES {value}: {good} found it easy, {low} found it hard"),
}
_LIMITS: Final = {"nps": (-100, 100), "csat": (0, 100), "ces": (1, 5)}
"""No margin goes beyond what the figure can be."""


def survey_chart(answer: FiguresAnswer, t: Translator) -> Chart | None:
    """The scores in `answer.pictured`; None where neither they nor two of the months have an answer."""
    heard: SurveyScores = answer.pictured
    known = [month.value for month in heard.by_month if month.value is not None]
    trend = len(known) >= POINTS_LEAST
    if not heard.answers and not trend:
        return None
    title = t(_finding(heard, answer, t))
    data = {
        "scores": [
            {"score": str(score), "count": count, "shown": formats.number(count, t.locale)}
            for score, count in heard.scores.items()
        ],
        "groups": _groups(heard, t) if heard.answers else [],
        "trend": _trend(heard, answer, t) if trend else None,
        "locale": t.locale,
        "labels": {"scores": t(_about(heard, answer, t)), "trend": t("By month, shaded: margin of error (95%)")},
    }
    return Chart("survey_distribution", title, _alt(heard, known, title, t), data)


def _groups(heard: SurveyScores, t: Translator) -> list[dict[str, object]]:
    """From the lowest scores to the highest, as they stand on the axis."""
    groups = zip(GROUPS[heard.kind], _NAMES[heard.kind], _TONES, strict=True)
    return [
        {
            "label": t(name),
            "shown": formats.percent(_share(heard, group), t.locale),
            "first": str(group.least),
            "last": str(group.most),
            "tone": tone,
        }
        for group, name, tone in reversed(tuple(groups))
    ]


def _trend(heard: SurveyScores, answer: FiguresAnswer, t: Translator) -> dict[str, object]:
    low, high = _LIMITS[heard.kind]
    edges = [_edges(month, low, high) for month in heard.by_month]
    return {
        "months": [month.start.isoformat() for month in answer.months],
        "values": [None if month.value is None else str(month.value) for month in heard.by_month],
        "low": [None if edge is None else str(edge[0]) for edge in edges],
        "high": [None if edge is None else str(edge[1]) for edge in edges],
        "shown": [_written(heard.kind, month.value, t) for month in heard.by_month],
        "running": answer.months[-1].last >= answer.today,
    }


def _edges(month: Heard, low: int, high: int) -> tuple[Fraction, Fraction] | None:
    if month.value is None or month.margin is None:
        return None
    return max(month.value - month.margin, Fraction(low)), min(month.value + month.margin, Fraction(high))


def _about(heard: SurveyScores, answer: FiguresAnswer, t: Translator) -> Sentence:
    """How many answers, when and whose."""
    period, accounts = period_name(answer.asked.period, t), book_name(answer.asked.book)
    return plural(
        "{count} answer by score, {period}, {accounts}",
        "{count} answers by score, {period}, {accounts}",
        heard.answers,
        period=period,
        accounts=accounts,
    )


def _finding(heard: SurveyScores, answer: FiguresAnswer, t: Translator) -> Sentence:
    """The figure with its margin and both ends of the scale; or that there is too little to say that."""
    figure = Sentence(all_metrics()[heard.kind].title)
    if not heard.answers:
        when = period_name(answer.asked.period, t)
        return Sentence("{figure}, {period}: no answers", {"figure": figure, "period": when})
    if heard.answers < FEW:
        return plural(
            "{figure}: {count} answer, too few to judge",
            "{figure}: {count} answers, too few to judge",
            heard.answers,
            figure=figure,
        )
    best, *_, worst = GROUPS[heard.kind]
    values: dict[str, Value] = {
        "value": _with_margin(heard, t),
        "good": _share(heard, best),
        "low": _share(heard, worst),
    }
    return Sentence(_FINDINGS[heard.kind], values)


def _with_margin(heard: SurveyScores, t: Translator) -> str:
    value = _written(heard.kind, heard.whole.value, t)
    if heard.whole.margin is None:
        return value
    digits = DIGITS[all_metrics()[heard.kind].unit]
    return f"{value} ±{formats.number(heard.whole.margin, t.locale, digits)}"


def _alt(heard: SurveyScores, known: list[int | Fraction], title: str, t: Translator) -> str:
    """The finding, how many answers it rests on unless it says so itself, and how far the months go."""
    finding = title
    if heard.answers >= FEW:
        finding = t(plural("{finding}, {count} answer", "{finding}, {count} answers", heard.answers, finding=title))
    if len(known) < POINTS_LEAST:
        return finding
    values: dict[str, Value] = {
        "finding": finding,
        "low": _written(heard.kind, min(known), t),
        "high": _written(heard.kind, max(known), t),
    }
    return t(Sentence("{finding}. Twelve months: lowest {low}, highest {high}.", values))


def _share(heard: SurveyScores, group: Group) -> Fraction:
    count = sum(heard.scores[score] for score in range(group.least, group.most + 1))
    return Fraction(count, heard.answers)


def _written(kind: str, value: int | Fraction | None, t: Translator) -> str:
    return written(value, all_metrics()[kind].unit, "", t)
