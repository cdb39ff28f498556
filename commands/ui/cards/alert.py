"""The message of an alert: what was seen in an account, what is at stake, what to do, and what became of it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, tzinfo
from typing import Final

from commands.core.button_values import packed
from commands.core.reply import Block, Reply
from commands.core.request import Translator
from commands.ui.blocks import actions, button, context, cut, option, static_select
from commands.ui.cards.alert_buttons import OPEN, TAKE, alert_row
from commands.ui.cards.alert_words import (
    Day,
    about_whom,
    advice_of,
    headline,
    is_risk,
    mentioned,
    named,
    state_of,
    title_of,
    value_of,
)
from commands.ui.cards.paragraphs import Line, Paragraph, as_section, line, plain_text, strong
from commands.ui.cards.topic_card import cut_short
from commands.ui.cards.words import BANDS, short
from metrics.judging import Severity
from metrics.types import Money, Sentence, Value, plural
from storage.queries.alert_facts import NOTHING, Beside
from storage.queries.alerts import STILL_OPEN, Alert, State

WORDS_MOST: Final = 1500
"""Characters of somebody's own words that the message about them alone has room for."""
LINES_MOST: Final = 10
"""Accounts that a message about many alerts tells of one by one."""
SIGNALS_MOST: Final = 3
"""Signals of an account that it tells of."""
MENU_MOST: Final = 100
_NAME_MOST: Final = 25
"""Characters of an account's name in a menu, whose lines have room for 75."""

_WORST_FIRST: Final = {severity: number for number, severity in enumerate(Severity)}


def alert_card(
    alert: Alert,
    t: Translator,
    *,
    today: date,
    zone: tzinfo = UTC,
    beside: Beside = NOTHING,
    playbook: bool = False,
    intro: Sentence | None = None,
) -> Reply:
    """One alert; `playbook`: there is one for its rule, and `intro` says why it is told again."""
    when = Day(today, zone)
    above = () if intro is None else ((line(intro),),)
    spoken = (*above, _body(alert, t, beside, mentions=False), (line(_state(alert, beside, when, mentions=False)),))
    blocks = [as_section(t, paragraph) for paragraph in (*above, _body(alert, t, beside, mentions=True))]
    blocks.append(context(t.md(_state(alert, beside, when, mentions=True)), *_note(alert, t)))
    return Reply(plain_text(t, spoken), (*blocks, *alert_row(alert, when, t, playbook=playbook)))


def alerts_card(
    alerts: Sequence[Alert],
    t: Translator,
    *,
    today: date,
    zone: tzinfo = UTC,
    beside: Mapping[int, Beside] | None = None,
    head: Sentence | None = None,
) -> Reply:
    """Several alerts in one message: account by account, the one with the worst first; from the eleventh on counted."""
    when, known = Day(today, zone), beside or {}
    ordered = sorted(alerts, key=worst_first)
    counted = head or plural("{count} new alert", "{count} new alerts", len(ordered))
    first: Paragraph = (strong(counted, stake_of(ordered)),)
    blocks, spoken = [as_section(t, first)], [first]
    accounts: dict[int, list[Alert]] = {}
    for alert in ordered:
        accounts.setdefault(alert.account_id, []).append(alert)
    for some in [*accounts.values()][:LINES_MOST]:
        opens = button(t("Open"), OPEN, packed(some[0].account_key))
        blocks.append(as_section(t, _account_lines(some, t, when, known, mentions=True), accessory=opens))
        spoken.append(_account_lines(some, t, when, known, mentions=False))
    if (more := len(accounts) - LINES_MOST) > 0:
        rest = (
            line(
                plural(
                    "and {count} more account: `/latido alerts`", "and {count} more accounts: `/latido alerts`", more
                )
            ),
        )
        blocks.append(as_section(t, rest))
        spoken.append(rest)
    return Reply(plain_text(t, spoken), (*blocks, *take_menu(ordered, t)))


def worst_first(alert: Alert) -> tuple[int, int, str, int]:
    """The order of alerts: how severe, how much is at stake."""
    return _WORST_FIRST[Severity(alert.severity)], -alert.mrr.minor, alert.account_name.casefold(), alert.id


def stake_of(alerts: Collection[Alert]) -> Sentence | None:
    """What is at stake in all risks among them, each account once; None where there are several currencies, or none."""
    risks = [one for one in alerts if is_risk(one.rule_id)]
    currencies = {one.mrr.currency for one in risks}
    if len(currencies) != 1:
        return None
    each = {one.account_id: one.mrr.minor for one in sorted(risks, key=lambda one: one.mrr.minor)}
    return Sentence("MRR {mrr} at stake", {"mrr": Money(sum(each.values()), currencies.pop())})


def alert_block(alert: Alert, t: Translator, when: Day, beside: Beside) -> Block:
    """One of several alerts, with the button that opens its account."""
    opens = button(t("Open"), OPEN, packed(alert.account_key))
    return as_section(t, alert_lines(alert, t, when, beside, mentions=True), accessory=opens)


