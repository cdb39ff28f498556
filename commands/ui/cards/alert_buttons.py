"""What can be done with an alert: the row of buttons and menus under its message."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from commands.core.button_values import packed
from commands.core.reply import Block
from commands.core.reply_draft import may_draft
from commands.core.request import Translator
from commands.ui.blocks import actions, button, option, static_select, users_select
from commands.ui.cards.alert_draft import DRAFT
from commands.ui.cards.alert_words import SPANS, Day, value_of
from storage.queries.alerts import STILL_OPEN, Alert, State

TAKE: Final = "alerts.take"
SNOOZE: Final = "alerts.snooze"
USELESS: Final = "alerts.useless"
CLOSE: Final = "alerts.close"
REOPEN: Final = "alerts.reopen"
ASSIGN: Final = "alerts.assign"
PLAYBOOK: Final = "playbooks.start"
OPEN: Final = "health.open"
"""Ids of the buttons."""

REOPEN_DAYS: Final = 7
"""For so long what was closed by mistake can be opened again."""


def alert_row(alert: Alert, when: Day, t: Translator, *, playbook: bool) -> tuple[Block, ...]:
    """What can be done; the row of a taken one says of which alert its menu of colleagues is."""
    row = [*_buttons(alert, when, t, playbook=playbook)]
    if alert.state is State.TAKEN:
        colleagues = users_select(ASSIGN, t("Hand over to …"))
        return (actions(*row, colleagues, block_id=f"alerts.row {alert.id} {alert.version}"),)
    return (actions(*row),) if row else ()


def _buttons(alert: Alert, when: Day, t: Translator, *, playbook: bool) -> Iterator[Block]:
    value = value_of(alert)
    if alert.state not in STILL_OPEN:
        if may_reopen(alert, when):
            yield button(t("Reopen"), REOPEN, value)
        return
    if alert.state is State.TAKEN:
        yield button(t("Done"), CLOSE, value, style="primary")
    else:
        yield button(t("Take it"), TAKE, value, style="primary")
    if may_draft(alert):
        yield button(t("Draft a reply"), DRAFT, value)
    spans = [option(t(title), value_of(alert, str(days))) for days, title in SPANS.items()]
    yield static_select(SNOOZE, t("Snooze"), spans)
    yield button(t("Not useful"), USELESS, value)
    yield button(t("Open account"), OPEN, packed(alert.account_key))
    if playbook:
        yield button(t("Start playbook"), PLAYBOOK, packed(str(alert.id)))


def may_reopen(alert: Alert, when: Day) -> bool:
    """Whether it was closed lately, while its signal is still there."""
    if alert.state is not State.CLOSED or alert.closed_at is None or alert.cleared_at is not None:
        return False
    return when.today - alert.closed_at.astimezone(when.zone).date() <= timedelta(days=REOPEN_DAYS)
