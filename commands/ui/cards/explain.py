"""How figures about revenue are computed: definition, formula in words and in numbers, the accounts behind them."""

from collections.abc import Sequence
from typing import Final

from commands.core.arguments import render
from commands.core.button_values import packed
from commands.core.reply import Block, Document, Modal
from commands.core.request import Translator
from commands.core.revenue_question import RevenueAnswer
from commands.ui.blocks import actions, button, context, cut, divider, section
from commands.ui.cards.csv_file import amount, csv_file
from commands.ui.cards.definition import figure_section
from commands.ui.cards.freshness import revenue_as_of
from commands.ui.cards.ledger_rules import unusual_sections
from commands.ui.cards.paragraphs import as_section, strong
from commands.ui.cards.revenue import move_line, scope
from metrics.formulas import all_metrics
from metrics.types import AccountMove, MovementKind, Sentence, plural

PAGE: Final = 10
"""Accounts a page."""
TITLE_MOST: Final = 24
CSV_TITLES: Final = (
    "account_id",
    "name",
    "segment",
    "kind",
    "cause",
    "detail",
    "day",
    "opening_mrr",
    "closing_mrr",
    "change",
    "currency",
)


def explanation(
    answer: RevenueAnswer,
    command: str,
    metric_ids: Sequence[str],
    kinds: Sequence[MovementKind],
    page: int,
    t: Translator,
) -> Modal:
    """The modal: what the figures are about, each figure, then one page of the accounts that moved them."""
    metrics = all_metrics()
    blocks = [
        as_section(t, (strong(Sentence("Figures for {scope}", {"scope": scope(answer, t)})),)),
        *(
            figure_section(
                metrics[metric_id], answer.figure(metric_id), answer.facts.currency, t, asked=render(answer.asked)
            )
            for metric_id in metric_ids
        ),
        *unusual_sections(answer.rules, t),
        divider(),
        *_accounts(answer, command, answer.of_kinds(kinds), page, t),
        context(t.md(revenue_as_of(answer.imported_on, answer.today, answer.rates_day, answer.asked.currency))),
    ]
    return Modal(cut(t("How it is computed"), TITLE_MOST), tuple(blocks), cut(t("Close"), TITLE_MOST))


def _accounts(
    answer: RevenueAnswer, command: str, moves: Sequence[AccountMove], page: int, t: Translator
) -> list[Block]:
    if not moves:
        return [section(t.md("No account moved these figures."))]
    last = (len(moves) - 1) // PAGE
    page = min(page, last)
    here = moves[page * PAGE : (page + 1) * PAGE]
    values = {"first": page * PAGE + 1, "last": page * PAGE + len(here), "count": len(moves)}
    title = strong(Sentence("Accounts behind these figures: {first} to {last} of {count}", values))
    text = render(answer.asked)
    buttons = []
    if page > 0:
        buttons.append(button(t("‹ Previous"), f"{command}.explain.back", packed(text, page - 1)))
    if page < last:
        buttons.append(button(t("Next ›"), f"{command}.explain.next", packed(text, page + 1)))
    buttons.append(button(t("All as CSV"), f"{command}.csv", packed(text)))
    rows = [move_line(move, answer.facts.currency, t) for move in here]
    return [as_section(t, (title, *rows)), actions(*buttons)]


def document(answer: RevenueAnswer, command: str, kinds: Sequence[MovementKind], t: Translator) -> Document:
    """All accounts behind the figures, one a row, amounts in the currency's units."""
    moves = answer.of_kinds(kinds)
    currency = answer.facts.currency
    rows = [
        (
            move.key,
            move.name,
            move.segment,
            move.kind.value,
            move.cause and move.cause.value,
            move.detail,
            move.day,
            amount(move.opening, currency),
            amount(move.closing, currency),
            amount(move.change, currency),
            currency,
        )
        for move in moves
    ]
    name = f"{command}-{answer.asked.period.id.replace('..', '-')}.csv"
    about = scope(answer, t)
    sentence = plural(
        "The {count} account behind /{command}: {scope}",
        "The {count} accounts behind /{command}: {scope}",
        len(moves),
        command=command,
        scope=about,
    )
    return Document(name, csv_file(CSV_TITLES, rows), t(sentence))
