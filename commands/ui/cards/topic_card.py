"""The card of a topic: its figures beside the period before, what they are made of, the accounts behind them."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from commands.core.figure_question import FiguresAnswer
from commands.core.reply import Chart, Reply
from commands.core.request import Translator
from commands.core.surroundings import Surroundings
from commands.ui.blocks import context
from commands.ui.cards.churn_bands import own_band
from commands.ui.cards.figure_buttons import figure_buttons, step
from commands.ui.cards.figures import beside, moved, shown
from commands.ui.cards.filter_menus import filter_menus
from commands.ui.cards.freshness import data_as_of
from commands.ui.cards.hours import counted_in
from commands.ui.cards.paragraphs import Line, Paragraph, as_section, line, markup, plain_text, strong
from commands.ui.cards.sharing import sharing_note
from commands.ui.cards.stops import held_back
from commands.ui.cards.topic import Accounts, Topic
from commands.ui.cards.trend import trend_chart
from commands.ui.cards.words import JUDGED, asked_period, book_name, period_name, short
from metrics.bands import grade_churn
from metrics.formulas import all_metrics
from metrics.types import AccountRow, Breakdown, BreakdownRow, RevenueFacts, Sentence, Unit, Value

BREAKDOWN_ROWS: Final = 5
WHY_MOST: Final = 200
"""Letters of a reason on a card."""


def metrics_of(topic: Topic) -> tuple[str, ...]:
    """The metrics on a topic's card, in the order in which it tells them."""
    return tuple(dict.fromkeys((topic.headline, *(metric for row in topic.rows for metric in row))))


def topic_card(topic: Topic, answer: FiguresAnswer, where: Surroundings, t: Translator) -> Reply:
    """The answer with its chart; a sentence that teaches where there is nothing to say."""
    if unknown(topic, answer):
        return _nothing(topic, answer, where, t)
    paragraphs = (
        _headline(topic, answer, t),
        tuple(line(*(_beside(answer, metric, t) for metric in row)) for row in topic.rows),
        *(_breakdown(split, t) for split in answer.breakdowns),
        *(_accounts(listed, answer.accounts[listed.id], t) for listed in topic.accounts),
        (held_back(answer.held_back),),
    )
    spoken = [paragraph for paragraph in paragraphs if any(each.said for each in paragraph)]
    return _reply(topic, answer, spoken, _chart(topic, answer, t), where, t)


def unknown(topic: Topic, answer: FiguresAnswer) -> bool:
    """Whether none of the figures has an answer: a count of 0 is none as long as nothing was ever imported."""
    imported = any(answer.imported_on.values())
    figures = (answer.figures[metric].value for metric in metrics_of(topic))
    return not any(value is not None and (imported or value) for value in figures)


def scope(answer: FiguresAnswer, t: Translator) -> Sentence:
    """What the figures are about: the period and the accounts."""
    period = asked_period(answer.asked.period, t, running=answer.running, today=answer.today)
    return Sentence("{period}, {accounts}", {"period": period, "accounts": book_name(answer.asked.book)})


def fresh_as_of(topic: Topic, answer: FiguresAnswer) -> Line:
    """How fresh the data is; and the rates, where there are amounts."""
    metrics = [all_metrics()[name] for name in metrics_of(topic)]
    units = {unit for metric in metrics for unit in (metric.unit, *(term.unit for term in metric.terms.values()))}
    amounts = Unit.MONEY in units or any(row.mrr for rows in answer.accounts.values() for row in rows)
    rates_day = answer.rates_day if amounts else None
    return data_as_of(answer.imported_on, answer.today, rates_day, answer.asked.currency, answer.stopped)


def account_line(row: AccountRow, t: Translator) -> Line:
    """An account of a list: its name and why it is there, its MRR, the day."""
    values: dict[str, Value] = {"account": short(row.name), "why": cut_short(t(row.why))}
    mrr = None if row.mrr is None else Sentence("MRR {mrr}", {"mrr": row.mrr})
    day = None if row.day is None else Sentence("{day}", {"day": row.day})
    return line(Sentence("{account}: {why}", values), mrr, day)


def cut_short(text: str) -> str:
    """A reason, cut to what a card has room for, on one line."""
    text = text.replace("\n", " ")
    return text if len(text) <= WHY_MOST else text[: WHY_MOST - 1].rstrip() + "…"


def _headline(topic: Topic, answer: FiguresAnswer, t: Translator) -> Paragraph:
    metric = all_metrics()[topic.headline]
    now, before = answer.figures[metric.id], answer.figures_before[metric.id]
    value = Sentence(
        "{figure} {value}",
        {"figure": Sentence(metric.title), "value": shown(now, metric.unit, answer.currency, t)},
    )
    held = Sentence(
        "{period}: {value}",
        {"period": period_name(answer.before, t), "value": shown(before, metric.unit, answer.currency, t)},
    )
    change = moved(now, before, metric.unit, answer.currency, t)
    counted = counted_in(answer.scope.definitions.business_hours, t) if metric.in_business_hours else None
    return (strong(value, change, _judged(metric.id, answer), scope(answer, t)), line(held, counted))


