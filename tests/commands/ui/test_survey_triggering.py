"""/survey triggers: looked at by everybody, switched and tuned by admins."""

from dataclasses import replace
from typing import Any

import pytest

from commands.core.reply import Invalid, Modal
from commands.core.request import Request, Role
from commands.survey import COMMAND
from commands.ui.blocks import check
from commands.ui.cards.survey_triggers import SWITCH, TUNE
from commands.ui.survey_triggering import TRIGGER_ACTIONS, TRIGGER_VIEWS, keep_trigger, triggers
from commands.ui.text import LOCALES
from storage.session import Session
from tests.commands.asking import NOW, ask
from tests.commands.pressing import labels, modal, press, reply
from tests.storage.queries import rows

ADMIN = ask(role=Role.ADMIN)


def submitted(form: Modal, **state: Any) -> Request:
    return replace(ADMIN, text=form.private_metadata, state=state)


@pytest.mark.parametrize("locale", LOCALES)
def test_the_card_opens_by_its_word_in_every_language(company: Session, locale: str) -> None:
    word = {"en": "triggers", "es": "disparadores", "ru": "триггеры"}[locale]
    for text in ("triggers", word):
        shown = reply(COMMAND.run(ask(text, locale=locale), company))
        assert check(shown.blocks) == []
        assert labels(shown.blocks) == [], "who is no admin only looks"


def test_an_admin_tunes_and_switches_on(company: Session) -> None:
    rows.used(company, rows.account(company, segment="smb"), NOW.date(), feature="export")
    card = triggers(ADMIN, company)
    assert labels(card.blocks) == ["Switch on", "Tune"] * 5
    form = modal(press(COMMAND, card, TUNE, ADMIN, company, number=1))
    assert check(form.blocks, surface="modal") == []
    wrong = keep_trigger(submitted(form, trigger_dial_days_after="x", trigger_feature="=export"), company)
    assert isinstance(wrong, Invalid)
    state = {"trigger_dial_days_after": "5", "trigger_feature": "=export", "trigger_segment": "=smb"}
    saved = keep_trigger(submitted(form, **state), company)
    assert isinstance(saved, Modal)
    assert "Days after the first use: 5" in str(saved.blocks)
    on = reply(press(COMMAND, card, SWITCH, ADMIN, company, number=1))
    assert on.replace
    assert labels(on.blocks).count("Switch off") == 1
    assert "feature export · Days after the first use: 5 · segment smb" in on.text
    assert "asked nobody this month" in on.text
    off = reply(press(COMMAND, on, SWITCH, ADMIN, company, number=1))
    assert "Switch off" not in labels(off.blocks)


def test_only_admins_change_anything() -> None:
    assert {one.least_role for one in (*TRIGGER_ACTIONS, *TRIGGER_VIEWS)} == {Role.ADMIN}
