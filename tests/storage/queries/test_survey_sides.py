"""Waves side by side: what reached whom, and what an anonymous one keeps to itself."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from metrics.types import BookFilter
from storage.queries.survey_sides import MOST, waves_beside
from storage.session import Session
from tests.storage.queries import rows

NOON = datetime(2026, 10, 15, 12, tzinfo=UTC)
LAST = date(2026, 10, 31)


def wave(db: Session, at: datetime = NOON, **values: Any) -> int:
    return rows.survey_wave(db, start_at=at, created_at=at, **values)


def test_a_wave_of_a_book_counts_its_accounts_alone(db: Session) -> None:
    number = wave(db)
    for segment, score in (("smb", 9), ("mid", 2), ("mid", 3)):
        account = rows.account(db, segment=segment)
        ask = rows.survey_ask(db, number, account, state="answered", asked_at=NOON)
        answer = {"kind": "nps", "score": score, "responded_at": NOON, "ask_id": ask}
        rows.add(db, "survey_response", key=f"r-{ask}", account_id=account, **answer)
    (everybody,) = waves_beside(db, ["nps"], until=LAST, zone=UTC)
    (mid,) = waves_beside(db, ["nps"], until=LAST, zone=UTC, book=BookFilter(segment="MID"))
    assert (everybody.delivered, everybody.scores) == (3, {9: 1, 2: 1, 3: 1})
    assert (mid.delivered, mid.answered, mid.scores) == (2, 2, {2: 1, 3: 1})
    assert waves_beside(db, ["csat"], until=LAST, zone=UTC) == []


def test_only_waves_that_had_begun_and_reached_somebody_and_the_latest_of_them(db: Session) -> None:
    account = rows.account(db)
    for days in range(MOST + 3):
        at = NOON - timedelta(days=days)
        rows.survey_ask(db, wave(db, at, name=f"{days}"), account, asked_at=at)
    rows.survey_ask(db, wave(db, NOON, name="queued"), account, state="queued", asked_at=NOON)
    wave(db, NOON + timedelta(days=30), name="later")
    found = waves_beside(db, ["nps"], until=LAST, zone=UTC)
    assert [one.name for one in found] == [str(days) for days in range(MOST)]


def test_an_anonymous_wave_is_split_by_segment_only_where_five_answered(db: Session) -> None:
    split = split_of(db, *("smb",) * 5, *("mid",) * 4, *(None,) * 5, "big")
    assert split() == [{9: 15}]
    assert split(segment="") == [{9: 5}]
    assert split(segment="smb") == [{9: 5}]
    assert split(segment="mid") == [None]
    assert split(segment="smb", csm_email="ana@faro.example") == []


def test_an_anonymous_wave_is_not_split_where_subtracting_would_leave_a_few(db: Session) -> None:
    split = split_of(db, *("smb",) * 5, *("mid",) * 4)
    assert split() == [{9: 9}]
    assert split(segment="smb") == [None]


def split_of(db: Session, *segments: str | None) -> Callable[..., object]:
    """The scores of a book in an anonymous wave that one of each of these segments has answered."""
    number = wave(db, anonymous=True, state="over")
    for turn, segment in enumerate(segments):
        rows.survey_ask(db, number, rows.account(db, segment=segment), state="answered", asked_at=NOON)
        answer = {"wave_id": number, "mark": f"m{turn}", "kind": "nps", "score": 9, "day": NOON.date()}
        rows.add(db, "anonymous_answer", segment=segment, **answer)

    def scores(**book: Any) -> object:
        return [one.scores for one in waves_beside(db, ["nps"], until=LAST, zone=UTC, book=BookFilter(**book))]

    return scores
