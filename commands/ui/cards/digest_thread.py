"""What stands in a digest's thread: its lists in full, each account with the button that opens it."""

from collections.abc import Iterator
from typing import Final, TypeAlias

from commands.core.button_values import packed
from commands.core.digest_calls import Call
from commands.core.digest_question import Digest
from commands.core.reply import Reply
from commands.core.request import Translator
from commands.ui import formats
from commands.ui.blocks import button
from commands.ui.cards.digest_lines import call_lines, quote_line, renewal_line
from commands.ui.cards.paragraphs import Line, Paragraph, as_section, line, plain_text, strong
from commands.ui.cards.revenue import move_line
from metrics.rules import all_rules
from metrics.types import AccountMove, Sentence, plural

LISTED: Final = 8
"""Lines of each list: five lists, each with its title and a last line, are no more than Slack's fifty blocks."""

_Rows: TypeAlias = list[tuple[Paragraph, str | None]]
"""Each with the key of the account that its button opens."""


def digest_thread(one: Digest, t: Translator) -> Reply | None:
    """The lists in full, each account with its button; None where the main message has them all."""
    parts: list[tuple[Paragraph, str | None]] = []
    for title, rows in _lists(one, t):
        if rows:
            parts.append(((strong(title),), None))
            parts += rows[:LISTED]
            if (more := len(rows) - LISTED) > 0:
                parts.append(((line(Sentence("and {count} more", {"count": more})),), None))
    if not parts:
        return None
    blocks = tuple(
        as_section(t, paragraph, accessory=None if key is None else button(t("Open"), "health.open", packed(key)))
        for paragraph, key in parts
    )
    return Reply(plain_text(t, [paragraph for paragraph, _ in parts]), blocks)


def _lists(one: Digest, t: Translator) -> Iterator[tuple[Sentence, _Rows]]:
    yield Sentence("Who needs a call"), [(_call_in_full(call, t), call.key) for call in one.calls.rows]
    yield Sentence("Every change of MRR"), [((_move(move, one, t),), move.key) for move in one.moves]
    yield Sentence("Whom to offer more now"), [(_call_in_full(call, t), call.key) for call in one.calls.chances]
    yield Sentence("Renewals ahead"), [((renewal_line(row),), row.key) for row in one.renewals]
    yield Sentence("In customers' own words"), [((quote_line(comment),), comment.key) for comment in one.comments]


def _call_in_full(call: Call, t: Translator) -> Paragraph:
    rule = all_rules().get(call.rule_id)
    more = plural("and {count} more reason", "and {count} more reasons", call.more) if call.more else None
    since = None if call.since is None else Sentence("since {day}", {"day": call.since})
    advice = None if rule is None else Sentence("→ {advice}", {"advice": Sentence(rule.advice)})
    return (*call_lines(call, t), line(since, more), line(advice))


def _move(move: AccountMove, one: Digest, t: Translator) -> Line:
    return line(*move_line(move, one.currency, t).said, formats.day_short(move.day, t.locale))
