"""What a round finds to do: waves that are over, and failures whose sender is to be told once."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from storage.queries.survey_cards import FAILURES
from storage.queries.survey_rounds import anything, failures_to_tell, finished_waves
from storage.session import Session
from tests.storage.queries import rows

NOW = datetime.fromisoformat("2026-11-23T12:00:00+00:00")
TODAY = date(2026, 11, 23)


@pytest.fixture
def account(db: Session) -> int:
    return rows.account(db)


def wave(db: Session, **values: Any) -> int:
    usual = {"start_at": NOW - timedelta(days=8), "created_at": NOW, "state": "running", "started_by": "U0ANA"}
    return rows.survey_wave(db, **{**usual, **values})


def ask(db: Session, of: int, account: int, state: str, **values: Any) -> None:
    rows.survey_ask(db, of, account, state=state, asked_at=NOW, expires_at=NOW + timedelta(days=1), **values)


def test_a_quiet_store_has_nothing_to_do(db: Session) -> None:
    assert not anything(db, now=NOW, today=TODAY)


@pytest.mark.parametrize(("ends", "state", "over"), [(-1, "expired", True), (-1, "sent", False), (1, "expired", False)])
def test_a_wave_is_over_after_its_time_and_its_last_question(
    db: Session, account: int, ends: int, state: str, *, over: bool
) -> None:
    number = wave(db, ends_at=NOW + timedelta(days=ends))
    ask(db, number, account, state)
    assert finished_waves(db, now=NOW) == [number] * over
    assert anything(db, now=NOW, today=TODAY) is over


def test_failures_are_told_once_the_sending_is_done_and_once_only(db: Session, account: int) -> None:
    number = wave(db, ends_at=NOW + timedelta(days=1))
    ask(db, number, account, "failed", reason="deactivated")
    assert failures_to_tell(db, now=NOW) == [number]
    assert anything(db, now=NOW, today=TODAY)
    usual = {"mark": "m", "content": {}, "state": "pending", "due_at": NOW, "created_at": NOW}
    rows.add(db, "outbox", purpose=FAILURES, occurrence=str(number), destination="U0ANA", attempts=0, looks=0, **usual)
    assert failures_to_tell(db, now=NOW) == []


@pytest.mark.parametrize("states", [["failed", "queued"], ["sent", "answered"]])
def test_there_is_nothing_to_tell_while_it_is_sent_or_where_all_got_there(
    db: Session, account: int, states: list[str]
) -> None:
    number = wave(db, ends_at=NOW + timedelta(days=1))
    for state in states:
        ask(db, number, account, state)
    assert failures_to_tell(db, now=NOW) == []


def test_a_wave_that_nobody_started_has_nobody_to_tell(db: Session, account: int) -> None:
    ask(db, wave(db, started_by=None, ends_at=NOW + timedelta(days=1)), account, "failed")
    assert failures_to_tell(db, now=NOW) == []
