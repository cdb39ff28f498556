"""The card of /latido answers: what was answered when by whom, and what of it counts in no figure."""

from collections.abc import Sequence
from datetime import tzinfo
from typing import Final

from commands.core.button_values import packed
from commands.core.reply import Block, Modal, Reply
from commands.core.request import Translator
from commands.ui.blocks import actions, button, context, cut, mention, text_input
from commands.ui.cards.explain import TITLE_MOST
from commands.ui.cards.paragraphs import Line, Paragraph, as_section, line, plain_text, strong
from metrics.surveys import all_surveys
from metrics.types import Sentence, plural
from storage.queries.survey_voids import REASON_MOST, Given
from storage.queries.voice_lists import score_sentence

VOID: Final = "answers.void"
RESTORE: Final = "answers.restore"
BACK: Final = "answers.back"
NEXT: Final = "answers.next"
SAVE: Final = "answers.void.save"
REASON: Final = "void_reason"
"""The id of the form's input; frozen."""

ON_A_PAGE: Final = 10
_COMMENT_MOST: Final = 240
_NOTHING: Final = Sentence("No survey answers yet. Ask with `/survey`, or `latido import survey_responses.csv`.")


def answers_card(
    found: Sequence[Given], count: int, *, asked: str, page: int, account: str | None, zone: tzinfo, t: Translator
) -> Reply:
    """A page of the answers of `account` (None: of all), with **Void** beside each; `asked` is what was typed."""
    head = (_headline(count, account),)
    blocks = [as_section(t, head)]
    paragraphs: list[Paragraph] = [head]
    for one in found:
        paragraph = answer_lines(one, zone)
        paragraphs.append(paragraph)
        blocks.append(as_section(t, paragraph, _button(one, t)))
    turning = _turning(count, asked, page, t)
    blocks += [actions(*turning)] if turning else []
    if found:
        note = t("A voided answer is in no figure, score or signal; who voided it, and why, is kept.")
        blocks.append(context(note))
    return Reply(plain_text(t, paragraphs), tuple(blocks))


def void_form(one: Given, zone: tzinfo, t: Translator) -> Modal:
    """Why the answer is not to count."""
    return Modal(
        cut(t("Void an answer"), TITLE_MOST),
        (
            as_section(t, answer_lines(one, zone)),
            text_input(REASON, t("Why is it not to count?"), action_id="reason", most=REASON_MOST),
            context(t("For tests and spam. A low score is no reason: the people who answered were asked to be frank.")),
        ),
        close=cut(t("Cancel"), TITLE_MOST),
        callback_id=SAVE,
        submit=cut(t("Void"), TITLE_MOST),
        private_metadata=packed(str(one.id)),
    )


def voided(one: Given, zone: tzinfo, t: Translator) -> Modal:
    """The answer as it is now."""
    shown = as_section(t, answer_lines(one, zone))
    return Modal(cut(t("Void an answer"), TITLE_MOST), (shown,), cut(t("Close"), TITLE_MOST))


def answer_lines(one: Given, zone: tzinfo) -> tuple[Line, ...]:
    """What was answered, by whom and when; whether it was voided."""
    said = " ".join((one.comment or "").split())
    words = Sentence("“{comment}”", {"comment": cut(said, _COMMENT_MOST)}) if said else None
    local = one.responded_at.astimezone(zone)
    first = line(_what(one), one.person, one.account, Sentence("{day}", {"day": local.date()}), _source(one))
    return first, line(words), line(_void(one, zone))


def _source(one: Given) -> Sentence:
    if one.colleague is not None:
        return Sentence("told by {person}", {"person": mention(one.colleague)})
    return Sentence("asked by me") if one.ours else Sentence("imported")


def _void(one: Given, zone: tzinfo) -> Sentence | None:
    if one.voided_at is None:
        return None
    why = one.void_reason or ""
    return Sentence("⚫ Voided on {day}: {reason}", {"day": one.voided_at.astimezone(zone).date(), "reason": why})


def _what(one: Given) -> Sentence:
    if one.score is not None:
        return score_sentence(one.kind, one.score)
    survey = all_surveys().get(one.kind)
    chosen = None if survey is None else survey.option(one.choice or "")
    if survey is None or chosen is None:
        return Sentence("{kind}: {choice}", {"kind": one.kind.upper(), "choice": one.choice or ""})
    return Sentence("{kind}: {choice}", {"kind": Sentence(survey.title), "choice": Sentence(chosen.title)})


def _headline(count: int, account: str | None) -> Line:
    if account is None:
        if not count:
            return strong(
                Sentence("No survey answers yet. Ask with `/survey`, or `latido import survey_responses.csv`.")
            )
        return strong(plural("{count} answer, the latest first", "{count} answers, the latest first", count))
    if not count:
        return strong(Sentence("Nobody at {account} has answered a survey yet.", {"account": account}))
    return strong(
        plural(
            "{count} answer of {account}, the latest first",
            "{count} answers of {account}, the latest first",
            count,
            account=account,
        )
    )


def _button(one: Given, t: Translator) -> Block:
    if one.voided_at is None:
        return button(t("Void …"), VOID, packed(str(one.id)))
    return button(t("Let it count"), RESTORE, packed(str(one.id)))


def _turning(count: int, asked: str, page: int, t: Translator) -> list[Block]:
    elements = []
    if page > 0:
        elements.append(button(t("Back"), BACK, packed(asked, page - 1)))
    if (page + 1) * ON_A_PAGE < count:
        elements.append(button(t("More"), NEXT, packed(asked, page + 1)))
    return elements
