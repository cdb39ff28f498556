"""What stands beside the figures of surveys: how many answers they rest on, how sure that is, whose they are."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import reduce
from typing import Final, NamedTuple

from metrics.arithmetic import half_up
from metrics.formulas import all_metrics
from metrics.margins import FEW, ces_margin, csat_margin, nps_margin
from metrics.types import Breakdown, BreakdownRow, Sentence, Unit, Value, msg, plural
from storage.queries.answers import (
    DETRACTOR,
    GOOD,
    LOW,
    PROMOTER,
    Scores,
    Split,
    scores_given,
    totals_by,
    totals_of,
)
from storage.queries.survey_sides import Side, waves_beside
from storage.queries.totals import Scope
from storage.queries.voice_lists import score_sentence
from storage.session import Session

KINDS: Final = ("nps", "csat", "ces")
"""The kinds of survey; the metric of each has the same id."""


class Group(NamedTuple):
    """Scores that count alike, both ends included."""

    title: str
    least: int
    most: int


_NEUTRAL: Final = Group(msg("Neutral (3)"), LOW + 1, GOOD - 1)
GROUPS: Final[Mapping[str, Sequence[Group]]] = {
    "nps": (
        Group(msg("Promoters (9–10)"), PROMOTER, 10),
        Group(msg("Passives (7–8)"), DETRACTOR + 1, PROMOTER - 1),
        Group(msg("Detractors (0–6)"), 0, DETRACTOR),
    ),
    "csat": (Group(msg("Satisfied (4–5)"), GOOD, 5), _NEUTRAL, Group(msg("Dissatisfied (1–2)"), 1, LOW)),
    "ces": (Group(msg("Easy (4–5)"), GOOD, 5), _NEUTRAL, Group(msg("Hard (1–2)"), 1, LOW)),
}
"""By kind, the best first."""
DIGITS: Final = {Unit.SCORE: 1, Unit.MEAN: 2}
"""Decimals of a figure and of its margin, as on the rest of the card."""


def margins(db: Session, scope: Scope, kinds: Sequence[str] = KINDS) -> Breakdown:
    """By kind with answers: how many count, and the 95 % margin, or why there is none to tell."""
    scores = _scores(db, scope)
    rows = (
        BreakdownRow(Sentence(all_metrics()[kind].title), (*_count(count), *_margin(kind, count, scores)))
        for kind in kinds
        if (count := sum(of_kind(scores, kind).values()))
    )
    return Breakdown(Sentence("Answers and margin of error (95% confidence)"), tuple(rows))


def shares(db: Session, scope: Scope, kind: str = "nps", *, by_score: bool = False) -> Breakdown:
    """By group of scores (promoters, passives, detractors …): how many, which share, and if asked which scores."""
    given = of_kind(_scores(db, scope), kind)
    answers = sum(given.values())
    rows = (_share(group, given, answers, by_score=by_score) for group in GROUPS[kind])
    title = Sentence("{figure}: shares of answers", {"figure": Sentence(all_metrics()[kind].title)})
    return Breakdown(title, tuple(rows) if answers else ())


_TITLES: Final[Mapping[Split, str]] = {
    Split.SEGMENT: msg("{figure} by segment"),
    Split.CSM: msg("{figure} by CSM"),
    Split.LANGUAGE: msg("{figure} by language"),
}
_OF_NONE: Final[Mapping[Split, str]] = {
    Split.SEGMENT: msg("no segment"),
    Split.CSM: msg("no CSM"),
    Split.LANGUAGE: msg("language not known"),
}


def by_part(db: Session, scope: Scope, kind: str = "nps", *, split: Split = Split.SEGMENT) -> Breakdown:
    """The figure of each segment, CSM or language with its answers, the lowest first; those of too few answers last.

    Nothing where there is only one part: it would be the figure itself.
    """
    metric = all_metrics()[kind]
    found: list[tuple[bool, int | Fraction, str | Sentence, int]] = []
    for name, facts in totals_by(db, split, scope.period, zone=scope.zone, book=scope.book).items():
        figure = metric.measure(facts)
        if figure.value is not None:
            answers = int(figure.inputs["answers"])
            label = Sentence(_OF_NONE[split]) if name is None else name
            found.append((answers < FEW, figure.value, label, answers))
    found.sort(key=lambda one: one[:2])
    rows = (
        BreakdownRow(label, (score_sentence(kind, _decimal(value, DIGITS[metric.unit])), *_count(answers)))
        for _, value, label, answers in found
    )
    title = Sentence(_TITLES[split], {"figure": Sentence(metric.title)})
    return Breakdown(title, tuple(rows) if len(found) > 1 else ())


def waves(db: Session, scope: Scope, kinds: Sequence[str] = KINDS) -> Breakdown:
    """The latest waves of our own side by side: each with its figure, answers, margin and response rate."""
    sides = waves_beside(db, kinds, until=scope.period.last, zone=scope.zone, book=scope.book)
    return Breakdown(Sentence("Waves side by side"), tuple(_wave(side) for side in sides))


def _wave(side: Side) -> BreakdownRow:
    metric = all_metrics()[side.kind]
    values: dict[str, Value] = {"figure": Sentence(metric.title), "name": side.name, "day": side.day}
    label = Sentence("{figure} {name}", values) if side.name else Sentence("{figure} of {day}", values)
    rate: dict[str, Value] = {"rate": Fraction(side.answered, side.delivered), "delivered": side.delivered}
    responded = Sentence("{rate} of {delivered} answered", rate)
    if side.scores is None:
        few = Sentence("anonymous, and too few answers to show")
        return BreakdownRow(label, (few if side.over else Sentence("anonymous: shown when it is over"), responded))
    scores = {(side.kind, score): count for score, count in side.scores.items()}
    answers = sum(side.scores.values())
    value = metric.measure(totals_of(scores)).value
    if value is None:
        return BreakdownRow(label, (Sentence("no answers yet"), responded))
    shown = score_sentence(side.kind, _decimal(value, DIGITS[metric.unit]))
    return BreakdownRow(label, (shown, *_count(answers), *_margin(side.kind, answers, scores), responded))


def _scores(db: Session, scope: Scope) -> Scores:
    return scores_given(db, scope.period, zone=scope.zone, book=scope.book)


def of_kind(scores: Scores, kind: str) -> dict[int, int]:
    """How often each score of that kind was given, the best first."""
    return {score: scores[of, score] for of, score in sorted(scores, reverse=True) if of == kind}


def _count(answers: int) -> tuple[Sentence, ...]:
    """How many answers there are, and whether that is too few."""
    count = plural("{count} answer", "{count} answers", answers)
    return (count, Sentence("too few to judge")) if answers < FEW else (count,)


def _margin(kind: str, answers: int, scores: Scores) -> tuple[Sentence, ...]:
    """The margin in the figure's own unit; nothing where too few answers have said so already."""
    if answers < FEW:
        return ()
    margin = margin_of(kind, scores)
    if margin is None:
        return (Sentence("all alike, so no margin can be told"),)
    return (Sentence("±{margin}", {"margin": _decimal(margin, DIGITS[all_metrics()[kind].unit])}),)


