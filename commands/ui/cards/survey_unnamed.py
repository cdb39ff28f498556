"""What was said in an anonymous wave, beside no score and no name, and the form that voids such an answer."""

from collections.abc import Sequence
from datetime import tzinfo
from typing import Final

from commands.core.button_values import packed
from commands.core.reply import Block, Markup, Modal
from commands.core.request import Translator
from commands.ui.blocks import button, context, cut, section, text_input, verbatim
from commands.ui.cards.answers_given import REASON
from commands.ui.cards.explain import TITLE_MOST
from commands.ui.cards.paragraphs import Paragraph, as_section, line, strong
from metrics.types import Sentence
from storage.queries.survey_results import Words
from storage.queries.survey_voids import REASON_MOST, Voided

VOID: Final = "survey.void"
SAVE: Final = "survey.void.save"
WORDS_MOST: Final = 1000
"""Characters of a comment that are shown."""
_REASON_MOST: Final = 120
"""Characters of a reason that are shown."""


def words_said(found: Sequence[Words], wave_id: int, page: int, pages: Sentence | None, t: Translator) -> list[Block]:
    """A page of the comments, with **Void** beside each."""
    head = as_section(t, (strong(Sentence("In customers' own words"), pages),))
    return [head, *(section(_quoted(one, t), accessory=_void(one, wave_id, page, t)) for one in found)]


def voids_said(found: Sequence[Voided], zone: tzinfo) -> Paragraph:
    """When and why answers were voided; nothing of the answers."""
    return tuple(
        line(
            Sentence(
                "⚫ Voided on {day}: {reason}",
                {"day": one.at.astimezone(zone).date(), "reason": cut(one.reason, _REASON_MOST)},
            )
        )
        for one in found
    )


def void_form(one: Words, pressed: str, t: Translator) -> Modal:
    """Why the answer is not to count; `pressed` is the button's value."""
    return Modal(
        cut(t("Void an answer"), TITLE_MOST),
        (
            section(_quoted(one, t)),
            text_input(REASON, t("Why is it not to count?"), action_id="reason", most=REASON_MOST),
            context(t("For tests and spam. A low score is no reason: the people who answered were asked to be frank.")),
            context(t("An anonymous answer that is voided does not count again. Who voided it, and why, is kept.")),
        ),
        close=cut(t("Cancel"), TITLE_MOST),
        callback_id=SAVE,
        submit=cut(t("Void"), TITLE_MOST),
        private_metadata=pressed,
    )


def _void(one: Words, wave_id: int, page: int, t: Translator) -> Block:
    return button(t("Void …"), VOID, packed(f"{wave_id} {one.mark}", page))


def _quoted(one: Words, t: Translator) -> Markup:
    return verbatim(t(Sentence("“{comment}”", {"comment": cut(one.said, WORDS_MOST)})))
