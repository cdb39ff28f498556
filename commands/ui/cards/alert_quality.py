"""The card of /latido alerts quality: what became of each rule's alerts, and what would make it calmer."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from commands.core.alert_question import QUALITY_DAYS, QualityAnswer, Tuning
from commands.core.reply import Reply
from commands.core.request import Translator
from commands.ui.blocks import code, context
from commands.ui.cards.alert_words import title_of
from commands.ui.cards.paragraphs import Line, Paragraph, as_section, line, plain_text, strong
from metrics.alert_quality import Quality
from metrics.types import Sentence, Value, plural

RULES_MOST: Final = 20
"""Rules that the card tells of one by one."""

EXPLAINED: Final = Sentence(
    "An alert is judged when somebody takes it, closes it or votes on it. It was wrong if it was called not a risk, or "
    "if more people found it not useful than useful; precision is the part of the judged ones that was not wrong, "
    "noise the part of all that was."
)


def quality_card(answer: QualityAnswer, t: Translator) -> Reply:
    """Each rule with what became of its alerts; first what to tune."""
    days: dict[str, Value] = {"days": QUALITY_DAYS, "since": answer.since}
    fired = sum(one.fired for one in answer.qualities)
    if not fired:
        head = (strong(Sentence("No alerts in the last {days} days, since {since}", days)),)
        return Reply(plain_text(t, [head]), (as_section(t, head),))
    count = plural("{count} alert in {days} days", "{count} alerts in {days} days", fired, days=QUALITY_DAYS)
    head = (strong(count, Sentence("since {day}", {"day": answer.since})),)
    paragraphs = [head, *(_tuning(one) for one in answer.tunings)]
    paragraphs += [tuple(_rule(one)) for one in answer.qualities[:RULES_MOST]]
    blocks = (*(as_section(t, paragraph) for paragraph in paragraphs), context(t.md(EXPLAINED)))
    return Reply(plain_text(t, [*paragraphs, (line(EXPLAINED),)]), blocks)


def calmer_words(tuning: Tuning) -> Sentence:
    """What an admin would set."""
    rule_id, turn = tuning.quality.rule_id, tuning.turn
    word = f"{rule_id}=off" if turn is None else f"{rule_id}.{turn.dial}={turn.calmer}"
    setting = code(f'LATIDO_RULES="{word}"')
    if turn is None:
        return Sentence("No dial makes it calmer; to leave it out: {setting}", {"setting": setting})
    return Sentence("Make it calmer: {setting} (now {now})", {"setting": setting, "now": turn.now})


def _tuning(tuning: Tuning) -> Paragraph:
    quality = tuning.quality
    values: dict[str, Value] = {"rule": title_of(quality.rule_id), "of": quality.judged}
    told = plural(
        "🔧 {rule}: {count} of {of} not useful.",
        "🔧 {rule}: {count} of {of} not useful.",
        quality.wrong,
        **values,
    )
    return (line(told), line(calmer_words(tuning)))


def _rule(quality: Quality) -> Iterator[Line]:
    taken = quality.taken
    yield strong(title_of(quality.rule_id), plural("fired {count} time", "fired {count} times", quality.fired))
    yield line(
        plural("{count} taken", "{count} taken", taken),
        None if quality.median is None else Sentence("half within {time}", {"time": span(quality.median)}),
        plural("{count} for the digest", "{count} for the digest", quality.held) if quality.held else None,
    )
    yield line(
        plural("{count} saved", "{count} saved", quality.saved) if quality.saved else None,
        None if quality.mrr_saved is None else Sentence("MRR {mrr} saved", {"mrr": quality.mrr_saved}),
        plural("{count} lost", "{count} lost", quality.lost) if quality.lost else None,
        plural("{count} not a risk", "{count} not a risk", quality.not_a_risk) if quality.not_a_risk else None,
    )
    yield line(
        None if quality.precision is None else Sentence("precision {share}", {"share": quality.precision}),
        None if not quality.noise else Sentence("noise {share}", {"share": quality.noise}),
        plural("{count} vote useful", "{count} votes useful", quality.useful) if quality.useful else None,
        plural("{count} vote not useful", "{count} votes not useful", quality.useless) if quality.useless else None,
    )


def span(time: timedelta) -> Sentence:
    """A time in the unit that people would use: minutes, hours, days."""
    minutes = int(time.total_seconds()) // 60
    if minutes < 60:
        return plural("{count} minute", "{count} minutes", minutes)
    if minutes < 48 * 60:
        return plural("{count} hour", "{count} hours", minutes // 60)
    return plural("{count} day", "{count} days", minutes // (24 * 60))
