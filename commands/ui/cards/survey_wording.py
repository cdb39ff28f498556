"""The usual questions, by kind and language, and the form that puts them into the company's own words."""

from collections.abc import Iterable, Mapping
from typing import Final

from commands.core.button_values import packed
from commands.core.reply import Block, Modal, Reply
from commands.core.request import Translator
from commands.core.survey_draft import LANGUAGES, WORDING_MOST
from commands.ui.blocks import actions, button, context, cut, text_input
from commands.ui.cards.digest_names import LANGUAGES as LANGUAGE_NAMES
from commands.ui.cards.explain import TITLE_MOST
from commands.ui.cards.paragraphs import Line, Paragraph, as_section, line, plain_text, strong
from commands.ui.cards.survey_question import question_words
from commands.ui.text import translator
from metrics.asking import SurveyPolicy
from metrics.surveying import Survey
from metrics.types import Sentence

REWORD: Final = "survey.reword"
REWORD_LOOK: Final = "survey.reword_look"
REWORD_SAVE: Final = "survey.reword_save"
FIELD: Final = "survey_question_{}"
"""Ids of the blocks with the inputs, by language."""


def wording_card(
    kinds: Iterable[Survey], own: Mapping[str, Mapping[str, str]], policy: SurveyPolicy, t: Translator
) -> Reply:
    """Every kind's question as it is asked; `own` are the company's words by kind and language."""
    head = (strong(Sentence("What is asked")),)
    blocks: list[Block] = [as_section(t, head)]
    told: list[Paragraph] = [head]
    for survey in kinds:
        words = own.get(survey.id, {})
        lines = (_line(survey, language, words.get(language, ""), policy) for language in LANGUAGES)
        paragraph = (strong(Sentence(survey.title)), *lines)
        told.append(paragraph)
        blocks.append(as_section(t, paragraph, accessory=button(t("Change"), REWORD, packed(survey.id))))
    blocks.append(context(t.md("A single survey may have words of its own, in its form.")))
    return Reply(plain_text(t, told), tuple(blocks))


def wording_form(survey: Survey, words: Mapping[str, str], t: Translator, *, preview: Iterable[Block] = ()) -> Modal:
    """The form for one kind; an empty input means the question that comes with Latido."""
    inputs = (_input(survey, language, words.get(language, ""), t) for language in LANGUAGES)
    product = Sentence("{mark} stands for the name of the product.", {"mark": "{product}"})
    blocks = [
        *inputs,
        context(t.md(product)),
        actions(button(t("Show the question"), REWORD_LOOK, packed(survey.id))),
        *preview,
    ]
    return Modal(
        cut(t("The question: {kind}", kind=t(survey.title)), TITLE_MOST),
        tuple(blocks),
        close=cut(t("Close"), TITLE_MOST),
        callback_id=REWORD_SAVE,
        submit=cut(t("Save"), TITLE_MOST),
        private_metadata=packed(survey.id),
    )


def wording_saved(survey: Survey, words: Mapping[str, str], policy: SurveyPolicy, t: Translator) -> Modal:
    """How it is asked from now on."""
    lines = (_line(survey, language, words.get(language, ""), policy) for language in LANGUAGES)
    said = Sentence("Surveys that have been sent already keep their words.")
    return Modal(
        cut(t("Saved"), TITLE_MOST),
        (as_section(t, (strong(Sentence(survey.title)), *lines)), context(t.md(said))),
        close=cut(t("Close"), TITLE_MOST),
    )


def _line(survey: Survey, language: str, own: str, policy: SurveyPolicy) -> Line:
    words = question_words(survey, own, translator(language), policy)
    changed = Sentence("in your own words") if own else None
    values = {"language": LANGUAGE_NAMES[language], "question": words}
    return line(Sentence("{language}: {question}", values), changed)


def _input(survey: Survey, language: str, own: str, t: Translator) -> Block:
    usual = translator(language)(survey.question)
    return text_input(
        FIELD.format(language),
        t("The question in {language}", language=LANGUAGE_NAMES[language]),
        initial=own or None,
        placeholder=cut(usual, 150),
        optional=True,
        most=WORDING_MOST,
    )
