"""The modal with a draft: in the respondent's language, to be copied as it stands."""

import pytest

from commands.core.reply_draft import ReplyDraft, paragraphs_for
from commands.ui.blocks import check
from commands.ui.cards.alert_draft import draft_form
from commands.ui.text import LOCALES, translator
from storage.queries.heard import Heard
from tests.commands.core.test_reply_draft import ANA
from tests.commands.ui.cards.test_alert import LONGEST, OPEN

ALERT = OPEN._replace(rule_id="detractor", subject="answer 1")


def form(answer: Heard, locale: str = "en") -> str:
    modal = draft_form(ReplyDraft(ALERT, answer, paragraphs_for(answer, "Bo")), "T0US", translator(locale))
    assert check(modal.blocks, surface="modal") == []
    return str(modal.blocks)


def test_the_draft_is_in_their_language_and_as_they_wrote() -> None:
    shown = form(ANA._replace(language="en-GB", comment="a *b* <c> & d"))
    assert "You wrote: “a *b* <c> & d”" in shown
    assert "<slack://user?team=T0US&amp;id=U0ANA|Open a direct message>" in shown
    assert "<@U0ANA>" in shown


def test_who_is_not_known_in_slack_is_written_to_by_mail() -> None:
    assert "by e-mail" in form(ANA._replace(slack_user_id=None))


@pytest.mark.parametrize("locale", LOCALES)
def test_slack_takes_the_longest(locale: str) -> None:
    assert form(ANA._replace(who=LONGEST, comment="x" * 9000, language=locale), locale)
