"""What asks by itself: from what happens at a customer, through outbox and sender, to the person asked."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, delete, func, insert, select, update

from bot.survey_rounds import go_round, is_waiting
from bot.survey_triggers import look
from commands.core.request import Actor, Role
from commands.core.survey_triggers import standing_pressed, switch, tune
from commands.ui.exit_asking import keep_reason
from storage.queries.people_known import Person, remember
from storage.queries.survey_triggers import trigger_setting
from storage.queries.tables import account, contact, mrr_movement, survey_ask, survey_response, survey_wave, ticket
from storage.session import Session, reading, transaction
from tests.bot.outbox import NOW, Office
from tests.bot.surveyed import AWAKE, surveyed
from tests.commands.asking import ask
from tests.storage.queries import rows

TODAY = NOW.date()
OLGA = Actor("U0OLGA", "T0US", Role.ADMIN, "Olga", "olga@us.example", "en")


@pytest.fixture
def desk(engine: Engine) -> Iterator[Office]:
    with surveyed(engine) as here:
        yield here


@pytest.fixture
def them(desk: Office) -> int:
    """A customer whose Otto is in Slack, and whose CSM is Ana; the account's id."""
    with transaction(desk.engine) as db:
        remember(db, Person("U0ANA", "ana@us.example", "Ana", "en"), now=NOW)
        id_ = rows.account(db, "Them", key="them", csm_email="Ana@us.example", segment="smb")
        rows.subscribe(db, id_, rows.paid(TODAY - timedelta(days=30)))
        rows.contact(db, id_, "Otto Out", slack_user_id="U0OUT", language="en")
    return id_


def pressed(desk: Office, trigger: str, **state: Any) -> Any:
    company = replace(AWAKE, language="en")
    request = ask(f"1 0 {trigger}")
    return replace(request, actor=OLGA, now=desk.clock.now, company=company, state=state)


def switched_on(desk: Office, trigger: str, **state: Any) -> None:
    with transaction(desk.engine) as db:
        request = pressed(desk, trigger, **state)
        if state:
            assert tune(request, db, standing_pressed(request, db)) is None
        switch(request, db, standing_pressed(request, db))


def turn(desk: Office, **later: float) -> None:
    """Time goes by; a round, and all that the sender can do after it."""
    desk.clock.forward(**(later or {"hours": 1}))
    with reading(desk.engine) as db:
        assert is_waiting(db, desk.clock.now, AWAKE)
    go_round(desk.engine, AWAKE, desk.clock.now)
    desk.work_on()


def resolved(db: Session, account_id: int, key: str = "T-1", **values: Any) -> int:
    given = {"opened_at": NOW - timedelta(days=2), "resolved_at": NOW + timedelta(minutes=5)} | values
    return rows.add(db, "ticket", key=key, account_id=account_id, **given)


def read_by(desk: Office, user: str) -> list[str]:
    return desk.texts(str(desk.slack.reads.conversations_open(users=user)["channel"]["id"]))


def asks(desk: Office) -> list[tuple[str, str, str | None]]:
    with reading(desk.engine) as db:
        found = db.execute(select(survey_ask.c.kind, survey_ask.c.state, survey_ask.c.reason).order_by(survey_ask.c.id))
        return [(row.kind, row.state, row.reason) for row in found]


def test_a_resolved_ticket_asks_how_satisfied_they_are_once(desk: Office, them: int) -> None:
    with transaction(desk.engine) as db:
        resolved(db, them, "T-0", resolved_at=NOW - timedelta(minutes=5))
    switched_on(desk, "ticket_resolved")
    turn(desk)
    assert asks(desk) == [], "what happened before is not asked about"
    with transaction(desk.engine) as db:
        resolved(db, them)
    turn(desk)
    turn(desk)
    assert asks(desk) == [("csat", "sent", None)]
    assert len(read_by(desk, "U0OUT")) == 1
    with reading(desk.engine) as db:
        wave = db.execute(select(survey_wave.c.occurrence, survey_wave.c.series, survey_wave.c.started_by)).one()
        assert wave == ("trigger ticket_resolved 2026-11", "trigger ticket_resolved", None)


