"""Questions of ours that reached somebody: counted by the day on which they were sent."""

from datetime import UTC, date, datetime, timedelta

from metrics.periods import month_of
from metrics.types import BookFilter
from storage.queries.survey_rates import Asked, asked_by_account, asked_by_period
from storage.session import Session
from tests.storage.queries import rows

MONTHS = tuple(month_of(date(2026, month, 1)) for month in (8, 9, 10))
NOON = datetime(2026, 10, 15, 12, tzinfo=UTC)


def test_nothing_is_known_before_the_first_question(db: Session) -> None:
    assert asked_by_period(db, MONTHS, zone=UTC, book=BookFilter()) == (None, None, None)
    wave, account = rows.survey_wave(db, start_at=NOON, created_at=NOON), rows.account(db)
    for state in ("answered", "expired"):
        rows.survey_ask(db, wave, account, state=state, asked_at=NOON - timedelta(days=40))
    rows.survey_ask(db, wave, account, state="skipped", token=None, decided_at=NOON)
    assert asked_by_period(db, MONTHS, zone=UTC, book=BookFilter()) == (None, Asked(2, 1), Asked(0, 0))


def test_a_question_whose_answers_are_all_voided_was_not_answered(db: Session) -> None:
    wave, account = rows.survey_wave(db, start_at=NOON, created_at=NOON), rows.account(db)
    test, half = (rows.survey_ask(db, wave, account, state="answered", asked_at=NOON) for _ in range(2))
    for number, (ask, voided_at) in enumerate(((test, NOON), (half, NOON), (half, None))):
        said = {"ask_id": ask, "voided_at": voided_at, "key": f"r{number}", "score": 3, "responded_at": NOON}
        rows.add(db, "survey_response", account_id=account, kind="nps", **said)
    rows.survey_ask(db, wave, account, state="answered", asked_at=NOON)  # of an anonymous wave
    assert asked_by_period(db, MONTHS, zone=UTC, book=BookFilter())[-1] == Asked(3, 2)


def test_an_account_that_was_asked_before_is_known_to_have_been_asked_nothing_since(db: Session) -> None:
    wave = rows.survey_wave(db, start_at=NOON, created_at=NOON)
    lately, before, later, never = (rows.account(db, segment=segment) for segment in ("smb", "mid", "mid", "mid"))
    for account, state, days in (
        (lately, "answered", 0),
        (lately, "expired", 40),
        (before, "expired", 40),
        (later, "sent", -20),
        (never, "failed", 0),
    ):
        rows.survey_ask(db, wave, account, state=state, asked_at=NOON - timedelta(days=days))
    found = asked_by_account(db, MONTHS[-1], zone=UTC, book=BookFilter())
    assert found == {lately: Asked(1, 1), before: Asked(0, 0)}
    assert asked_by_account(db, MONTHS[-1], zone=UTC, book=BookFilter(segment="smb")) == {lately: Asked(1, 1)}
