"""The modals in which a respondent adds words to an answer or changes it, and the sentences for what was not taken."""

from collections.abc import Mapping
from typing import Final

from commands.core.reply import Block, Modal
from commands.core.request import Translator
from commands.core.survey_answering import ANSWER_INPUT, COMMENT_INPUT, Why
from commands.ui.blocks import (
    bold,
    choice_input,
    context,
    cut,
    join,
    option,
    radio_buttons,
    section,
    static_select,
    text_input,
)
from commands.ui.cards.explain import TITLE_MOST
from commands.ui.cards.survey_question import answer_words, question_words, thanks_words
from metrics.asking import SurveyPolicy
from metrics.surveying import Mood, Survey
from metrics.types import msg
from storage.queries.survey_answers import COMMENT_MOST, Asked, Given

SAVE_COMMENT: Final = "survey.comment.save"
SAVE_CHANGE: Final = "survey.change.save"
_RADIO_MOST: Final = 10
"""Slack shows at most so many radio buttons."""

REFUSALS: Final[Mapping[Why, str]] = {
    Why.GONE: msg("This question is no longer there. Thank you all the same!"),
    Why.NOT_YOURS: msg("This question was put to somebody else, so your tap has changed nothing. Thank you!"),
    Why.COLLEAGUE: msg("This question is for our customer’s people, so your tap has changed nothing."),
    Why.UNKNOWN_PERSON: msg("I could not find out who you are. Please try again in a moment."),
    Why.EXPIRED: msg("This question has expired. Thank you all the same!"),
    Why.WITHDRAWN: msg("We no longer need an answer to this question. Thank you!"),
    Why.DECLINED: msg("You did not want to be asked, so I have not counted this."),
    Why.TOO_LATE: msg("I have your answer already, and it can no longer be changed. Thank you!"),
    Why.UNANSWERED: msg("Please answer the question first: one tap is enough."),
}


def comment_form(asked: Asked, given: Given, wording: str, t: Translator, policy: SurveyPolicy) -> Modal:
    """Words beside the answer."""
    prompt = _prompt(asked, given.score, t)
    blocks = (_head(asked, given, wording, t, policy), _comment_input(prompt, given, optional=bool(given.comment)))
    return _form(t("Add a comment"), blocks, SAVE_COMMENT, asked, t)


def change_form(asked: Asked, given: Given, wording: str, t: Translator, policy: SurveyPolicy) -> Modal:
    """Another answer, with its words."""
    question = question_words(asked.survey, wording, t, policy)
    blocks = (
        choice_input(ANSWER_INPUT, question, _choices(asked, given, t)),
        _comment_input(t("Do you want to add anything?"), given, optional=True),
        *_anonymity(asked, t),
    )
    return _form(t("Change the answer"), blocks, SAVE_CHANGE, asked, t)


def thanks_modal(asked: Asked, given: Given, wording: str, t: Translator, policy: SurveyPolicy) -> Modal:
    """The answer as it is kept now."""
    blocks = [_head(asked, given, wording, t, policy), section(thanks_words(asked.survey, given.answer, t))]
    if given.comment:
        blocks.insert(1, section(t.md("_Your comment:_ {comment}", comment=given.comment)))
    return Modal(cut(t("Thank you!"), TITLE_MOST), (*blocks, *_anonymity(asked, t)), cut(t("Close"), TITLE_MOST))


def refusal_modal(why: Why, t: Translator) -> Modal:
    """Why nothing was taken."""
    return Modal(cut(t("Survey"), TITLE_MOST), (section(t(REFUSALS[why])),), cut(t("Close"), TITLE_MOST))


def _form(title: str, blocks: tuple[Block, ...], view_id: str, asked: Asked, t: Translator) -> Modal:
    return Modal(
        cut(title, TITLE_MOST),
        blocks,
        close=cut(t("Cancel"), TITLE_MOST),
        callback_id=view_id,
        submit=cut(t("Send"), TITLE_MOST),
        private_metadata=asked.token,
    )


def _head(asked: Asked, given: Given, wording: str, t: Translator, policy: SurveyPolicy) -> Block:
    question = bold(question_words(asked.survey, wording, t, policy))
    if given.answer is None:
        return section(question)
    shown = t.md("Your answer: *{answer}*", answer=answer_words(asked.survey, given.answer, t))
    return section(join("\n", (question, shown)))


def _prompt(asked: Asked, score: int | None, t: Translator) -> str:
    prompts = asked.survey.comment_prompts
    text = prompts.get(asked.survey.mood(score)) or prompts.get(Mood.MIDDLE)
    return t(text) if text else t("Do you want to add anything?")


def _comment_input(label: str, given: Given, *, optional: bool) -> Block:
    return text_input(
        COMMENT_INPUT,
        label,
        action_id="comment",
        initial=given.comment,
        multiline=True,
        optional=optional,
        most=COMMENT_MOST,
    )


def _choices(asked: Asked, given: Given, t: Translator) -> Block:
    survey = asked.survey
    lines = {value: option(label, value) for value, label in _values(survey, t)}
    initial = lines.get(str(given.answer))
    if len(lines) <= _RADIO_MOST:
        return radio_buttons("answer", list(lines.values()), initial=initial)
    return static_select("answer", t("Choose one"), list(lines.values()), initial=initial)


def _values(survey: Survey, t: Translator) -> list[tuple[str, str]]:
    """Each possible answer with its words; the ends of a scale say what they mean."""
    if survey.scale is None:
        return [(one.id, t(one.title)) for one in survey.options]
    lowest, highest = survey.scale
    means = {lowest: t(survey.lowest_means), highest: t(survey.highest_means)}
    return [
        (str(score), f"{score} · {means[score]}" if score in means else str(score))
        for score in range(lowest, highest + 1)
    ]


def _anonymity(asked: Asked, t: Translator) -> tuple[Block, ...]:
    if not asked.anonymous:
        return ()
    return (context(t("Your answer is stored without your name. Nobody can tell which one is yours.")),)
