"""What whoever sent a survey is told, once, when some of its questions did not get to anybody."""

from datetime import UTC, tzinfo

from commands.core.button_values import packed
from commands.core.reply import Reply
from commands.core.request import Translator
from commands.core.survey_seen import Seen
from commands.ui.blocks import actions, button, join, section
from commands.ui.cards.survey_reasons import said
from commands.ui.cards.survey_wave import DETAILS, title_of
from metrics.types import Sentence, Value, plural


def failures_card(one: Seen, t: Translator, *, zone: tzinfo = UTC) -> Reply:
    """How many, why, the most frequent reason first, and the way to see who it was."""
    head = _head(one)
    reasons = sorted(one.progress.failures.items(), key=lambda pair: (-pair[1], pair[0]))
    lines = [
        t.md(Sentence("• {count}: {reason}", {"count": count, "reason": said(reason, {}, zone)}))
        for reason, count in reasons
    ]
    blocks = (
        section(join("\n", [t.md(head), *lines])),
        actions(button(t("Details"), DETAILS, packed(str(one.wave.id)))),
    )
    return Reply(t(head), blocks)


def _head(one: Seen) -> Sentence:
    values: dict[str, Value] = {"survey": title_of(one.wave), "all": one.all_questions + one.progress.failed}
    return plural(
        "{survey}: {count} of {all} questions did not get there.",
        "{survey}: {count} of {all} questions did not get there.",
        one.progress.failed,
        **values,
    )
