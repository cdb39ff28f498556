"""The modals of a respondent."""

import json
from dataclasses import asdict
from datetime import UTC, date, datetime

import pytest

from commands.core.reply import Modal
from commands.core.survey_answering import Why
from commands.ui.blocks import check
from commands.ui.cards.survey_answer import REFUSALS, change_form, comment_form, refusal_modal, thanks_modal
from commands.ui.text import LOCALES, translator
from metrics.asking import SurveyPolicy
from metrics.surveys import all_surveys
from storage.queries.survey_answers import COMMENT_MOST, Asked, Given
from tests.commands.ui.cards.answers import NASTY

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
POLICY = SurveyPolicy(product="Acme Cloud")
NPS = Asked(
    7, 3, "nps", 1, 5, "answered", "Z4xk_tOk-en", "U0OTTO", "en", 12, None, NOW, "direct", {}, anonymous=False,
    secret=None, segment="Enterprise",
)  # fmt: skip
EXIT = NPS._replace(kind="exit")
HIDDEN = NPS._replace(anonymous=True)
NINE = Given(1, 9, None, None, NOW, date(2026, 11, 24), voided=False)
PRICE = NINE._replace(score=None, choice="price", comment="It doubled.")
LONGEST = PRICE._replace(comment="\U0001f600<&>*_" * (COMMENT_MOST // 6))

MODALS = {
    "survey-comment": lambda t: comment_form(NPS, NINE, "", t, POLICY),
    "survey-comment-longest": lambda t: comment_form(EXIT, LONGEST, NASTY[:300], t, POLICY),
    "survey-change": lambda t: change_form(NPS, NINE, "", t, POLICY),
    "survey-change-choice": lambda t: change_form(EXIT, PRICE, "", t, POLICY),
    "survey-change-anonymous": lambda t: change_form(HIDDEN, NINE, "", t, POLICY),
    "survey-change-longest": lambda t: change_form(EXIT, LONGEST, NASTY[:300], t, POLICY),
    "survey-thanked": lambda t: thanks_modal(NPS, NINE, "", t, POLICY),
    "survey-thanked-longest": lambda t: thanks_modal(EXIT, LONGEST, NASTY[:300], t, POLICY),
    "survey-thanked-anonymous": lambda t: thanks_modal(HIDDEN, NINE, "", t, POLICY),
    "survey-refused": lambda t: refusal_modal(Why.TOO_LATE, t),
}


@pytest.mark.parametrize("name", MODALS)
def test_a_modal_looks_as_it_did(name, golden):
    modal: Modal = MODALS[name](translator("en", strict=True))
    golden(f"cards/{name}", asdict(modal))


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", MODALS)
def test_slack_takes_a_modal_in_every_language(name, locale):
    modal = MODALS[name](translator(locale, strict=True))
    assert check(modal.blocks, surface="modal") == []
    assert modal.private_metadata in ("", NPS.token)


@pytest.mark.parametrize("kind", sorted(all_surveys()))
@pytest.mark.parametrize("locale", LOCALES)
def test_every_kind_has_its_forms(kind, locale):
    survey, t = all_surveys()[kind], translator(locale, strict=True)
    given = NINE._replace(score=survey.scale and survey.scale[1], choice=None if survey.scale else survey.options[0].id)
    for form in (comment_form, change_form, thanks_modal):
        assert check(form(NPS._replace(kind=kind), given, "", t, POLICY).blocks, surface="modal") == []


def test_what_is_asked_for_depends_on_the_answer():
    t = translator("en")
    asked = {json.dumps(comment_form(NPS, NINE._replace(score=score), "", t, POLICY).blocks[-1]) for score in (0, 7, 9)}
    assert len(asked) == 3


def test_every_reason_has_its_sentence():
    assert set(REFUSALS) == set(Why)
