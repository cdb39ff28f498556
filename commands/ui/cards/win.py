"""Messages that celebrate: an account that came back, a new one of a size worth a word."""

from collections.abc import Sequence
from typing import Final

from commands.core.button_values import packed
from commands.core.reply import Reply
from commands.core.request import Translator
from commands.core.winback_question import away
from commands.ui.blocks import actions, button
from commands.ui.cards.paragraphs import Line, Paragraph, as_section, line, plain_text, strong
from commands.ui.cards.topic_card import cut_short
from commands.ui.cards.words import short
from metrics.types import Money, MovementKind, Sentence, Value, plural
from storage.queries.returns import Arrival

LINES_MOST: Final = 5
"""Wins that a message about many of them names."""
OPEN: Final = "health.open"


def win_card(win: Arrival, currency: str, t: Translator) -> Reply:
    """One of them; amounts are in the company's currency."""
    values: dict[str, Value] = {"account": short(win.who.name), "mrr": Money(win.mrr, currency)}
    if win.kind is MovementKind.REACTIVATION:
        head = Sentence("🎉 {account} is back: +{mrr} MRR", values)
        said: tuple[Line, ...] = (line(cut_short(t(away(win)))), line(Sentence("since {day}", {"day": win.day})))
    else:
        head = Sentence("🎉 {account} is a new customer: +{mrr} MRR", values)
        said = (line(Sentence("since {day}", {"day": win.day})),)
    paragraph: Paragraph = (strong(head), *said)
    open_ = button(t("Open account"), OPEN, packed(win.who.key))
    return Reply(plain_text(t, [paragraph]), (as_section(t, paragraph), actions(open_)))


def wins_card(wins: Sequence[Arrival], currency: str, t: Translator) -> Reply:
    """Several of them in one message, in the order given."""
    total = Money(sum(one.mrr for one in wins), currency)
    head = plural("🎉 {count} win: +{mrr} MRR", "🎉 {count} wins: +{mrr} MRR", len(wins), mrr=total)
    lines = [_short_line(one, currency, t) for one in wins[:LINES_MOST]]
    more = len(wins) - LINES_MOST
    rest = [line(Sentence("and {count} more", {"count": more}))] if more > 0 else []
    paragraph: Paragraph = (strong(head), *lines, *rest)
    return Reply(plain_text(t, [paragraph]), (as_section(t, paragraph),))


def _short_line(win: Arrival, currency: str, t: Translator) -> Line:
    why = away(win) if win.kind is MovementKind.REACTIVATION else Sentence("new customer")
    values: dict[str, Value] = {"account": short(win.who.name), "why": cut_short(t(why))}
    mrr = Sentence("+{mrr} MRR", {"mrr": Money(win.mrr, currency)})
    return line(Sentence("{account}: {why}", values), mrr, Sentence("{day}", {"day": win.day}))
