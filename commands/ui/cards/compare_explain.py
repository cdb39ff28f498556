"""How the figures of a comparison are computed: each with the numbers of both sides, and all of them as a file."""

from collections.abc import Iterator
from typing import Any, Final

from commands.core.arguments import render
from commands.core.button_values import packed
from commands.core.compare_question import CompareAnswer
from commands.core.reply import Block, Document, Markup, Modal
from commands.core.request import Translator
from commands.ui.blocks import actions, bold, button, context, cut, italic, join, section
from commands.ui.cards.compare_card import as_of, sides_named, title
from commands.ui.cards.csv_file import Cell, csv_file, figure_cell
from commands.ui.cards.definition import accounts_button
from commands.ui.cards.explain import TITLE_MOST
from commands.ui.cards.figures import shown, written
from commands.ui.cards.ledger_rules import unusual_sections
from commands.ui.cards.paragraphs import as_section, markup, plain_text
from metrics.formulas import all_metrics
from metrics.types import Figure, Metric, Sentence, Unit

CSV_TITLES: Final = ("metric", "title", "side", "first_day", "last_day", "unit", "currency", "value")


def compare_explanation(answer: CompareAnswer, t: Translator) -> Modal:
    """The modal: what each figure means, its formula in words, and in the numbers of either side."""
    blocks: tuple[Block, ...] = (
        as_section(t, (title(answer, t),)),
        *(block for name in answer.metrics for block in _figure(all_metrics()[name], answer, t)),
        *unusual_sections(answer.definitions.ledger, t),
        actions(button(t("All as CSV"), "compare.csv", packed(answer.text))),
        context(markup(t, as_of(answer, t))),
    )
    return Modal(cut(t("How it is computed"), TITLE_MOST), blocks, cut(t("Close"), TITLE_MOST))


def compare_document(answer: CompareAnswer, t: Translator) -> Document:
    """The figures of both sides, one a row."""
    return Document("compare.csv", csv_file(CSV_TITLES, _rows(answer, t)), plain_text(t, [(title(answer, t),)]))


def _figure(metric: Metric[Any], answer: CompareAnswer, t: Translator) -> Iterator[Block]:
    """What it means and how it came about on either side; the way to the accounts of a side that is more than one."""
    words = {name: t(term.title) for name, term in metric.terms.items()}
    names = sides_named(answer, t)[0]
    sides = (
        _numbers(metric, side.figures[metric.id], name, answer, t)
        for name, side in zip(names, answer.sides, strict=True)
    )
    lines: tuple[Markup, ...] = (
        bold(t.md(metric.title)),
        t.md(metric.definition),
        t.md("= {formula}", formula=t(metric.formula, **words)),
        *sides,
        italic(t.md(metric.source)),
    )
    yield section(join("\n", lines))
    buttons = [
        accounts_button(metric, render(side.asked._replace(period=side.period)), t, t("Accounts: {side}", side=name))
        for name, side in zip(names, answer.sides, strict=True)
        if side.account is None
    ]
    if buttons:
        yield actions(*buttons)


def _numbers(metric: Metric[Any], figure: Figure, name: str, answer: CompareAnswer, t: Translator) -> Markup:
    currency = answer.rates.home
    numbers = {one: written(figure.inputs[one], term.unit, currency, t) for one, term in metric.terms.items()}
    value = shown(figure, metric.unit, currency, t)
    computed = {"side": name, "formula": t(metric.formula, **numbers), "value": value}
    return t.md(Sentence("{side}: {formula} = {value}", computed))


def _rows(answer: CompareAnswer, t: Translator) -> Iterator[tuple[Cell, ...]]:
    currency = answer.rates.home
    for metric in (all_metrics()[name] for name in answer.metrics):
        for name, side in zip(sides_named(answer, t)[0], answer.sides, strict=True):
            about = (metric.id, t(metric.title), name, side.period.start, side.period.last, metric.unit.value)
            in_money = currency if metric.unit is Unit.MONEY else None
            yield (*about, in_money, figure_cell(side.figures[metric.id].value, metric.unit, currency))
