"""Advocates, and promoters who were never asked."""

from datetime import UTC, date, datetime, timedelta

from metrics.money import home_only
from metrics.periods import month_of
from metrics.types import BookFilter, Sentence
from storage.queries.advocacy_lists import KINDS, advocates, by_kind, promoters_not_asked
from storage.queries.totals import Scope
from storage.session import Session
from tests.storage.queries import rows

OCTOBER = month_of(date(2026, 10, 1))
SCOPE = Scope(OCTOBER, home_only("USD", OCTOBER.last), UTC)
NOON = datetime(2026, 10, 20, 12, tzinfo=UTC)


def did(db: Session, account_id: int, kind: str, day: date) -> None:
    rows.add(db, "advocacy", key=f"{account_id}-{kind}-{day}", account_id=account_id, kind=kind, day=day)


def answered(
    db: Session, account_id: int, score: int, contact_id: int | None = None, at: datetime = NOON, kind: str = "nps"
) -> None:
    key = f"{account_id}-{contact_id}-{kind}-{at}"
    values = {"account_id": account_id, "contact_id": contact_id, "kind": kind, "score": score, "responded_at": at}
    rows.add(db, "survey_response", key=key, **values)


def said(sentence: object) -> str:
    assert isinstance(sentence, Sentence)
    text = sentence.text if sentence.number == 1 or sentence.many is None else sentence.many
    return text.format(
        **{name: said(value) if isinstance(value, Sentence) else value for name, value in sentence.values.items()}
    )


def test_every_kind_has_its_count_as_soon_as_there_is_one(db: Session) -> None:
    assert by_kind(db, SCOPE).rows == ()
    did(db, rows.account(db), "review", date(2026, 10, 1))
    found = by_kind(db, SCOPE).rows
    assert [row.values[0] for row in found] == [0, 1, 0, 0, 0]
    assert len(found) == len(KINDS)


def test_advocates_are_told_with_all_they_did_most_first(db: Session) -> None:
    one, two = (rows.account(db, key, key=key, segment=key) for key in "ab")
    did(db, one, "talk", date(2026, 10, 30))
    did(db, two, "talk", date(2026, 10, 1))
    for day in (2, 5):
        did(db, two, "referral", date(2026, 10, day))
    did(db, one, "case_study", date(2026, 11, 1))
    found = advocates(db, SCOPE)
    assert [(row.key, said(row.why), row.day) for row in found] == [
        ("b", "2 referrals, 1 talk", date(2026, 10, 5)),
        ("a", "1 talk", date(2026, 10, 30)),
    ]
    assert [row.key for row in advocates(db, SCOPE._replace(book=BookFilter(segment="a")))] == ["a"]


def test_a_promoter_who_was_never_asked_is_told(db: Session) -> None:
    one, two = (rows.account(db, key, key=key, segment=key) for key in "ab")
    rows.subscribe(db, two, rows.paid(date(2026, 1, 1)))
    answered(db, one, 9)
    answered(db, two, 10, rows.contact(db, two, "Jane"))
    answered(db, two, 9, rows.contact(db, two, "Joe"), NOON - timedelta(days=1))
    assert [(row.key, said(row.why), row.day) for row in promoters_not_asked(db, SCOPE)] == [
        ("b", "NPS 10 from Jane (and 1 more promoter)", NOON.date()),
        ("a", "NPS 9", NOON.date()),
    ]
    assert [row.key for row in promoters_not_asked(db, SCOPE._replace(book=BookFilter(segment="a")))] == ["a"]


def test_only_the_latest_answer_of_180_days_counts(db: Session) -> None:
    turned, late, early = (rows.account(db, key, key=key) for key in "abc")
    jane = rows.contact(db, turned, "Jane")
    answered(db, turned, 10, jane, NOON - timedelta(days=30))
    answered(db, turned, 8, jane)
    answered(db, late, 10, at=datetime(2026, 11, 1, tzinfo=UTC))
    answered(db, early, 10, at=datetime(2026, 5, 4, 23, 59, tzinfo=UTC))
    assert promoters_not_asked(db, SCOPE) == []
    answered(db, early, 10, at=datetime(2026, 5, 5, tzinfo=UTC))
    assert [row.key for row in promoters_not_asked(db, SCOPE)] == ["c"]


def test_who_was_asked_left_or_is_no_customer_any_more_is_not_told(db: Session) -> None:
    asked, left, former, csat = (rows.account(db, key, key=key) for key in "abcd")
    did(db, asked, "review", date(2025, 1, 1))
    answered(db, asked, 10)
    answered(db, left, 10, rows.contact(db, left, "Jane", left_on=date(2026, 10, 31)))
    rows.subscribe(db, former, rows.paid(date(2026, 1, 1), date(2026, 10, 31)))
    answered(db, former, 10)
    answered(db, csat, 5, kind="csat")
    assert promoters_not_asked(db, SCOPE) == []


def test_an_entry_after_the_period_is_not_known_yet(db: Session) -> None:
    one = rows.account(db)
    answered(db, one, 10)
    did(db, one, "review", date(2026, 11, 1))
    assert len(promoters_not_asked(db, SCOPE)) == 1
