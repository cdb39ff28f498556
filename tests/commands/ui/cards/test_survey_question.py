"""What a customer's person reads: that Slack takes it at its longest in every language, and that it tells no more."""

import json
from collections.abc import Callable

import pytest

from commands.core.reply import Block, Reply
from commands.core.request import Translator
from commands.core.survey_buttons import pressed_of
from commands.ui.blocks import check
from commands.ui.cards.survey_question import (
    ANSWER,
    OPT_OUT,
    answer_words,
    declined_card,
    expired_card,
    question_card,
    question_words,
    reminder_card,
    thanks_card,
    thanks_words,
    withdrawn_card,
)
from commands.ui.text import LOCALES, translator
from metrics.asking import SurveyPolicy
from metrics.surveying import Survey
from metrics.surveys import all_surveys
from tests.commands.pressing import buttons, labels
from tests.commands.ui.cards.answers import NASTY

SURVEYS = all_surveys()
NPS, CES, EXIT = SURVEYS["nps"], SURVEYS["ces"], SURVEYS["exit"]
TOKEN = "Z4xk_tOk-en"
PLAIN = SurveyPolicy()
FACES = SurveyPolicy(emoji=True, product="Acme Cloud")


def usual(survey: Survey) -> Callable[[Translator], Reply]:
    return lambda t: question_card(survey, "", TOKEN, t, PLAIN)


CARDS: dict[str, Callable[[Translator], Reply]] = {
    **{f"survey-question-{kind}": usual(survey) for kind, survey in SURVEYS.items()},
    "survey-question-faces": lambda t: question_card(CES, "", TOKEN, t, FACES),
    "survey-question-anonymous": lambda t: question_card(NPS, "", TOKEN, t, FACES, anonymous=True),
    "survey-question-shared": lambda t: question_card(NPS, "", TOKEN, t, FACES, shared=True),
    "survey-question-longest": lambda t: question_card(NPS, NASTY[:300], "k" * 40, t, SurveyPolicy(product=NASTY[:80])),
    "survey-reminder": lambda t: reminder_card(NPS, "", TOKEN, t, PLAIN),
    "survey-expired": lambda t: expired_card(NPS, "", t, FACES),
    "survey-withdrawn": lambda t: withdrawn_card(NPS, "", t, FACES),
    "survey-declined": lambda t: declined_card(NPS, "", TOKEN, t, FACES),
    "survey-thanks": lambda t: thanks_card(NPS, "", TOKEN, t, FACES, given=9),
    "survey-thanks-low": lambda t: thanks_card(CES, "", TOKEN, t, FACES, given=1, comment="Slow."),
    "survey-thanks-choice": lambda t: thanks_card(EXIT, "", TOKEN, t, FACES, given="price"),
    "survey-thanks-late": lambda t: thanks_card(NPS, "", TOKEN, t, FACES, given=9, changeable=False, said="Too late."),
    "survey-thanks-longest": lambda t: thanks_card(
        EXIT, NASTY[:300], "k" * 40, t, FACES, given="support", comment=NASTY[:3000]
    ),
    "survey-thanks-anonymous": lambda t: thanks_card(NPS, "", TOKEN, t, FACES, given=0, comment="So", anonymous=True),
}


@pytest.mark.parametrize("name", CARDS)
def test_a_card_looks_as_it_did(name, golden):
    card: Reply = CARDS[name](translator("en", strict=True))
    golden(f"cards/{name}", {"text": card.text, "blocks": card.blocks})


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", CARDS)
def test_slack_takes_a_card_in_every_language(name, locale):
    assert check(CARDS[name](translator(locale, strict=True)).blocks) == []


def values(blocks: tuple[Block, ...]) -> list[str]:
    return [one["value"] for one in buttons(blocks) if one["action_id"].startswith(ANSWER)]


@pytest.mark.parametrize("kind", sorted(SURVEYS))
@pytest.mark.parametrize("put", [question_card, reminder_card])
def test_every_answer_has_a_button_that_says_nothing_but_the_token_and_it(kind, put):
    survey = SURVEYS[kind]
    found = [pressed_of(one) for one in values(put(survey, "", TOKEN, translator("en"), PLAIN).blocks)]
    expected = [one.id for one in survey.options]
    if survey.scale is not None:
        expected = [str(score) for score in range(survey.scale[0], survey.scale[1] + 1)]
    assert [one.answer for one in found] == expected
    assert {(one.token, one.reminder) for one in found} == {(TOKEN, put is reminder_card)}


def test_numbers_or_faces_stand_on_the_buttons():
    t = translator("en")
    assert labels(question_card(CES, "", TOKEN, t, PLAIN).blocks)[:5] == ["1", "2", "3", "4", "5"]
    assert labels(question_card(CES, "", TOKEN, t, FACES).blocks)[0] == ":tired_face:"
    assert labels(question_card(NPS, "", TOKEN, t, FACES).blocks)[:11] == [str(score) for score in range(11)]


def test_in_a_channel_nobody_speaks_for_the_others():
    t = translator("en")
    assert OPT_OUT in json.dumps(question_card(NPS, "", TOKEN, t, PLAIN).blocks)
    assert OPT_OUT not in json.dumps(question_card(NPS, "", TOKEN, t, PLAIN, shared=True).blocks)


def test_the_question_is_the_companys_own_where_it_has_one():
    t = translator("en")
    assert question_words(NPS, "", t, PLAIN) == "How likely are you to recommend our product to a friend or colleague?"
    assert question_words(NPS, "", t, FACES) == "How likely are you to recommend Acme Cloud to a friend or colleague?"
    assert question_words(NPS, "Would you miss {product}, {this}?", t, FACES) == "Would you miss Acme Cloud, {this}?"


def test_an_anonymous_answer_is_not_repeated_where_a_name_stands_on_it():
    t = translator("en")
    low, high = (thanks_card(NPS, "", TOKEN, t, PLAIN, given=score, anonymous=True) for score in (0, 10))
    assert low == high
    assert "0 out of 10" not in json.dumps(low.blocks)


def test_a_card_takes_the_place_of_a_persons_question_but_not_of_a_channels():
    t = translator("en")
    assert thanks_card(NPS, "", TOKEN, t, PLAIN, given=9).replace
    assert not thanks_card(NPS, "", TOKEN, t, PLAIN, given=9, shared=True).replace


def test_answers_and_thanks_in_words():
    t = translator("en")
    assert answer_words(NPS, 9, t) == "9 out of 10"
    assert answer_words(EXIT, "price", t) == "It costs too much"
    assert answer_words(EXIT, "long ago", t) == "long ago"
    assert len({thanks_words(NPS, score, t) for score in range(11)}) == 3
    assert thanks_words(EXIT, "price", t) == thanks_words(NPS, 7, t)
