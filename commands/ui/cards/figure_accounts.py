"""The accounts behind one figure: a modal by pages, and a file of all of them."""

from typing import Any, Final

from commands.core.button_values import packed
from commands.core.figure_accounts import FigureAccounts, Part
from commands.core.reply import Block, Document, Modal
from commands.core.request import Translator
from commands.ui.blocks import actions, button, context, cut, section
from commands.ui.cards.csv_file import Cell, csv_file, figure_cell
from commands.ui.cards.figures import shown, written
from commands.ui.cards.freshness import data_as_of
from commands.ui.cards.paragraphs import Line, as_section, line, markup, strong
from commands.ui.cards.words import asked_period, book_name, short
from metrics.types import Figure, Metric, Sentence, Unit, plural

PAGE: Final = 10
"""Accounts a page."""
TITLE_MOST: Final = 24
CSV_TITLES: Final = ("account_id", "name", "segment", "csm")


def accounts_modal(answer: FigureAccounts, page: int, t: Translator) -> Modal:
    """The figure with its formula, then one page of its accounts, each with its own numbers in the formula."""
    metric = answer.metric
    words = {name: t(term.title) for name, term in metric.terms.items()}
    title = Sentence(
        "{figure} {value}",
        {"figure": Sentence(metric.title), "value": shown(answer.figure, metric.unit, answer.currency, t)},
    )
    about = (
        strong(title, scope(answer, t)),
        line(t.md("= {formula}", formula=t(metric.formula, **words))),
        line(_told(answer.figure, answer, t)),
    )
    nobodys = Sentence("What names no account is part of the figure, but not of this list.")
    rates_day = answer.scope.rates.day if answer.scope.rates.rates and _in_money(metric) else None
    as_of = data_as_of(answer.imported_on, answer.today, rates_day, answer.asked.currency)
    blocks = [
        as_section(t, about),
        *_accounts(answer, page, t),
        context(*((t.md(nobodys),) if answer.some_of_nobody else ()), markup(t, as_of)),
    ]
    return Modal(cut(t("Accounts behind it"), TITLE_MOST), tuple(blocks), cut(t("Close"), TITLE_MOST))


def accounts_document(answer: FigureAccounts, t: Translator) -> Document:
    """All of them, one a row: the numbers of the formula, the value, and the figure without the account."""
    metric = answer.metric
    titles = (*CSV_TITLES, *metric.terms, metric.id, f"{metric.id}_without", "currency")
    rows = [_cells(part, answer) for part in answer.parts]
    name = f"{metric.id}-{answer.asked.period.id.replace('..', '-')}.csv"
    sentence = plural(
        "The {count} account behind {figure}: {scope}",
        "The {count} accounts behind {figure}: {scope}",
        len(rows),
        figure=Sentence(metric.title),
        scope=scope(answer, t),
    )
    return Document(name, csv_file(titles, rows), t(sentence))


def scope(answer: FigureAccounts, t: Translator) -> Sentence:
    """What the figure is about: the period and the accounts."""
    running = answer.asked.period.running(answer.today)
    period = asked_period(answer.asked.period, t, running=running, today=answer.today)
    return Sentence("{period}, {accounts}", {"period": period, "accounts": book_name(answer.asked.book)})


def _accounts(answer: FigureAccounts, page: int, t: Translator) -> tuple[Block, ...]:
    parts = answer.parts
    if not parts:
        return (section(t.md("No account stands behind this figure.")),)
    last = (len(parts) - 1) // PAGE
    page = min(page, last)
    here = parts[page * PAGE : (page + 1) * PAGE]
    values = {"first": page * PAGE + 1, "last": page * PAGE + len(here), "count": len(parts)}
    title = strong(Sentence("Accounts: {first} to {last} of {count}, those first that move it most", values))
    buttons = []
    if page > 0:
        buttons.append(button(t("‹ Previous"), "metric.accounts.back", packed(answer.text, page - 1)))
    if page < last:
        buttons.append(button(t("Next ›"), "metric.accounts.next", packed(answer.text, page + 1)))
    buttons.append(button(t("All as CSV"), "metric.accounts.csv", packed(answer.text)))
    lines = (_part_line(part, answer, t) for part in here)
    return (as_section(t, (title, *lines)), actions(*buttons))


def _part_line(part: Part, answer: FigureAccounts, t: Translator) -> Line:
    """Acme Corp: $0 ÷ $1,656 = 0% · without it 101.4%."""
    told = Sentence(
        "*{account}*: {figure}", {"account": short(part.account.name), "figure": _told(part.figure, answer, t)}
    )
    without = shown(part.rest, answer.metric.unit, answer.currency, t)
    return line(told, Sentence("without it {value}", {"value": without}))


def _told(figure: Figure, answer: FigureAccounts, t: Translator) -> str:
    """The formula with a figure's numbers and what comes of it; the value alone where that is all there is to say."""
    metric, currency = answer.metric, answer.currency
    numbers = {name: written(figure.inputs[name], term.unit, currency, t) for name, term in metric.terms.items()}
    value = shown(figure, metric.unit, currency, t)
    formula = t(metric.formula, **numbers)
    return value if formula == value else f"{formula} = {value}"


def _cells(part: Part, answer: FigureAccounts) -> tuple[Cell, ...]:
    account, metric = part.account, answer.metric
    return (
        *(account.key, account.name, account.segment, account.csm_email),
        *(figure_cell(part.figure.inputs[name], term.unit, answer.currency) for name, term in metric.terms.items()),
        figure_cell(part.figure.value, metric.unit, answer.currency),
        figure_cell(part.rest.value, metric.unit, answer.currency),
        answer.currency if _in_money(metric) else None,
    )


def _in_money(metric: Metric[Any]) -> bool:
    return Unit.MONEY in {metric.unit, *(term.unit for term in metric.terms.values())}
