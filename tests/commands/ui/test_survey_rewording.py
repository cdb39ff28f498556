"""/survey wording: the usual questions in the company's own words."""

from dataclasses import replace

import pytest

from commands.core.errors import UserError
from commands.core.reply import Invalid, Modal
from commands.survey import COMMAND
from commands.ui.blocks import check
from storage.queries.survey_wordings import wordings
from storage.session import Session
from tests.commands.asking import ask
from tests.commands.pressing import modal, press, reply


def form(db: Session) -> Modal:
    shown = reply(COMMAND.run(ask("wording"), db))
    assert check(shown.blocks) == []
    return modal(press(COMMAND, shown, "survey.reword", ask(), db))


def submit(db: Session, shown: Modal, **given: str | None) -> Modal | Invalid:
    view = next(one for one in COMMAND.views if one.id == shown.callback_id)
    state = {f"survey_question_{language}": text for language, text in given.items()}
    answer = view.run(replace(ask(shown.private_metadata), state=state), db)
    assert isinstance(answer, Modal | Invalid)
    return answer


def test_a_question_is_put_into_own_words_by_language_and_back(company):
    opened = form(company)
    kept = submit(company, opened, en="How easy was\n {product}?", es=None)
    assert isinstance(kept, Modal)
    assert "How easy was our product? · in your own words" in str(kept.blocks)
    assert wordings(company, "ces") == {"en": "How easy was {product}?"}
    submit(company, form(company), en=" ")
    assert wordings(company, "ces") == {}


def test_it_is_previewed_as_the_message_it_will_be(company):
    shown = press(
        COMMAND, form(company), "survey.reword_look", replace(ask(), state={"survey_question_en": "Easy?"}), company
    )
    assert "Easy?" in str(modal(shown).blocks)
    assert check(modal(shown).blocks, surface="modal") == []
    assert wordings(company, "ces") == {}


@pytest.mark.parametrize("text", ["How was {name}?", "How {was", "A } brace"])
def test_braces_hold_the_product_alone(company, text):
    answer = submit(company, form(company), en=text)
    assert isinstance(answer, Invalid)
    assert "{product}" in answer.errors["survey_question_en"]


def test_a_kind_that_was_made_up_is_refused(company):
    view = next(one for one in COMMAND.views if one.id == "survey.reword_save")
    with pytest.raises(UserError):
        view.run(ask("1 0 mood"), company)