def _judged(metric_id: str, answer: FiguresAnswer) -> Sentence | None:
    """How the value is to be taken; None where there is no band, no answer, or the period is not over.

    What was lost is judged by its mean month: that is what the bands are about.
    """
    metric = all_metrics()[metric_id]
    value = answer.figures[metric_id].value
    if metric.grade is None or value is None or answer.running:
        return None
    months = len(answer.period.months()) if metric.facts is RevenueFacts else 1
    segment, definitions = answer.asked.book.segment, answer.scope.definitions
    grade = Sentence(JUDGED[metric.grade(value / Fraction(months), segment, definitions)])
    band = own_band(segment, definitions) if metric.grade is grade_churn else None
    return grade if band is None else Sentence("{grade} ({band})", {"grade": grade, "band": band})


def _beside(answer: FiguresAnswer, metric_id: str, t: Translator) -> Sentence | None:
    """A figure beside the period before; None where neither has an answer."""
    now, before = answer.figures[metric_id], answer.figures_before[metric_id]
    if now.value is None and before.value is None:
        return None
    return beside(all_metrics()[metric_id], now, before, answer.currency, t)


def _breakdown(split: Breakdown, t: Translator) -> Paragraph:
    """The title, then the first rows; nothing where there are none."""
    if not split.rows:
        return ()
    told = (_breakdown_line(row, t) for row in split.rows[:BREAKDOWN_ROWS])
    return (strong(cut_short(t(split.title))), *told, *_more(len(split.rows), BREAKDOWN_ROWS))


def _breakdown_line(row: BreakdownRow, t: Translator) -> Line:
    label, *rest = (cut_short(t(Sentence("{value}", {"value": value}))) for value in (row.label, *row.values))
    if not rest:
        return line(label)
    return line(Sentence("{label}: {value}", {"label": label, "value": rest[0]}), *rest[1:])


def _accounts(listed: Accounts, rows: Sequence[AccountRow], t: Translator) -> Paragraph:
    """The title with the number of accounts, then the first of them."""
    if not rows:
        return (line(Sentence(listed.empty)),) if listed.empty else ()
    title = Sentence("{title} ({count})", {"title": Sentence(listed.title), "count": len(rows)})
    told = (account_line(row, t) for row in rows[: listed.on_card])
    return (strong(title), *told, *_more(len(rows), listed.on_card))


def _more(count: int, told: int) -> tuple[Line, ...]:
    return (line(Sentence("and {count} more", {"count": count - told})),) if count > told else ()


def _chart(topic: Topic, answer: FiguresAnswer, t: Translator) -> Chart | None:
    if topic.picture.data is not None:
        chart: Chart | None = topic.picture.data(answer, t)
        return chart
    return trend_chart(answer, topic.picture.metrics, t)


def _nothing(topic: Topic, answer: FiguresAnswer, where: Surroundings, t: Translator) -> Reply:
    """What to import; or, where that was done, that there is nothing of it in this period and book."""
    if not any(answer.imported_on.values()):
        sentence = Sentence(topic.nothing)
    else:
        about: dict[str, Value] = {
            "accounts": book_name(answer.asked.book),
            "period": period_name(answer.asked.period, t),
            "topic": Sentence(topic.title),
        }
        sentence = Sentence("{topic}: nothing is known for {period}, {accounts}. Try another period or segment.", about)
    return _reply(topic, answer, [(line(sentence),)], None, where, t)


def _reply(
    topic: Topic,
    answer: FiguresAnswer,
    paragraphs: Sequence[Paragraph],
    chart: Chart | None,
    where: Surroundings,
    t: Translator,
) -> Reply:
    """Words, then the picture, then the buttons, then how fresh the data is."""
    as_of = fresh_as_of(topic, answer)
    words = tuple(as_section(t, paragraph) for paragraph in paragraphs)
    earlier, later = answer.neighbours()
    steps = (step(earlier, answer.text_of, t), step(later, answer.text_of, t))
    buttons = figure_buttons(topic.command, answer.text, steps, where, t)
    menus = filter_menus(topic.command, answer.text, answer.asked, where, t)
    blocks = (*words, *menus, buttons, context(markup(t, as_of), *sharing_note(where, t)))
    text = plain_text(t, [*paragraphs, (as_of,)])
    return Reply(text, blocks, chart, len(words), shared=where.shared_by is not None)
