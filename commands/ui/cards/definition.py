"""How one figure is computed: what it means, its formula in words and with its own numbers, whose definition it is."""

from typing import Any, Final

from commands.core.button_values import packed
from commands.core.reply import Block, Markup
from commands.core.request import Translator
from commands.ui.blocks import bold, button, italic, join, section
from commands.ui.cards.figures import shown, written
from commands.ui.cards.hours import counted_in
from metrics.types import Definitions, Figure, Metric, Sentence

ACCOUNTS: Final = "metric.accounts"
"""The action that shows the accounts behind a figure; its value is the figure's id with the question."""


def figure_section(
    metric: Metric[Any],
    figure: Figure,
    currency: str,
    t: Translator,
    *,
    asked: str,
    definitions: Definitions | None = None,
) -> Block:
    """A figure: value, meaning, formula in words and in numbers, source; beside it the way to its accounts.

    `asked` is what it was computed for, as buttons carry it (period, book, currency); `definitions` are those that it
    was computed by, None where they are nothing to it.
    """
    counted: tuple[Markup, ...] = ()
    if metric.in_business_hours and definitions is not None:
        hours = counted_in(definitions.business_hours, t)
        counted = (t.md(Sentence("Counted in {hours}.", {"hours": hours})),)
    words = {name: t(term.title) for name, term in metric.terms.items()}
    numbers = {name: written(figure.inputs[name], term.unit, currency, t) for name, term in metric.terms.items()}
    value = shown(figure, metric.unit, currency, t)
    return section(
        join(
            "\n",
            (
                bold(t.md(Sentence("{figure}: {value}", {"figure": Sentence(metric.title), "value": value}))),
                t.md(metric.definition),
                *counted,
                t.md("= {formula}", formula=t(metric.formula, **words)),
                t.md("= {formula} = {value}", formula=t(metric.formula, **numbers), value=value),
                italic(t.md(metric.source)),
            ),
        ),
        accessory=accounts_button(metric, asked, t),
    )


def accounts_button(metric: Metric[Any], asked: str, t: Translator, label: str = "") -> Block:
    """The way to the accounts behind a figure; `label` where there are several such ways."""
    return button(label or t("Accounts"), ACCOUNTS, packed(f"{metric.id} {asked}".strip()))
