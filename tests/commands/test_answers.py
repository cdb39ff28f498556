"""/latido answers as people use it: listed, voided with a reason, taken back."""

from dataclasses import replace
from datetime import UTC, timedelta

import pytest

from commands.answers import COMMAND
from commands.core.errors import UserError
from commands.core.reply import Invalid, Modal
from commands.ui.blocks import check
from commands.ui.cards.answers_given import REASON, SAVE
from metrics.money import home_only
from metrics.periods import month_of
from metrics.types import BookFilter
from storage.queries.survey_voids import answers_given
from storage.queries.tables import touched_account
from storage.queries.totals import Scope
from storage.queries.totals.voice import load
from storage.session import Session
from tests.commands.asking import NOW, ask
from tests.commands.pressing import labels, modal, press, reply
from tests.storage.queries import rows

ASKED = ask()


@pytest.fixture
def db(db_empty: Session) -> Session:
    return db_empty


def answered(db: Session, count: int = 1, **values: object) -> int:
    """An account whose Ana has answered so often, a day apart; its id."""
    account = rows.account(db, "Acme Corp", key="acme")
    ana = rows.contact(db, account, "Ana Ruiz")
    for number in range(count):
        usual = {"kind": "nps", "score": 3, "responded_at": NOW - timedelta(days=number), "contact_id": ana}
        rows.add(db, "survey_response", key=f"a-{number}", account_id=account, **{**usual, **values})
    return account


def delivered_nps(db: Session) -> int:
    month = month_of(NOW.date())
    return load(db, Scope(month, home_only("USD", month.last), UTC, BookFilter())).detractors


def send(form: Modal, db: Session, reason: str | None) -> Modal | Invalid:
    (view,) = (view for view in COMMAND.views if view.id == SAVE)
    answer = view.run(replace(ASKED, text=form.private_metadata, state={REASON: reason}), db)
    assert isinstance(answer, Modal | Invalid)
    return answer


@pytest.mark.parametrize("locale", ["en", "es", "ru"])
def test_answers_are_listed_with_who_and_their_words(db: Session, locale: str) -> None:
    answered(db, comment="Slow\nexports")
    card = reply(COMMAND.run(ask(locale=locale), db))
    assert check(card.blocks) == []
    assert "NPS 3 · Ana Ruiz · Acme Corp" in card.text
    assert "Slow exports" in card.text


def test_without_any_it_says_how_to_ask(db: Session) -> None:
    assert "/survey" in reply(COMMAND.run(ASKED, db)).text


def test_a_reason_to_leave_is_told_in_words(db: Session) -> None:
    answered(db, kind="exit", score=None, choice="price")
    assert "Exit: It costs too much" in reply(COMMAND.run(ask("acme"), db)).text


def test_a_voided_answer_is_in_no_figure_until_it_is_taken_back(db: Session) -> None:
    account = answered(db)
    card = reply(COMMAND.run(ASKED, db))
    assert delivered_nps(db) == 1
    form = modal(press(COMMAND, card, "answers.void", ASKED, db))
    assert isinstance(send(form, db, "  "), Invalid)
    assert delivered_nps(db) == 1
    assert "Voided on 23 Nov 2026: a test" in modal(send(form, db, "a test")).blocks[0]["text"]["text"]
    assert delivered_nps(db) == 0
    assert db.execute(touched_account.select()).scalars().all() == [account]
    ((one,), _) = answers_given(db, most=5)
    assert (one.voided_by, one.void_reason) == (ASKED.actor.user_id, "a test")
    card = reply(COMMAND.run(ASKED, db))
    press(COMMAND, card, "answers.restore", ASKED, db)
    assert delivered_nps(db) == 1


def test_pages_are_turned(db: Session) -> None:
    answered(db, 12)
    card = reply(COMMAND.run(ask("acme"), db))
    assert labels(card.blocks).count("Void …") == 10
    following = reply(press(COMMAND, card, "answers.next", ASKED, db))
    assert following.replace
    assert labels(following.blocks).count("Void …") == 2
    assert labels(reply(press(COMMAND, following, "answers.back", ASKED, db)).blocks).count("Void …") == 10


def test_several_accounts_of_a_name_are_offered(db: Session) -> None:
    for name in ("Acme North", "Acme South"):
        rows.account(db, name)
    card = reply(COMMAND.run(ask("acme"), db))
    assert "Nobody at Acme North" in reply(press(COMMAND, card, "answers.account", ASKED, db)).text


def test_a_button_of_an_answer_that_is_gone_says_so(db: Session) -> None:
    (action,) = (one for one in COMMAND.actions if one.id == "answers.void")
    for value in ("1 0 99", "1 0 x"):
        with pytest.raises(UserError, match="no longer there"):
            action.run(replace(ASKED, text=value), db)
