"""What customers said in the days of a digest, and what is worth celebrating."""

from collections.abc import Sequence
from typing import Final

from commands.core.digest_question import Digest
from commands.core.request import Translator
from commands.ui import formats
from commands.ui.cards.digest_lines import quote_line
from commands.ui.cards.figures import moved
from commands.ui.cards.paragraphs import Paragraph, line, strong
from commands.ui.cards.words import short
from metrics.formulas import all_metrics
from metrics.types import MovementKind, Sentence, Unit, msg, plural
from storage.queries.comments import Comment

NAMES: Final = 3


def voice(one: Digest, t: Translator) -> Paragraph:
    """NPS with how many answered, and two of them in their own words: the least content and the most."""
    said = [quote_line(comment) for comment in _two(one.comments)]
    if not one.answers and not said:
        return ()
    return (strong(Sentence("What customers said"), _nps(one, t)), *said)


def _nps(one: Digest, t: Translator) -> Sentence | None:
    if not one.answers:
        return None
    metric = all_metrics()["nps"]
    now, before = metric.measure(one.voice), metric.measure(one.voice_before)
    score = {"score": formats.signed_number(now.value, t.locale)}
    change = moved(now, before, Unit.SCORE, one.currency, t)
    if change is None:
        return plural("NPS {score} from {count} answer", "NPS {score} from {count} answers", one.answers, **score)
    return plural(
        "NPS {score} from {count} answer ({change})",
        "NPS {score} from {count} answers ({change})",
        one.answers,
        **score,
        change=change,
    )


def _two(comments: Sequence[Comment]) -> list[Comment]:
    low = [one for one in comments if one.low][:1]
    high = [one for one in comments if one.high]
    return [*low, *([max(high, key=lambda one: one.share)] if high else [])]


def wins(one: Digest, t: Translator) -> Paragraph:
    """What is worth celebrating."""
    kinds = (
        (MovementKind.NEW, msg("🎉 New: {accounts}")),
        (MovementKind.REACTIVATION, msg("👋 Back again: {accounts}")),
        (MovementKind.EXPANSION, msg("📈 Grew: {accounts}")),
    )
    lines = [
        line(Sentence(text, {"accounts": _names([move.name for move in found], t)}))
        for kind, text in kinds
        if (found := one.of_kinds(kind))
    ]
    if one.calls.chances:
        names = _names([call.name for call in one.calls.chances], t)
        lines.append(line(Sentence("🌱 Whom to offer more: {accounts}", {"accounts": names})))
    if one.won:
        names = _names(list(dict.fromkeys(alert.account_name for alert in one.won)), t)
        lines.append(line(Sentence("💪 Out of danger: {accounts}", {"accounts": names})))
    if one.voice.promoters:
        lines.append(line(plural("💚 {count} promoter", "💚 {count} promoters", one.voice.promoters)))
    return (strong(Sentence("Wins")), *lines) if lines else ()


def _names(names: Sequence[str], t: Translator) -> str:
    """The first few, and how many more there are."""
    shown = ", ".join(short(name) for name in names[:NAMES])
    more = len(names) - NAMES
    return t("{names} and {count} more", names=shown, count=more) if more > 0 else shown
