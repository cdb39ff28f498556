"""A digest: one message that is read on a phone between two calls, and the whole lists in its thread."""

from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction
from typing import Final, NamedTuple

from commands.core.button_values import packed
from commands.core.digest_question import RENEWAL_DAYS, Digest
from commands.core.reply import Block, Reply
from commands.core.request import Translator
from commands.core.spec import ASK
from commands.ui import formats
from commands.ui.blocks import actions, button, context
from commands.ui.cards.digest_chart import digest_chart
from commands.ui.cards.digest_corrected import corrected
from commands.ui.cards.digest_lines import call_lines, renewal_line
from commands.ui.cards.digest_thread import digest_thread
from commands.ui.cards.digest_voice import voice, wins
from commands.ui.cards.figures import change_of
from commands.ui.cards.freshness import revenue_as_of
from commands.ui.cards.paragraphs import Line, Paragraph, as_section, line, plain_text, strong
from commands.ui.cards.revenue import move_line
from commands.ui.cards.stops import held_back
from commands.ui.cards.words import book_name, period_name
from metrics.stretches import Rhythm, as_text
from metrics.types import Money, Sentence, Value, msg, plural

CALLS: Final = 5
MOVES: Final = 4
RENEWALS: Final = 3
EXPLAIN: Final = "digests.explain"

_TITLES: Final = {
    Rhythm.DAILY: msg("What changed, and why"),
    Rhythm.WEEKLY: msg("What changed this week, and why"),
    Rhythm.MONTHLY: msg("What changed this month, and why"),
}


class Posted(NamedTuple):
    """The two messages of a digest."""

    main: Reply
    thread: Reply | None
    """None: the main one says it all."""


def digest_cards(one: Digest, t: Translator, *, due: datetime | None = None) -> Posted:
    """The messages; `due` is the local moment at which a digest that comes late was due."""
    if one.empty:
        return Posted(_nobody(one, t), None)
    headline = _headline(one, t)
    rest = [paragraph for paragraph in _paragraphs(one, t) if any(each.said for each in paragraph)]
    notes = [each for each in _notes(one, t, due) if each.said]
    words = [as_section(t, paragraph) for paragraph in (headline, *rest)]
    blocks: tuple[Block, ...] = (
        *words,
        _buttons(one, t),
        context(*(t.md(fact) for each in notes for fact in each.said)),
    )
    text = plain_text(t, [headline, *rest, notes])
    return Posted(Reply(text, blocks, digest_chart(one, t), len(words)), digest_thread(one, t))


def _nobody(one: Digest, t: Translator) -> Reply:
    said = Sentence(
        "{accounts}: nobody has paid anything in thirteen weeks, so there is nothing to tell.",
        {"accounts": book_name(one.book)},
    )
    return Reply(t(said), (as_section(t, (line(said),)),))


# --- The headline ----------------------------------------------------------------------------------------------------


def _headline(one: Digest, t: Translator) -> Paragraph:
    """MRR with its change, the days it is about, and the one thing that explains it."""
    facts, before = one.facts, one.facts_before
    grown = None if facts.opening <= 0 else Fraction(facts.closing - facts.opening, facts.opening)
    mrr = Sentence("MRR {mrr}", {"mrr": Money(facts.closing, one.currency)})
    where: dict[str, Value] = {"period": period_name(one.stretch.period, t), "accounts": book_name(one.book)}
    net = Sentence(
        "Net new {change} ({period}: {before})",
        {
            "change": formats.signed_money(facts.closing - facts.opening, one.currency, t.locale),
            "before": formats.signed_money(before.closing - before.opening, one.currency, t.locale),
            "period": t(_BEFORE[one.stretch.rhythm]),
        },
    )
    move = one.main_move
    mainly = None if move is None else Sentence("mainly {move}", {"move": move_line(move, one.currency, t).said[0]})
    return (
        strong(mrr, change_of(grown, t), Sentence("{period}, {accounts}", where)),
        line(net, mainly),
    )


_BEFORE: Final = {
    Rhythm.DAILY: msg("a week earlier"),
    Rhythm.WEEKLY: msg("the week before"),
    Rhythm.MONTHLY: msg("the month before"),
}


# --- What there is to tell -------------------------------------------------------------------------------------------


