"""Questions as their readers will see them, before anybody does: whole, or only their words."""

from collections.abc import Iterable, Mapping
from typing import Final

from commands.core.reply import Block
from commands.core.request import Translator
from commands.ui.blocks import bold, context, join, section
from commands.ui.cards.digest_names import LANGUAGES
from commands.ui.cards.survey_question import question_card, question_words
from commands.ui.text import translator
from metrics.asking import SurveyPolicy
from metrics.surveying import Survey
from metrics.types import Sentence, plural

SAMPLE: Final = "survey.sample"
"""The action of a button that only shows what it would look like."""


def whole_questions(
    survey: Survey,
    wording: Mapping[str, str],
    languages: Iterable[str],
    policy: SurveyPolicy,
    t: Translator,
    *,
    anonymous: bool = False,
    shared: bool = False,
) -> list[Block]:
    """The messages as they will stand there, in each language; their buttons do nothing."""
    blocks: list[Block] = []
    for language in languages:
        shown = question_card(
            survey,
            wording.get(language, ""),
            "-",
            translator(language),
            policy,
            anonymous=anonymous,
            shared=shared,
        )
        blocks.append(context(t.md("In {language}, as it will be read:", language=LANGUAGES[language])))
        blocks += (_inert(block) for block in shown.blocks)
    return blocks


def questions_said(
    survey: Survey, wording: Mapping[str, str], readers: Mapping[str, int], policy: SurveyPolicy, t: Translator
) -> Block:
    """The words of the question in each language, with how many people read it so."""
    lines = []
    for language, count in readers.items():
        words = question_words(survey, wording.get(language, ""), translator(language), policy)
        people = plural("{count} person", "{count} people", count)
        head = Sentence("{language}, {people}:", {"language": LANGUAGES[language], "people": people})
        lines += [t.md(head), bold(words)]
    return section(join("\n", lines))


def _inert(block: Block) -> Block:
    """The block with buttons that do nothing."""
    if block["type"] != "actions":
        return block
    elements = [
        {**element, "action_id": f"{SAMPLE}#{number}"} for number, element in enumerate(block["elements"], start=1)
    ]
    return {**block, "elements": elements}