def margin_of(kind: str, scores: Scores) -> Fraction | None:
    """The 95 % margin of the figure of `kind` in its own unit; None where it cannot be told, see metrics.margins."""
    match kind:
        case "nps":
            return nps_margin(totals_of(scores))
        case "csat":
            return csat_margin(totals_of(scores))
    return ces_margin(of_kind(scores, kind))


def _share(group: Group, given: Mapping[int, int], answers: int, *, by_score: bool) -> BreakdownRow:
    within = {score: count for score, count in given.items() if group.least <= score <= group.most}
    count = sum(within.values())
    listed = _listed(within) if by_score and count and group.least < group.most else ()
    return BreakdownRow(Sentence(group.title), (count, Fraction(count, answers), *listed))


def _listed(given: Mapping[int, int]) -> Iterable[Sentence]:
    """Each score with how often it was given, in one sentence."""
    each = (Sentence("{count} × “{score}”", {"count": count, "score": score}) for score, count in given.items())
    yield reduce(lambda before, one: Sentence("{before}, {next}", {"before": before, "next": one}), each)


def _decimal(value: int | Fraction, digits: int) -> Value:
    """A number with so many decimals, rounded half up; without any where they are all zero, as figures are written."""
    unit: int = 10**digits
    whole, decimals = divmod(half_up(abs(value.numerator) * unit, value.denominator), unit)
    if not decimals:
        return -whole if value < 0 else whole
    parts: dict[str, Value] = {"whole": whole, "decimals": f"{decimals:0{digits}}"}
    return Sentence("−{whole}.{decimals}", parts) if value < 0 else Sentence("{whole}.{decimals}", parts)
