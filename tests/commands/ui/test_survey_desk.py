"""/survey: its pages by the first word, and why somebody was not asked."""

import pytest

from commands.core.errors import NotUnderstood
from commands.core.reply import Modal
from commands.survey import COMMAND
from commands.ui.blocks import check
from commands.ui.survey_posting import start
from metrics.asking import Audience, To
from storage.queries.survey_waves import NewWave, add_wave
from storage.session import Session
from tests.commands.asking import NOW, ask
from tests.commands.pressing import reply
from tests.commands.reachable import with_people


@pytest.fixture
def people(company: Session) -> Session:
    return with_people(company)


@pytest.mark.parametrize(
    ("text", "locale", "said"),
    [
        ("list", "en", "No surveys yet"),
        ("lists", "en", "No saved lists yet"),
        ("listas", "es", ""),
        ("списки", "ru", ""),
        ("wording", "en", "What is asked"),
    ],
)
def test_the_first_word_names_the_page(people, text, locale, said):
    shown = reply(COMMAND.run(ask(text, locale=locale), people))
    assert said in shown.text
    assert check(shown.blocks) == []


@pytest.mark.parametrize(
    ("text", "locale"), [("", "en"), ("new", "en"), ("nueva", "es"), ("новый", "ru"), ("nps", "en")]
)
def test_the_form_opens_at_once(people, text, locale):
    assert isinstance(COMMAND.run(ask(text, locale=locale), people), Modal)


def test_nonsense_is_said_to_be_with_what_works(people):
    with pytest.raises(NotUnderstood) as refused:
        COMMAND.run(ask("mood acme"), people)
    assert "/survey list" in refused.value.suggestions


def test_why_somebody_was_not_asked_is_told_with_what_would_hold_today(people):
    wave_id = add_wave(people, NewWave("form U1 1", "nps", Audience(To.EVERYBODY), NOW, name="Q4"), NOW)
    start(people, wave_id, ask().company, NOW)
    shown = reply(COMMAND.run(ask("why ana eta"), people))
    assert check(shown.blocks) == []
    assert "They would not be asked anything today." in shown.text
    assert "23 Nov 2026: NPS · Q4 · not asked: cannot be reached in Slack" in shown.text
    asked = reply(COMMAND.run(ask("por qué bea@beta.io"), people))
    assert "asked: the question is on its way" in asked.text
    assert "NPS: has not answered NPS yet" in asked.text


def test_somebody_of_whom_nothing_is_known_can_be_asked(people):
    shown = reply(COMMAND.run(ask("why zoe"), people))
    assert "Nothing speaks against asking them." in shown.text
    assert "Nobody has wanted to ask them anything yet." in shown.text


def test_of_several_people_one_is_chosen(people):
    with pytest.raises(NotUnderstood) as refused:
        COMMAND.run(ask("why ana"), people)
    assert set(refused.value.suggestions) == {"/survey why ana@acme.com", "/survey why ana@eta.io"}


@pytest.mark.parametrize("text", ["why", "why xyzzy plugh"])
def test_nobody_is_not_explained(people, text):
    with pytest.raises(NotUnderstood):
        COMMAND.run(ask(text), people)
