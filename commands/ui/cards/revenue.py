"""What the cards of /mrr and /churn share: headlines' periods, the accounts behind a figure, the row of buttons."""

from collections.abc import Sequence
from typing import Final

from commands.core.arguments import render
from commands.core.asked import neighbours
from commands.core.reply import Block, Chart, Reply
from commands.core.request import Translator
from commands.core.revenue_question import RevenueAnswer
from commands.core.surroundings import Surroundings
from commands.ui import formats
from commands.ui.blocks import context, section
from commands.ui.cards import figures
from commands.ui.cards.figure_buttons import figure_buttons, step
from commands.ui.cards.filter_menus import filter_menus
from commands.ui.cards.freshness import revenue_as_of
from commands.ui.cards.paragraphs import Line, Paragraph, as_section, line, plain_text, strong
from commands.ui.cards.sharing import sharing_note
from commands.ui.cards.words import CAUSES, MOVEMENTS, asked_period, book_name, period_name, short
from metrics.formulas import all_metrics
from metrics.types import AccountMove, Sentence, Value

BIGGEST: Final = 3


def scope(answer: RevenueAnswer, t: Translator) -> Sentence:
    """What the figures are about: the period and the accounts."""
    period = asked_period(answer.asked.period, t, running=answer.running, today=answer.today)
    return Sentence("{period}, {accounts}", {"period": period, "accounts": book_name(answer.asked.book)})


def before_name(answer: RevenueAnswer, t: Translator) -> str:
    """What the figures are held against."""
    return period_name(answer.before, t)


def beside(answer: RevenueAnswer, metric_id: str, t: Translator) -> Sentence:
    """A figure with its value and the one of the period before."""
    metric = all_metrics()[metric_id]
    return figures.beside(metric, answer.figure(metric_id), answer.figure_before(metric_id), answer.facts.currency, t)


def biggest(title: Sentence, moves: Sequence[AccountMove], currency: str, t: Translator) -> Paragraph:
    """The largest changes, each with its account, amount and reason; nothing at all where there are none."""
    if not moves:
        return ()
    rows = [move_line(move, currency, t) for move in moves[:BIGGEST]]
    more = len(moves) - BIGGEST
    rest = [line(Sentence("and {count} more", {"count": more}))] if more > 0 else []
    return (strong(title), *rows, *rest)


def move_line(move: AccountMove, currency: str, t: Translator) -> Line:
    """An account's change with its reason."""
    reason = move.detail or (move.cause and t(CAUSES[move.cause]))
    values = {
        "account": short(move.name),
        "change": formats.signed_money(move.change, currency, t.locale),
        "kind": t(MOVEMENTS[move.kind]),
        "reason": short(reason or ""),
    }
    if reason:
        return line(Sentence("{account} {change} ({kind}: {reason})", values))
    return line(Sentence("{account} {change} ({kind})", values))


def reply(
    paragraphs: Sequence[Paragraph],
    answer: RevenueAnswer,
    chart: Chart,
    where: Surroundings,
    t: Translator,
    command: str,
) -> Reply:
    """The card: words, then the picture, then the buttons, then how fresh the data is."""
    spoken = [paragraph for paragraph in paragraphs if paragraph]
    as_of = revenue_as_of(answer.imported_on, answer.today, answer.rates_day, answer.asked.currency)
    notes = [t.md(as_of), *sharing_note(where, t)]
    words = tuple(as_section(t, paragraph) for paragraph in spoken)
    text = plain_text(t, [*spoken, (line(as_of),)])
    menus = filter_menus(command, render(answer.asked), answer.asked, where, t)
    blocks = (*words, *menus, _buttons(answer, command, where, t), context(*notes))
    return Reply(text, blocks, chart, len(words), shared=where.shared_by is not None)


def _buttons(answer: RevenueAnswer, command: str, where: Surroundings, t: Translator) -> Block:
    earlier, later = neighbours(answer.asked, answer.today)
    steps = (step(earlier, render, t), step(later, render, t))
    return figure_buttons(command, render(answer.asked), steps, where, t)


def nothing_yet(answer: RevenueAnswer, where: Surroundings, t: Translator, command: str) -> Reply:
    """What is said instead of a card full of zeros; another segment is a tap away."""
    if answer.imported_on is None:
        sentence = Sentence(
            "No subscriptions yet, so there is no MRR to speak of. "
            "Import them with `latido import subscriptions.csv accounts.csv`, or a folder with both."
        )
    else:
        about: dict[str, Value] = {
            "accounts": book_name(answer.asked.book),
            "period": period_name(answer.asked.period, t),
        }
        sentence = Sentence("{period}, {accounts}: nobody paid anything. Try another period or segment.", about)
    menus = filter_menus(command, render(answer.asked), answer.asked, where, t) if answer.imported_on else ()
    as_of = context(t.md(revenue_as_of(answer.imported_on, answer.today)))
    return Reply(t(sentence), (section(t.md(sentence)), *menus, as_of), shared=where.shared_by is not None)


def month_series(answer: RevenueAnswer) -> list[str]:
    """The first days of the chart's months."""
    return [month.start.isoformat() for month in answer.months]
