"""The words of the monthly report, on its card and on its pages: figures with their changes, and why there is none."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final

from commands.core.report_question import ReportAnswer
from commands.core.report_rows import Lost, Row, Section, lost_by_cause
from commands.core.request import Translator
from commands.ui.cards.churn import WHY
from commands.ui.cards.churn_bands import normal
from commands.ui.cards.figures import moved, written
from commands.ui.cards.freshness import entity_name, rates_used
from commands.ui.cards.hours import counted_in
from commands.ui.cards.paragraphs import Line, line
from commands.ui.cards.words import JUDGED, asked_period, book_name, period_name
from metrics.bands import churn_band
from metrics.facts import (
    AdvocacyTotals,
    CampaignTotals,
    HealthTotals,
    OnboardingTotals,
    PipelineTotals,
    RenewalFacts,
    ServiceTotals,
    TrailingFacts,
    ValueFacts,
    VoiceTotals,
)
from metrics.types import Better, Figure, RevenueFacts, Sentence, Value, msg, plural

NOTHING: Final[Mapping[type, str]] = {
    RevenueFacts: msg("there were no customers"),
    TrailingFacts: msg("there were no customers a year before"),
    ValueFacts: msg("there were no customers, or no costs are known"),
    PipelineTotals: msg("there were no such leads"),
    CampaignTotals: msg("nothing was sent or opened"),
    OnboardingTotals: msg("nobody was on the way, or got there"),
    ServiceTotals: msg("there were no such tickets"),
    HealthTotals: msg("nobody had a health score"),
    RenewalFacts: msg("no renewal was due"),
    VoiceTotals: msg("nobody answered"),
    AdvocacyTotals: msg("nothing is known of it"),
}
"""Why a figure has no answer although its data comes in, in the middle of a sentence."""
NOTHING_LOST: Final = msg("nothing was lost")
REACHED: Final = msg("{target}, reached")
MISSED: Final = msg("{target}, missed")
OF_NOBODY: Final = msg("leads have no segment, CSM or plan")


def title(answer: ReportAnswer, t: Translator) -> str:
    """Which month the report is about."""
    period = asked_period(answer.asked.period, t, running=answer.running, today=answer.today)
    return t(Sentence("{period}, {accounts}", {"period": period, "accounts": book_name(answer.asked.book)}))


def value(row: Row, answer: ReportAnswer, t: Translator) -> str:
    """The figure."""
    return written(row.now, row.unit, answer.currency, t)


def change(row: Row, answer: ReportAnswer, t: Translator) -> str | None:
    """How it moved since the period before; None where one of them has no answer."""
    return moved(Figure(row.now, {}), Figure(row.before, {}), row.unit, answer.currency, t)


def tone(row: Row) -> str:
    """Whether the move is welcome: good, bad or neither."""
    if row.now is None or row.before is None or row.now == row.before or row.better is Better.NEITHER:
        return ""
    return "good" if (row.now > row.before) is (row.better is Better.UP) else "bad"


def grade(row: Row) -> Sentence | None:
    """How it is to be taken; None where there is no band."""
    return None if row.grade is None else Sentence(JUDGED[row.grade])


def target(row: Row, answer: ReportAnswer, t: Translator) -> str | None:
    """The target and whether it is reached; None where there is none."""
    if row.target is None:
        return None
    aimed = written(row.target, row.unit, answer.currency, t)
    if row.reached is None:
        return aimed
    return t(REACHED if row.reached else MISSED, target=aimed)


def row_line(row: Row, answer: ReportAnswer, t: Translator) -> Line:
    """A figure, in brackets what it was before and a year ago, how it moved, how it is to be taken, its target."""
    values: dict[str, Value] = {
        "figure": Sentence(row.title),
        "value": value(row, answer, t),
        "before": written(row.before, row.unit, answer.currency, t),
        "year_ago": written(row.year_ago, row.unit, answer.currency, t),
    }
    beside = Sentence("{figure} {value} ({before})", values)
    if answer.year_ago is not None:
        beside = Sentence("{figure} {value} ({before}; {year_ago})", values)
    aimed = target(row, answer, t)
    told = None if aimed is None else Sentence("target {target}", {"target": aimed})
    return line(beside, change(row, answer, t), grade(row), told)


def in_brackets(answer: ReportAnswer, t: Translator) -> Sentence:
    """What the figures in brackets are."""
    values: dict[str, Value] = {"before": period_name(answer.before, t)}
    if answer.year_ago is None:
        return Sentence("In brackets: {before}", values)
    return Sentence("In brackets: {before}; {year_ago}", {**values, "year_ago": period_name(answer.year_ago, t)})


def why_unknown(section: Section, t: Translator, *, most: int | None = None) -> Iterator[Sentence]:
    """Why figures of a section have no answer, those with one reason together; only of the first `most` of them."""
    named: defaultdict[str, list[str]] = defaultdict(list)
    for row in section.rows[:most]:
        if row.now is None:
            named[t(_why(row, t))].append(t(row.title))
    for why, figures in named.items():
        yield Sentence("{figures}: n/a, {why}", {"figures": ", ".join(figures), "why": why})


def _why(row: Row, t: Translator) -> Sentence:
    if row.of_leads:
        return Sentence(OF_NOBODY)
    if row.never:
        names = (entity_name(entity) for entity in row.never)
        said = ", ".join(name if isinstance(name, str) else t(name) for name in names)
        return Sentence("not imported yet: {data}", {"data": said})
    nothing = NOTHING_LOST if row.id == "quick_ratio" else NOTHING[row.facts]
    return Sentence(nothing)


def notes(section: Section, answer: ReportAnswer, t: Translator) -> Iterator[Line]:
    """What is to be known beside a section's figures."""
    if section.id == "churn":
        yield line(normal(churn_band(answer.asked.book.segment, answer.revenue.definitions)))
        yield line(*(_lost(one) for one in lost_by_cause(answer.revenue.facts)))
    if section.id == "support" and answer.revenue.definitions.business_hours is not None:
        hours = counted_in(answer.revenue.definitions.business_hours, t)
        yield line(Sentence("{figure}: {hours}", {"figure": Sentence("First response time"), "hours": hours}))


def _lost(one: Lost) -> Sentence:
    return plural(
        "{cause}: {count} customer, {mrr}",
        "{cause}: {count} customers, {mrr}",
        one.customers,
        cause=Sentence(WHY[one.cause]),
        mrr=one.mrr,
    )


def growth(figure: Figure) -> Fraction | None:
    """What MRR grew by, of the ratio of closing to opening."""
    return None if figure.value is None else Fraction(figure.value) - 1


def as_of(answer: ReportAnswer) -> Line:
    """As of when; until when data came in, which of it has stopped, whose rates were used."""
    days = [day for day in answer.imported_on.values() if day is not None]
    imported = Sentence("data imported until {day}", {"day": max(days)}) if days else Sentence("no data imported yet")
    stopped = (
        Sentence("{data}: only until {day}", {"data": entity_name(entity), "day": stop.last_on})
        for entity, stop in answer.stopped.items()
    )
    rates = rates_used(answer.revenue.rates_day, answer.asked.currency)
    return line(Sentence("As of {today}", {"today": answer.today}), imported, *stopped, rates)