@pytest.mark.parametrize("becomes", [None, NOW + timedelta(minutes=50)], ids=["open again", "resolved again"])
def test_a_ticket_that_is_opened_again_takes_its_question_back(desk: Office, them: int, becomes: Any) -> None:
    switched_on(desk, "ticket_resolved")
    with transaction(desk.engine) as db:
        resolved(db, them)
    turn(desk)
    before = read_by(desk, "U0OUT")
    with transaction(desk.engine) as db:
        db.execute(update(ticket).values(resolved_at=becomes))
    turn(desk)
    assert asks(desk) == [("csat", "withdrawn", "told_by_others")]
    assert len(before) == len(read_by(desk, "U0OUT")) == 1
    assert read_by(desk, "U0OUT") != before, "closed where it stands"


def test_a_completed_onboarding_asks_how_easy_it_was(desk: Office, them: int) -> None:
    begun = TODAY - timedelta(days=20)
    with transaction(desk.engine) as db:
        done = rows.account(db, "Done", onboarding_started_on=begun, activated_on=TODAY)
        rows.subscribe(db, done, rows.paid(begun))
        rows.contact(db, done, "Rita", slack_user_id="U0GUEST")
    switched_on(desk, "onboarding_completed")
    with transaction(desk.engine) as db:
        through = {"onboarding_started_on": begun, "activated_on": TODAY}
        db.execute(update(account).where(account.c.id == them).values(through))
    turn(desk)
    assert asks(desk) == [("ces", "sent", None)], "not of the one that was done on the same day before"
    assert len(read_by(desk, "U0OUT")) == 1
    with transaction(desk.engine) as db:
        db.execute(update(account).where(account.c.id == them).values(activated_on=None))
    turn(desk)
    assert asks(desk) == [("ces", "withdrawn", "told_by_others")]


def test_the_first_use_of_a_feature_asks_some_days_later(desk: Office, them: int) -> None:
    with transaction(desk.engine) as db:
        old = rows.account(db, "Old")
        rows.subscribe(db, old, rows.paid(TODAY - timedelta(days=30)))
        rows.contact(db, old, "Gus", slack_user_id="U0GUEST")
        rows.used(db, old, TODAY - timedelta(days=9), feature="export")
    switched_on(desk, "feature_first_use", trigger_feature="=export", trigger_dial_days_after="2", trigger_segment="*")
    with transaction(desk.engine) as db:
        rows.used(db, them, TODAY, feature="export")
        rows.used(db, them, TODAY, feature="import")
        rows.used(db, old, TODAY, feature="export")
    turn(desk, days=1)
    assert asks(desk) == []
    turn(desk, days=1)
    turn(desk, days=1)
    assert asks(desk) == [("ces", "sent", None)]
    assert len(read_by(desk, "U0OUT")) == 1


def test_nps_is_asked_some_days_after_the_start_and_each_period(desk: Office, them: int) -> None:
    switched_on(desk, "start_nps", trigger_dial_first_after="31", trigger_dial_period="200", trigger_segment="=SMB")
    turn(desk)
    assert asks(desk) == []
    turn(desk, days=1)
    assert asks(desk) == [("nps", "sent", None)]
    turn(desk, days=199)
    assert len(asks(desk)) == 1
    turn(desk, days=1)
    assert asks(desk) == [("nps", "expired", None), ("nps", "sent", None)]
    assert len(read_by(desk, "U0OUT")) == 2


def test_whoever_leaves_is_asked_why_and_their_csm_too(desk: Office, them: int) -> None:
    with transaction(desk.engine) as db:  # asked something else lately: that does not stop the question
        wave = rows.survey_wave(db, created_at=NOW, start_at=NOW, state="over", ends_at=NOW - timedelta(days=3))
        otto = db.execute(select(func.max(contact.c.id))).scalar_one()
        lately = {"state": "answered", "asked_at": NOW - timedelta(days=9), "destination": "U0OUT"}
        rows.survey_ask(db, wave, them, contact_id=otto, **lately)
    switched_on(desk, "account_churned")
    leave(desk, them, TODAY)
    turn(desk)
    turn(desk)
    assert asks(desk)[1:] == [("exit", "sent", None)]
    assert len(read_by(desk, "U0OUT")) == 1
    (to_csm,) = read_by(desk, "U0ANA")
    assert "Them has left" in to_csm

    told = {"leaving_reason": "price", "leaving_words": " Budget was cut "}
    with transaction(desk.engine) as db:
        keep_reason(pressed(desk, f"{them} {TODAY}", **told), db)
        keep_reason(pressed(desk, f"{them} {TODAY}", **told | {"leaving_reason": "no_need"}), db)
    desk.work_on()
    (to_csm,) = read_by(desk, "U0ANA")
    assert "We do not need it any more" in to_csm
    assert "Budget was cut" in to_csm
    with reading(desk.engine) as db:
        row = db.execute(select(survey_response)).one()
        assert (row.kind, row.choice, row.comment, row.responder) == ("exit", "no_need", "Budget was cut", "U0OLGA")
        assert (row.account_id, row.ask_id, row.contact_id, row.score) == (them, None, None, None)