def alert_lines(alert: Alert, t: Translator, when: Day, beside: Beside, *, mentions: bool) -> Paragraph:
    """One of several alerts: the account, why, and its state, unless it is just open."""
    account, seen, _ = headline(alert)
    first = strong(account, seen, Sentence("MRR {mrr}", {"mrr": alert.mrr}))
    if _just_open(alert):
        return (first, _seen(alert, t))
    return (first, _seen(alert, t), line(_state(alert, beside, when, mentions=mentions)))


def _account_lines(
    alerts: Sequence[Alert], t: Translator, when: Day, known: Mapping[int, Beside], *, mentions: bool
) -> Paragraph:
    """An account in a message about several alerts: what was seen, and the state of each unless it is just open."""
    account, _, _ = headline(alerts[0])
    lines = [strong(account, Sentence("MRR {mrr}", {"mrr": max(one.mrr for one in alerts)}))]
    for alert in alerts[:SIGNALS_MOST]:
        why, *since = _seen(alert, t).facts
        said = Sentence("{signal}: {what}", {"signal": title_of(alert.rule_id), "what": str(why)})
        state = _state(alert, known.get(alert.id, NOTHING), when, mentions=mentions)
        lines.append(line(said, *since, None if _just_open(alert) else state))
    more = len(alerts) - SIGNALS_MOST
    return (*lines, line(Sentence("and {count} more", {"count": more}))) if more > 0 else tuple(lines)


def _just_open(alert: Alert) -> bool:
    return alert.state is State.OPEN and alert.escalated_at is None


def take_menu(alerts: Sequence[Alert], t: Translator) -> list[Block]:
    """The menu to take one of them; none where nothing is left to take."""
    free = [one for one in alerts if one.state in (State.OPEN, State.SNOOZED)][:MENU_MOST]
    if not free:
        return []
    lines = [option(f"{_name_in_menu(one)} · {t(about_whom(one))}", value_of(one)) for one in free]
    return [actions(static_select(TAKE, t("Take one …"), lines))]


def _name_in_menu(alert: Alert) -> str:
    """The account; shorter where who answered what follows."""
    return cut(alert.account_name, _NAME_MOST) if alert.subject else short(alert.account_name)


def _body(alert: Alert, t: Translator, beside: Beside, *, mentions: bool) -> Paragraph:
    lines = (strong(*headline(alert)), _seen(alert, t, in_full=True))
    if alert.state not in STILL_OPEN:
        return lines
    advice = advice_of(alert.rule_id)
    return (*lines, _account(alert, beside, mentions=mentions), *(() if advice is None else (line(advice),)))


def _seen(alert: Alert, t: Translator, *, in_full: bool = False) -> Line:
    """What was seen; since when, unless the reason says so itself. `in_full`: with all that somebody wrote."""
    said = alert.since is None or _says(alert.why, alert.since)
    why = cut(t(alert.why), WORDS_MOST) if in_full and alert.subject else cut_short(t(alert.why))
    return line(why, None if said else Sentence("since {day}", {"day": alert.since}))


def _says(why: Sentence, day: date) -> bool:
    """Whether a sentence, or one inside it, names the day."""
    return any(_says(value, day) if isinstance(value, Sentence) else value == day for value in why.values.values())


def _account(alert: Alert, beside: Beside, *, mentions: bool) -> Line:
    """The account's health, CSM, renewal and open tickets; what is not known is left out."""
    health = csm = renewal = tickets = None
    if beside.score is not None and beside.band is not None:
        values: dict[str, Value] = {"score": beside.score, "band": Sentence(BANDS[beside.band])}
        health = Sentence("Health {score} / 100 {band}", values)
    if beside.csm is not None:
        who = mentioned(beside.csm.user_id) if mentions else named(beside.csm.user_id, beside.csm)
        csm = Sentence("CSM {csm}", {"csm": who})
    elif alert.csm_email:
        csm = Sentence("CSM {csm}", {"csm": short(alert.csm_email)})
    if beside.renewal_on is not None:
        renewal = Sentence("renews {day}", {"day": beside.renewal_on})
    if beside.open_tickets:
        tickets = plural("{count} open ticket", "{count} open tickets", beside.open_tickets)
    return line(health, csm, renewal, tickets)


def _state(alert: Alert, beside: Beside, when: Day, *, mentions: bool) -> Sentence:
    taker = mentioned(alert.taken_by) if mentions else named(alert.taken_by, beside.taker)
    return state_of(alert, taker, when)


def _note(alert: Alert, t: Translator) -> tuple[str, ...]:
    shown = alert.state is State.CLOSED and alert.note
    return (t.md(Sentence("“{note}”", {"note": short(alert.note or "")})),) if shown else ()
