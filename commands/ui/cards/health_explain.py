"""How a health score is computed: every factor's rule, points and fact, and the sum with this account's numbers."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from commands.core.button_values import packed
from commands.core.health_question import HealthAnswer
from commands.core.reply import Block, Document, Modal
from commands.core.request import Translator
from commands.ui import formats
from commands.ui.blocks import actions, button, context, cut, divider
from commands.ui.cards.csv_file import csv_file, file_name
from commands.ui.cards.dials import signals_in_force
from commands.ui.cards.explain import TITLE_MOST
from commands.ui.cards.freshness import health_as_of
from commands.ui.cards.health import earned, headline, weightiest
from commands.ui.cards.paragraphs import Paragraph, as_section, line, strong
from commands.ui.cards.stops import why_unknown
from metrics.factors import all_factors
from metrics.feeds import Stops
from metrics.judging import Factor, Signal
from metrics.types import FactorScore, HealthPolicy, Sentence, Value

SIGNALS_A_BLOCK: Final = 6
CSV_TITLES: Final = ("factor", "points", "most", "share_percent", "fact")


def health_explanation(answer: HealthAnswer, t: Translator) -> Modal:
    """The modal."""
    no_use = "usage" in answer.facts.stopped
    blocks: list[Block] = [
        as_section(t, (headline(answer.account.name, answer.health, answer.change, t), *_sum(answer, t))),
        as_section(t, rules_of_scores(answer.policy)),
        divider(),
        *(as_section(t, _factor(part, answer.facts.stopped, t)) for part in weightiest(answer.health)),
        divider(),
        *(as_section(t, paragraph) for paragraph in _signals(answer, t)),
        actions(button(t("As CSV"), "health.csv", packed(answer.account.key))),
        context(t.md(health_as_of(answer.usage_until, answer.health, answer.today, t, stopped=no_use))),
    ]
    return Modal(cut(t("How it is computed"), TITLE_MOST), tuple(blocks), cut(t("Close"), TITLE_MOST))


def _sum(answer: HealthAnswer, t: Translator) -> Paragraph:
    """The score's formula with its numbers."""
    known = [part for part in weightiest(answer.health) if part.reading is not None]
    if answer.health.score is None:
        return (line(Sentence("No factor has data, so there is no score.")),)
    values: dict[str, Value] = {
        "points": " + ".join(earned(part, t) for part in known),
        "most": " + ".join(formats.number(part.points, t.locale) for part in known),
        "score": answer.health.score,
    }
    return (line(Sentence("100 × ({points}) ÷ ({most}) = {score}", values)),)


def rules_of_scores(policy: HealthPolicy) -> Paragraph:
    """What a score is, and where its bands begin."""
    bands: dict[str, Value] = {"good": policy.good_from, "average": policy.average_from}
    return (
        line(
            Sentence(
                "The score is the share of its points that the factors earn, from 1 to 100. A factor without data is "
                "left out and the others count for more; the coverage says how much of the whole has data. An optional "
                "factor is part of the whole only where it has data."
            )
        ),
        line(Sentence("Good from {good}, average from {average}, poor below.", bands)),
    )


def _signals(answer: HealthAnswer, t: Translator) -> Iterator[Paragraph]:
    """The risks that the account is judged by, with the thresholds in force for its segment."""
    lines = tuple(signals_in_force(Signal.RISK, answer.rules, answer.facts.segment, t))
    yield (strong(Sentence("Risks are found by these thresholds")), *lines[:SIGNALS_A_BLOCK])
    for first in range(SIGNALS_A_BLOCK, len(lines), SIGNALS_A_BLOCK):
        yield lines[first : first + SIGNALS_A_BLOCK]


def _factor(part: FactorScore, stopped: Stops, t: Translator) -> Paragraph:
    factor = all_factors()[part.factor_id]
    title: dict[str, Value] = {"factor": Sentence(factor.title), "points": earned(part, t), "most": part.points}
    head = strong(Sentence("{factor}: {points} of {most} points", title))
    if part.reading is None:
        return (head, line(Sentence(factor.explanation)), line(_left_out(factor, stopped)))
    share: dict[str, Value] = {
        "fact": part.reading.fact,
        "share": Fraction(part.reading.permille, 1000),
        "most": part.points,
        "points": earned(part, t),
    }
    return (
        head,
        line(Sentence(factor.explanation)),
        line(Sentence("{fact} → {share} × {most} = {points}", share)),
    )


def _left_out(factor: Factor, stopped: Stops) -> Sentence:
    if why := why_unknown(factor.id, stopped):
        return Sentence("Left out: {why}.", {"why": why})
    if factor.optional:
        return Sentence("None at present: left out, and not missed in the coverage.")
    return Sentence("No data: left out.")


def health_document(answer: HealthAnswer, t: Translator) -> Document:
    """The factors as a file, one a row."""
    titles = {factor.id: factor.title for factor in all_factors().values()}
    rows = [
        (
            t(titles[part.factor_id]),
            "" if part.reading is None else earned(part, t),
            part.points,
            "" if part.reading is None else formats.number(Fraction(part.reading.permille, 10), "en", 1),
            _told(part, answer.facts.stopped, t),
        )
        for part in weightiest(answer.health)
    ]
    text = t("What the health score of {account} is made of", account=answer.account.name)
    return Document(file_name("health", answer.account.key), csv_file(CSV_TITLES, rows), text)


def _told(part: FactorScore, stopped: Stops, t: Translator) -> str:
    """The fact behind a factor's points, or why there is none."""
    if part.reading is not None:
        return t(part.reading.fact)
    why = why_unknown(part.factor_id, stopped)
    return t("unknown") if why is None else t(Sentence("unknown: {why}", {"why": why}))
