"""What counts as a risk, the figures about health behind it, and all open risks as a file."""

from typing import Final

from commands.core.button_values import packed
from commands.core.reply import Block, Document, Modal
from commands.core.request import Translator
from commands.core.risk_question import RiskAnswer
from commands.ui.blocks import actions, button, context, cut, divider
from commands.ui.cards.csv_file import Cell, amount, csv_file
from commands.ui.cards.definition import figure_section
from commands.ui.cards.dials import in_force, turned
from commands.ui.cards.freshness import book_as_of
from commands.ui.cards.paragraphs import Paragraph, as_section, line, strong
from commands.ui.cards.words import book_name
from metrics.formulas import all_metrics
from metrics.judging import Rule, Signal
from metrics.rules import rules_of
from metrics.types import Sentence, plural

FIGURES: Final = ("mrr_at_risk", "health_mix", "average_health")
RULES_A_BLOCK: Final = 4
TITLE_MOST: Final = 24
CSV_TITLES: Final = (
    "account_id",
    "name",
    "segment",
    "csm",
    "mrr",
    "currency",
    "score",
    "severity",
    "risk",
    "since",
    "why",
    "next_step",
)


def atrisk_explanation(answer: RiskAnswer, t: Translator) -> Modal:
    """The modal: what an open risk is, every signal with its next step, then the figures from stored scores."""
    rules = tuple(rules_of(Signal.RISK).values())
    blocks: list[Block] = [
        as_section(
            t,
            (
                strong(Sentence("What counts as a risk")),
                line(
                    Sentence(
                        "Every customer, and every account being brought on board, is judged by these signals on "
                        "today's data. The most severe come first, then those that pay most. The MRR at stake is "
                        "what all of them pay, each counted once."
                    )
                ),
            ),
        ),
    ]
    for first in range(0, len(rules), RULES_A_BLOCK):
        told = (each for rule in rules[first : first + RULES_A_BLOCK] for each in _rule(rule, answer, t))
        blocks.append(as_section(t, tuple(told)))
    if own := tuple(turned(answer.rules)):
        blocks.append(as_section(t, (strong(Sentence("What this company has set otherwise")), *own)))
    metrics = all_metrics()
    blocks += [
        divider(),
        *(
            figure_section(metrics[name], answer.figure(name), answer.totals.currency, t, asked=answer.as_of_today)
            for name in FIGURES
        ),
        actions(button(t("All as CSV"), "atrisk.csv", packed(answer.text))),
        context(t.md(book_as_of(answer.coverage, answer.today, t))),
    ]
    return Modal(cut(t("How it is computed"), TITLE_MOST), tuple(blocks), cut(t("Close"), TITLE_MOST))


def _rule(rule: Rule, answer: RiskAnswer, t: Translator) -> Paragraph:
    """A signal, its next step, and the thresholds in force for the book's segment, or for accounts at large."""
    return (
        line(Sentence("*{risk}* → {advice}", {"risk": Sentence(rule.title), "advice": Sentence(rule.advice)})),
        line(in_force(rule, answer.rules, answer.book.segment, t)),
    )


def atrisk_document(answer: RiskAnswer, t: Translator) -> Document:
    """Every open risk, one a row, the worst account first; reasons in the reader's words."""
    rows: list[tuple[Cell, ...]] = [
        (
            row.account.key,
            row.account.name,
            row.account.segment,
            row.account.csm_email,
            amount(row.account.mrr.minor, row.account.mrr.currency),
            row.account.mrr.currency,
            row.health.score,
            finding.severity.value,
            t(rule.title),
            finding.since,
            t(finding.why),
            t(rule.advice),
        )
        for row in answer.rows
        for rule, finding in row.found
    ]
    sentence = plural(
        "The open risks of {count} account: {accounts}",
        "The open risks of {count} accounts: {accounts}",
        len(answer.rows),
        accounts=book_name(answer.book),
    )
    return Document(f"atrisk-{answer.today.isoformat()}.csv", csv_file(CSV_TITLES, rows), t(sentence))