def _paragraphs(one: Digest, t: Translator) -> Iterator[Paragraph]:
    yield corrected(one, t)
    yield _changes(one, t)
    yield _calls(one, t)
    yield _renewals(one)
    yield voice(one, t)
    yield wins(one, t)
    yield _nothing_on(one)


def _changes(one: Digest, t: Translator) -> Paragraph:
    """The largest moves, and how many customers are in poor health."""
    if not one.moves:
        return ()
    more = len(one.moves) - MOVES
    rest = (line(Sentence("and {count} more", {"count": more})),) if more > 0 else ()
    moves = (move_line(move, one.currency, t) for move in one.moves[:MOVES])
    return (strong(Sentence(_TITLES[one.stretch.rhythm])), *moves, *rest, line(_poor(one)))


def _poor(one: Digest) -> Sentence | None:
    """How many customers are in poor health, and how many there were; None where that is not known, or not worth it."""
    now, before = one.health, one.health_before
    if not any(now.customers.values()) or not any(before.customers.values()) or now.at_risk == before.at_risk:
        return None
    return plural(
        "In poor health: {count} customer (before: {before})",
        "In poor health: {count} customers (before: {before})",
        now.at_risk,
        before=before.at_risk,
    )


def _calls(one: Digest, t: Translator) -> Paragraph:
    """Who needs a call today; who is in hands already is only counted."""
    calls = one.calls
    hands = line(
        plural("{count} account is in hand", "{count} accounts are in hand", calls.taken) if calls.taken else None,
        plural("{count} account is snoozed", "{count} accounts are snoozed", calls.snoozed) if calls.snoozed else None,
    )
    if not calls.rows:
        return (hands,)
    count = plural("{count} account needs a call today", "{count} accounts need a call today", len(calls.rows))
    stake = Sentence("MRR {mrr} at stake", {"mrr": calls.at_stake(one.currency)})
    more = len(calls.rows) - CALLS
    rest = line(Sentence("and {count} more", {"count": more}) if more > 0 else None)
    rows = (each for call in calls.rows[:CALLS] for each in call_lines(call, t))
    return (strong(count, stake), *rows, rest, hands)


def _renewals(one: Digest) -> Paragraph:
    if not one.renewals:
        return ()
    title = plural(
        "{count} renewal in the next {days} days",
        "{count} renewals in the next {days} days",
        len(one.renewals),
        days=RENEWAL_DAYS,
    )
    more = len(one.renewals) - RENEWALS
    rest = (line(Sentence("and {count} more", {"count": more})),) if more > 0 else ()
    rows = (renewal_line(row) for row in one.renewals[:RENEWALS])
    return (strong(title, Sentence("MRR {mrr}", {"mrr": one.renewing})), *rows, *rest)


def _nothing_on(one: Digest) -> Paragraph:
    """What is left out because there is nothing of it."""
    missing = (
        (one.moves, msg("MRR did not move")),
        (one.calls.rows, msg("nobody needs a call")),
        (one.renewals, msg("no renewals in the next 30 days")),
        (one.answers or one.comments, msg("no survey answers")),
    )
    absent = [Sentence(text) for there, text in missing if not there]
    if not absent:
        return ()
    if len(absent) == len(missing):
        return (line(Sentence(_QUIET[one.stretch.rhythm]), *absent),)
    return (line(Sentence("Otherwise quiet"), *absent),)


_QUIET: Final = {
    Rhythm.DAILY: msg("A quiet day"),
    Rhythm.WEEKLY: msg("A quiet week"),
    Rhythm.MONTHLY: msg("A quiet month"),
}


# --- Below it --------------------------------------------------------------------------------------------------------


def _buttons(one: Digest, t: Translator) -> Block:
    return actions(
        button(t("Open risks"), ASK, f"/atrisk {one.text}".strip()),
        button(t("How is this computed?"), EXPLAIN, packed(as_text(one.stretch))),
    )


def _notes(one: Digest, t: Translator, due: datetime | None) -> Iterator[Line]:
    if due is not None:
        yield line(Sentence("⏰ This comes late: it was due on {moment}", {"moment": formats.moment(due, t.locale)}))
    if one.calls.judged_on is not None:
        yield line(Sentence("No alerts are kept yet, so who needs a call is as of this moment"))
    yield held_back(one.stopped)
    yield line(revenue_as_of(one.imported_on, one.today, one.rates_day))
