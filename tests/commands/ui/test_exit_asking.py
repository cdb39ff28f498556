"""CSMs are asked why their accounts have left, once; what they say is kept and shown; on both databases."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from commands.core.errors import UserError
from commands.core.reply import Invalid, Modal
from commands.core.request import Company, Request
from commands.ui.cards.exit_reason import REASON, WORDS
from commands.ui.exit_asking import ask_csms, ask_reason, keep_reason
from metrics.quiet_hours import quiet_hours_of
from storage.queries.exit_reasons import told
from storage.queries.people_known import Person, remember
from storage.queries.survey_occasions import Happened
from storage.queries.tables import outbox
from storage.session import Session
from tests.commands.asking import NOW, ask
from tests.storage.queries import rows

DAY = date(2026, 11, 20)
COMPANY = replace(ask().company, quiet=quiet_hours_of("none", "none"), leads=("U0LEA",), admins=("U0ADA",))


def left(db: Session, csm: str | None = "Ana@us.example", name: str = "Them") -> Happened:
    id_ = rows.account(db, name, csm_email=csm)
    return Happened(f"churn {id_} {DAY}", id_, DAY, {})


def ana(db: Session, language: str = "en") -> None:
    remember(db, Person("U0ANA", "ana@us.example", "Ana", language), now=NOW)


def messages(db: Session) -> list[tuple[str, str]]:
    found = db.execute(select(outbox.c.destination, outbox.c.content).order_by(outbox.c.id))
    return [(row.destination, str(row.content)) for row in found]


def pressed(one: Happened, state: Mapping[str, Any] | None = None) -> Request:
    return replace(ask(f"1 0 {one.account_id} {one.day}"), state=dict(state or {}))


def test_a_csm_is_asked_once_in_their_language(db: Session) -> None:
    ana(db, "es")
    one = left(db)
    ask_csms(db, [one], COMPANY, NOW)
    ask_csms(db, [one], COMPANY, NOW + timedelta(hours=1))
    ((to, said),) = messages(db)
    assert to == "U0ANA"
    assert "Them has left" not in said


@pytest.mark.parametrize(
    ("company", "to"),
    [(COMPANY, ["U0LEA"]), (replace(COMPANY, leads=()), ["U0ADA"]), (replace(COMPANY, leads=(), admins=()), [])],
    ids=["the first lead", "else the first admin", "else nobody"],
)
def test_without_a_csm_whoever_leads_is_asked(db: Session, company: Company, to: list[str]) -> None:
    ask_csms(db, [left(db, None), left(db, "who@else.example")], company, NOW)
    assert [one for one, _ in messages(db)] == to * 2


def test_nobody_is_asked_at_night(db: Session) -> None:
    ana(db)
    night = datetime(2026, 11, 23, 23, 0, tzinfo=UTC)
    ask_csms(db, [left(db)], replace(COMPANY, quiet=ask().company.quiet), night)
    due = db.execute(select(outbox.c.due_at)).scalar_one()
    assert due > night + timedelta(hours=5)


def test_what_is_told_stands_in_the_message_and_can_be_changed(db: Session) -> None:
    ana(db)
    one = left(db)
    ask_csms(db, [one], COMPANY, NOW)
    form = ask_reason(pressed(one), db)
    assert "initial_option" not in str(form.blocks)
    shown = keep_reason(pressed(one, {REASON: "price", WORDS: " Budget was cut "}), db)
    assert isinstance(shown, Modal)
    assert "It costs too much" in str(shown.blocks)
    what = told(db, one.account_id, DAY)
    assert what is not None
    assert what == ("price", "Budget was cut", "U1")
    (_, edited) = messages(db)[-1]
    assert "Budget was cut" in edited
    assert "Change it" in edited
    again = ask_reason(pressed(one), db)
    assert "initial_option" in str(again.blocks)
    assert "Budget was cut" in str(again.blocks)
    keep_reason(pressed(one, {REASON: "no_need", WORDS: None}), db)
    assert told(db, one.account_id, DAY) == ("no_need", None, "U1")


@pytest.mark.parametrize("choice", [None, "", "nonsense", 7])
def test_a_reason_is_one_of_those_offered(db: Session, choice: object) -> None:
    wrong = keep_reason(pressed(left(db), {REASON: choice}), db)
    assert isinstance(wrong, Invalid)
    assert wrong.errors == {REASON: "Choose a reason, please."}


@pytest.mark.parametrize("value", ["", "7 2026-11-20", "x", "99999999999 2026-11-20", "1 yesterday", "1"])
def test_a_button_of_an_account_that_is_gone_says_so(db: Session, value: str) -> None:
    with pytest.raises(UserError, match="no longer there"):
        ask_reason(ask(f"1 0 {value}"), db)