def test_whoever_comes_back_is_not_asked_why_they_left(desk: Office, them: int) -> None:
    switched_on(desk, "account_churned")
    leave(desk, them, TODAY)
    turn(desk)
    with transaction(desk.engine) as db:
        db.execute(delete(mrr_movement).where(mrr_movement.c.after == 0))
    turn(desk)
    assert asks(desk) == [("exit", "withdrawn", "told_by_others")]


def leave(desk: Office, account_id: int, day: date) -> None:
    line = {"account_id": account_id, "day": day, "currency": "USD", "before": 10_000, "after": 0, "kind": "churn"}
    with transaction(desk.engine) as db:
        db.execute(insert(mrr_movement).values({**line, "mixed": False}))


def test_switched_off_it_asks_nobody_and_keeps_its_dials(desk: Office, them: int) -> None:
    switched_on(desk, "start_nps", trigger_dial_first_after="31", trigger_dial_period="200", trigger_segment="*")
    request = pressed(desk, "start_nps")
    with transaction(desk.engine) as db:
        switch(request, db, standing_pressed(request, db))
    turn(desk, days=1)
    assert asks(desk) == []
    with reading(desk.engine) as db:
        setting = trigger_setting(db, "start_nps")
        assert setting is not None
        assert (setting.enabled, setting.dials) == (False, {"first_after": 31, "period": 200})


def test_who_is_in_another_segment_is_not_asked(desk: Office, them: int) -> None:
    with transaction(desk.engine) as db:
        rows.account(db, segment="big")
    switched_on(desk, "ticket_resolved", trigger_segment="=big")
    with transaction(desk.engine) as db:
        resolved(db, them)
    turn(desk)
    assert asks(desk) == []


def test_switched_off_it_takes_back_what_nobody_has_sent_yet(desk: Office, them: int) -> None:
    switched_on(desk, "ticket_resolved")
    with transaction(desk.engine) as db:
        resolved(db, them)
    desk.clock.forward(hours=1)
    go_round(desk.engine, AWAKE, desk.clock.now)
    assert asks(desk) == [("csat", "queued", None)]
    switched_on(desk, "ticket_resolved")
    desk.clock.forward(seconds=20)
    with reading(desk.engine) as db:
        assert is_waiting(db, desk.clock.now, AWAKE)
    go_round(desk.engine, AWAKE, desk.clock.now)
    desk.work_on()
    assert asks(desk) == [("csat", "withdrawn", "told_by_others")]
    assert read_by(desk, "U0OUT") == []


def test_a_ticket_that_comes_in_late_is_asked_about_once(desk: Office, them: int) -> None:
    switched_on(desk, "ticket_resolved")
    turn(desk, days=13)
    with transaction(desk.engine) as db:
        resolved(db, them, "T-0", resolved_at=NOW - timedelta(minutes=1))
        resolved(db, them)
    turn(desk)
    turn(desk)
    assert asks(desk) == [("csat", "sent", None)]
    turn(desk, days=2)
    with transaction(desk.engine) as db:
        resolved(db, them, "T-2")
    turn(desk)
    assert len(asks(desk)) == 1, "who was asked for it would have forgotten it"


def test_two_that_look_at_once_ask_once(desk: Office, them: int) -> None:
    switched_on(desk, "ticket_resolved")
    with transaction(desk.engine) as db:
        resolved(db, them)
    desk.clock.forward(hours=1)
    with ThreadPoolExecutor(2) as both:
        looks = [both.submit(look, desk.engine, AWAKE, desk.clock.now) for _ in range(2)]
    assert sorted(one.result() for one in looks) == [0, 1]
    assert asks(desk) == [("csat", "queued", None)]
