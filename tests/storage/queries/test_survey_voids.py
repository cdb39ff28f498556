"""Voiding answers: once, with who and why, and back again."""

from datetime import UTC, datetime, timedelta

from storage.queries.survey_voids import answer_given, answers_given, restore, void, void_unnamed, voids_of
from storage.session import Session
from tests.storage.queries import rows

NOON = datetime(2026, 10, 15, 12, tzinfo=UTC)


def answered(db: Session, account: int, at: datetime = NOON) -> int:
    return rows.add(
        db, "survey_response", key=f"r-{account}-{at}", account_id=account, kind="nps", score=1, responded_at=at
    )


def test_an_answer_is_voided_once_and_restored_once(db: Session) -> None:
    response = answered(db, rows.account(db))
    assert void(db, response, by="U1", reason="spam", now=NOON)
    assert not void(db, response, by="U2", reason="spam too", now=NOON)
    found = answer_given(db, response)
    assert found is not None
    assert (found.voided_at, found.voided_by, found.void_reason) == (NOON, "U1", "spam")
    assert restore(db, response, now=NOON)
    assert not restore(db, response, now=NOON)
    found = answer_given(db, response)
    assert found is not None
    assert found.voided_at is None


def test_what_is_not_there_cannot_be_voided(db: Session) -> None:
    assert not void(db, 7, by="U1", reason="spam", now=NOON)
    assert answer_given(db, 7) is None


def test_the_latest_come_first_a_page_at_a_time(db: Session) -> None:
    one, other = rows.account(db), rows.account(db)
    ids = [answered(db, one, NOON + timedelta(hours=hour)) for hour in range(3)]
    answered(db, other, NOON)
    found, count = answers_given(db, account_ids=[one], skip=1, most=1)
    assert ([each.id for each in found], count) == ([ids[1]], 3)
    assert answers_given(db, most=10)[1] == 4


def test_an_anonymous_answer_is_voided_once_and_kept_is_who_did_it_and_why(db: Session) -> None:
    wave, other = (rows.survey_wave(db, start_at=NOON, created_at=NOON, anonymous=True) for _ in range(2))
    for of, mark in ((wave, "a"), (wave, "b"), (other, "a")):
        rows.add(db, "anonymous_answer", wave_id=of, mark=mark, kind="nps", score=0, day=NOON.date())
    assert void_unnamed(db, wave, "a", by="U1", reason="spam", now=NOON)
    assert not void_unnamed(db, wave, "a", by="U2", reason="spam too", now=NOON)
    assert not void_unnamed(db, wave, "c", by="U1", reason="spam", now=NOON)
    assert void_unnamed(db, wave, "b", by="U2", reason="a test", now=NOON + timedelta(hours=1))
    later = NOON + timedelta(hours=1)
    assert voids_of(db, wave, most=5) == [(later, "U2", "a test"), (NOON, "U1", "spam")]
    assert voids_of(db, wave, most=1) == [(later, "U2", "a test")]
    assert voids_of(db, other, most=5) == []
