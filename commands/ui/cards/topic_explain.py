"""How a topic's figures are computed, and the accounts behind them: a modal by pages, and a file of all of them."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from commands.core.arguments import render
from commands.core.button_values import packed
from commands.core.figure_question import FiguresAnswer
from commands.core.reply import Block, Document, Modal
from commands.core.request import Translator
from commands.ui.blocks import actions, button, context, cut, divider, section
from commands.ui.cards.csv_file import Cell, amount, csv_file
from commands.ui.cards.definition import figure_section
from commands.ui.cards.ledger_rules import unusual_sections
from commands.ui.cards.paragraphs import as_section, markup, strong
from commands.ui.cards.topic import Accounts, Topic
from commands.ui.cards.topic_card import account_line, fresh_as_of, metrics_of, scope
from metrics.formulas import all_metrics
from metrics.types import AccountRow, Sentence, plural

PAGE: Final = 10
"""Accounts a page."""
TITLE_MOST: Final = 24
CSV_TITLES: Final = ("list", "account_id", "name", "segment", "csm", "mrr", "currency", "day", "why")


class _Listed(NamedTuple):
    """An account, and the list it is in."""

    of: Accounts
    row: AccountRow


def topic_explanation(topic: Topic, answer: FiguresAnswer, page: int, t: Translator) -> Modal:
    """The modal: what the figures are about, each figure, then one page of the accounts behind them."""
    metrics = all_metrics()
    listed = tuple(_all(topic, answer))
    blocks = [
        as_section(t, (strong(Sentence("Figures for {scope}", {"scope": scope(answer, t)})),)),
        *(
            figure_section(
                metrics[name],
                answer.figures[name],
                answer.currency,
                t,
                asked=render(answer.asked),
                definitions=answer.scope.definitions,
            )
            for name in metrics_of(topic)
        ),
        *(unusual_sections(answer.scope.definitions.ledger, t) if "subscriptions" in topic.entities else ()),
        *((divider(), *_accounts(topic, answer, listed, page, t)) if topic.accounts else ()),
        context(markup(t, fresh_as_of(topic, answer))),
    ]
    return Modal(cut(t("How it is computed"), TITLE_MOST), tuple(blocks), cut(t("Close"), TITLE_MOST))


def topic_document(topic: Topic, answer: FiguresAnswer, t: Translator) -> Document:
    """All accounts of all lists, one a row, reasons in the reader's words, amounts in the currency's units."""
    listed = tuple(_all(topic, answer))
    rows = [_cells(one, answer, t) for one in listed]
    name = f"{topic.command}-{answer.asked.period.id.replace('..', '-')}.csv"
    sentence = plural(
        "The {count} account behind /{command}: {scope}",
        "The {count} accounts behind /{command}: {scope}",
        len(listed),
        command=topic.command,
        scope=scope(answer, t),
    )
    return Document(name, csv_file(CSV_TITLES, rows), t(sentence))


def _all(topic: Topic, answer: FiguresAnswer) -> Iterator[_Listed]:
    """The lists one after another."""
    return (_Listed(of, row) for of in topic.accounts for row in answer.accounts[of.id])


def _cells(one: _Listed, answer: FiguresAnswer, t: Translator) -> tuple[Cell, ...]:
    row = one.row
    return (
        t(one.of.title),
        row.key,
        row.name,
        row.segment,
        answer.csms.get(row.account_id),
        row.mrr and amount(row.mrr.minor, row.mrr.currency),
        row.mrr and row.mrr.currency,
        row.day,
        t(row.why),
    )


def _accounts(
    topic: Topic, answer: FiguresAnswer, listed: Sequence[_Listed], page: int, t: Translator
) -> tuple[Block, ...]:
    if not listed:
        return (section(t.md("No account stands behind these figures.")),)
    last = (len(listed) - 1) // PAGE
    page = min(page, last)
    here = listed[page * PAGE : (page + 1) * PAGE]
    values = {"first": page * PAGE + 1, "last": page * PAGE + len(here), "count": len(listed)}
    title = strong(Sentence("Accounts behind these figures: {first} to {last} of {count}", values))
    buttons = []
    if page > 0:
        buttons.append(button(t("‹ Previous"), f"{topic.command}.explain.back", packed(answer.text, page - 1)))
    if page < last:
        buttons.append(button(t("Next ›"), f"{topic.command}.explain.next", packed(answer.text, page + 1)))
    buttons.append(button(t("All as CSV"), f"{topic.command}.csv", packed(answer.text)))
    lists = (
        as_section(t, (strong(Sentence(of.title)), *(account_line(one.row, t) for one in group)))
        for of, group in groupby(here, key=lambda one: one.of)
    )
    return (as_section(t, (title,)), *lists, actions(*buttons))
