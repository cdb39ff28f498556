"""The card of a comparison: a table of figures, one column a side, and how far the second is from the first."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from commands.core.button_values import packed
from commands.core.compare_question import CompareAnswer, Side
from commands.core.filters import Choices, Names
from commands.core.reply import Block, Reply
from commands.core.request import Translator
from commands.core.surroundings import Surroundings
from commands.ui.blocks import actions, button, context, section, table
from commands.ui.cards.compare_chart import compare_chart
from commands.ui.cards.figures import moved, shown
from commands.ui.cards.filter_menus import filter_menus
from commands.ui.cards.freshness import rates_used
from commands.ui.cards.hours import counted_in
from commands.ui.cards.paragraphs import Line, as_section, line, markup, plain_text, strong
from commands.ui.cards.sharing import share_button, sharing_note
from commands.ui.cards.words import asked_period, book_name, period_name, short
from metrics.formulas import all_metrics
from metrics.types import Sentence, Value

NONE: Final = "–"


def compare_card(answer: CompareAnswer, where: Surroundings, t: Translator) -> Reply:
    """The figures side by side."""
    if not answer.metrics:
        nothing = Sentence("Nothing is known of either. Import data with `latido import`, or name two other periods.")
        return Reply(t(nothing), (section(t.md(nothing)), *_menus(answer, where, t)))
    names, common = sides_named(answer, t)
    headline, notes = title(answer, t), as_of(answer, t)
    rows = [(t("Figure"), *names, t("Difference")), *(_row(metric, answer, t) for metric in answer.metrics)]
    lines = [_line(row) for row in rows[1:]]
    value, chart = packed(answer.text), compare_chart(answer, names, common, t)
    explain = button(t("How is this computed?"), "compare.explain", value)
    blocks = (
        as_section(t, (headline,)),
        table(rows, numbers=(1, 2, 3)),
        *_menus(answer, where, t),
        actions(explain, *share_button("compare.share", value, where, t)),
        context(markup(t, notes), *sharing_note(where, t)),
    )
    return Reply(plain_text(t, [(headline, *lines), (notes,)]), blocks, chart, 2, shared=where.shared_by is not None)


def choices_for(answer: CompareAnswer, choices: Choices) -> Choices:
    """What both sides can be narrowed down to at once: never that in which they differ."""
    one, other = (side.asked for side in answer.sides)
    if one.period != other.period:
        choices = choices._replace(periods=())
    if one.book != other.book or one.book.account_id is not None:
        choices = choices._replace(segments=Names(), csm_emails=Names(), plans=Names())
    return choices


def _menus(answer: CompareAnswer, where: Surroundings, t: Translator) -> tuple[Block, ...]:
    """The row of menus, which shows what both sides have in common."""
    if where.choices is None:
        return ()
    around = replace(where, choices=choices_for(answer, where.choices))
    return filter_menus("compare", answer.text, answer.sides[0].asked, around, t)


def title(answer: CompareAnswer, t: Translator) -> Line:
    """What stands beside what."""
    names, common = sides_named(answer, t)
    return strong(Sentence("{first} beside {second}", {"first": names[0], "second": names[1]}), common)


def as_of(answer: CompareAnswer, t: Translator) -> Line:
    """The day, the rates and the hours that the figures rest on."""
    today = Sentence("As of {today}", {"today": answer.today})
    rates = rates_used(answer.rates.day if answer.rates.rates else None, answer.sides[0].asked.currency)
    return line(today, rates, *_in_business_hours(answer, t))


def _in_business_hours(answer: CompareAnswer, t: Translator) -> Iterator[Sentence]:
    """The figures that do not count all hours."""
    hours = answer.definitions.business_hours
    for metric in (all_metrics()[name] for name in answer.metrics):
        if hours is not None and metric.in_business_hours:
            values: dict[str, Value] = {"figure": Sentence(metric.title), "hours": counted_in(hours, t)}
            yield Sentence("{figure}: {hours}", values)


def sides_named(answer: CompareAnswer, t: Translator) -> tuple[list[str], Sentence | str | None]:
    """What tells the two sides apart, and what they have in common."""
    one, other = answer.sides
    periods = [_period(side, answer, t) for side in answer.sides]
    books = [_book(side, t) for side in answer.sides]
    if one.asked.period == other.asked.period:
        return books, periods[0]
    if one.asked.book == other.asked.book:
        return periods, books[0]
    both = zip(books, periods, strict=True)
    return [t(Sentence("{accounts}, {period}", {"accounts": book, "period": period})) for book, period in both], None


def _period(side: Side, answer: CompareAnswer, t: Translator) -> str:
    if side.running:
        return asked_period(side.asked.period, t, running=True, today=answer.today)
    return period_name(side.period, t)


def _book(side: Side, t: Translator) -> str:
    return t(book_name(side.asked.book)) if side.account is None else short(side.account.name)


def _row(metric_id: str, answer: CompareAnswer, t: Translator) -> tuple[str, ...]:
    metric, currency = all_metrics()[metric_id], answer.rates.home
    first, second = (side.figures[metric_id] for side in answer.sides)
    change = moved(second, first, metric.unit, currency, t)
    told = (shown(figure, metric.unit, currency, t) for figure in (first, second))
    return (t(metric.title), *told, change or NONE)


def _line(row: tuple[str, ...]) -> Line:
    values: dict[str, Value] = dict(zip(("figure", "first", "second", "change"), row, strict=True))
    return line(Sentence("{figure}: {first} | {second} ({change})", values))
