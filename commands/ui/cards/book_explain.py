"""How the scores of a CSM's own accounts are made, the figures of the book, and all of its accounts as a file."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from commands.core.button_values import packed
from commands.core.health_question import BookLine, change
from commands.core.own_scores import OwnScores
from commands.core.reply import Block, Document, Modal
from commands.core.request import Translator
from commands.ui import formats
from commands.ui.blocks import actions, button, context, cut, divider
from commands.ui.cards.csv_file import Cell, amount, csv_file
from commands.ui.cards.definition import figure_section
from commands.ui.cards.explain import TITLE_MOST
from commands.ui.cards.freshness import book_as_of
from commands.ui.cards.health_explain import rules_of_scores
from commands.ui.cards.paragraphs import Line, Paragraph, as_section, line, strong
from commands.ui.cards.words import short
from metrics.factors import all_factors
from metrics.formulas import all_metrics
from metrics.types import FactorScore, Sentence, plural

FIGURES: Final = ("average_health", "health_mix", "mrr_at_risk")
CSV_TITLES: Final = (
    *("account_id", "name", "segment", "score", "band", "change_30_days", "coverage_percent"),
    *("mrr", "currency", "renewal_on"),
)
"""Before the points of each factor."""


def book_explanation(own: OwnScores, t: Translator) -> Modal:
    """The modal: what a score is, each factor with its points, the bands, then the figures from stored scores."""
    metrics = all_metrics()
    blocks: list[Block] = [
        as_section(t, (strong(Sentence("How a score is made")), *rules_of_scores(own.policy))),
        *(as_section(t, _factor(name, own)) for name in own.points),
        divider(),
        *(figure_section(metrics[name], own.figure(name), own.totals.currency, t, asked=own.asked) for name in FIGURES),
        actions(button(t("All as CSV"), "health.book.csv", packed(""))),
        context(t.md(book_as_of(own.book.coverage, own.book.today, t))),
    ]
    return Modal(cut(t("How it is computed"), TITLE_MOST), tuple(blocks), cut(t("Close"), TITLE_MOST))


def _factor(factor_id: str, own: OwnScores) -> Paragraph:
    """A factor's points and how they are earned; and its points in those of the book's segments that have their own."""
    factor, points = all_factors()[factor_id], own.points[factor_id]
    title = Sentence(factor.title)
    head = strong(plural("{factor}: up to {count} point", "{factor}: up to {count} points", points, factor=title))
    return (head, line(Sentence(factor.explanation)), *_elsewhere(factor_id, own))


def _elsewhere(factor_id: str, own: OwnScores) -> Iterator[Line]:
    for segment, points in own.points_by_segment.items():
        here = points.get(factor_id, 0)
        if here != own.points[factor_id]:
            named = short(segment)
            yield line(
                plural("In {segment}: up to {count} point", "In {segment}: up to {count} points", here, segment=named)
            )


def book_document(own: OwnScores, t: Translator) -> Document:
    """The accounts as a file, one a row, worst first, with the points that each factor gave."""
    factors = tuple(own.points)
    count = len(own.book.lines)
    text = plural("{count} account of yours with its score", "{count} accounts of yours with their scores", count)
    rows = (_row(each, factors) for each in own.book.lines)
    name = f"health-{own.book.today.isoformat()}.csv"
    return Document(name, csv_file((*CSV_TITLES, *factors), rows), t(text))


def _row(each: BookLine, factors: tuple[str, ...]) -> tuple[Cell, ...]:
    mrr, health = each.facts.mrr, each.health
    parts = {part.factor_id: part for part in health.factors}
    return (
        each.account.key,
        each.account.name,
        each.account.segment,
        health.score,
        None if health.band is None else health.band.value,
        change(health, each.before),
        _number(health.coverage * 100),
        amount(mrr.minor, mrr.currency),
        mrr.currency,
        each.account.renewal_on,
        *(_points(parts.get(name)) for name in factors),
    )


def _points(part: FactorScore | None) -> Cell:
    """Empty where the factor has no data, or is no part of the score."""
    if part is None or part.reading is None:
        return None
    return _number(Fraction(part.reading.permille * part.points, 1000))


def _number(value: Fraction) -> str:
    """As a spreadsheet reads it, whatever the reader's language."""
    return formats.number(value, "en", 1)
