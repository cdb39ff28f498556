"""The card of /latido alerts: what is open, who has it, what is past its day."""

from typing import Final

from commands.core.alert_question import AlertsAnswer
from commands.core.button_values import packed
from commands.core.reply import Block, Reply
from commands.core.request import Translator
from commands.ui.blocks import actions, button
from commands.ui.cards.alert import alert_block, alert_lines, stake_of, take_menu
from commands.ui.cards.alert_words import Day
from commands.ui.cards.paragraphs import Paragraph, as_section, line, plain_text, strong
from commands.ui.cards.words import book_name
from metrics.types import Sentence, plural
from storage.queries.alerts import State

PAGE: Final = 8
"""Alerts a page."""


def alerts_list(answer: AlertsAnswer, page: int, t: Translator, *, replace: bool = False) -> Reply:
    """One page of the alerts that are not over."""
    last = max(0, (len(answer.alerts) - 1) // PAGE)
    page = min(page, last)
    here = answer.alerts[page * PAGE : (page + 1) * PAGE]
    when, head = Day(answer.today, answer.zone), _head(answer)
    blocks = [as_section(t, head)]
    blocks += [alert_block(one, t, when, answer.beside[one.id]) for one in here]
    blocks += [*take_menu(here, t), *_pages(answer, page, last, t)]
    told = (alert_lines(one, t, when, answer.beside[one.id], mentions=False) for one in here)
    return Reply(plain_text(t, [head, *told]), tuple(blocks), replace=replace)


def _head(answer: AlertsAnswer) -> Paragraph:
    if not answer.alerts:
        return (
            strong(Sentence("No open alerts"), book_name(answer.book)),
            line(Sentence("All risks are in `/atrisk`; how good the alerts were: `/latido alerts quality`.")),
        )
    count = plural("{count} open alert", "{count} open alerts", len(answer.alerts))
    overdue, free = answer.overdue, answer.count(State.OPEN)
    taken, snoozed = answer.count(State.TAKEN), answer.count(State.SNOOZED)
    return (
        strong(count, stake_of(answer.alerts), book_name(answer.book)),
        line(
            plural("{count} past its day", "{count} past their day", overdue) if overdue else None,
            plural("{count} not taken", "{count} not taken", free) if free else None,
            plural("{count} taken", "{count} taken", taken) if taken else None,
            plural("{count} snoozed", "{count} snoozed", snoozed) if snoozed else None,
        ),
    )


def _pages(answer: AlertsAnswer, page: int, last: int, t: Translator) -> list[Block]:
    buttons = []
    if page > 0:
        buttons.append(button(t("‹ Previous"), "alerts.back", packed(answer.text, page - 1)))
    if page < last:
        buttons.append(button(t("Next ›"), "alerts.next", packed(answer.text, page + 1)))
    return [actions(*buttons)] if buttons else []
