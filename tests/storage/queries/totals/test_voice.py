"""Answers that count: the latest of each contact and kind in the period, by the company's days."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from metrics.facts import VoiceTotals
from metrics.money import home_only
from metrics.periods import Period, month_of
from metrics.types import BookFilter
from storage.queries import answers
from storage.queries.totals import Scope
from storage.queries.totals.voice import by_account, load, series
from storage.session import Session
from tests.storage.queries import rows

OCTOBER = month_of(date(2026, 10, 1))
NOON = datetime(2026, 10, 15, 12, tzinfo=UTC)
_keys = count(1)


def scope(period: Period = OCTOBER, zone: str = "UTC", **book: Any) -> Scope:
    return Scope(period, home_only("USD", period.last), ZoneInfo(zone), BookFilter(**book))


def answered(db: Session, account: int, kind: str, score: int, at: datetime = NOON, contact: int | None = None) -> None:
    values = {"account_id": account, "contact_id": contact, "kind": kind, "score": score, "responded_at": at}
    rows.add(db, "survey_response", key=f"r-{next(_keys)}", **values)


def voice(db: Session, asked: Scope | None = None) -> VoiceTotals:
    return load(db, asked or scope())


def test_every_score_falls_into_its_group(db: Session) -> None:
    account = rows.account(db)
    for score in range(11):
        answered(db, account, "nps", score)
    for score in (1, 2, 3, 4, 5, 5):
        answered(db, account, "csat", score)
    for score in (2, 3, 4):
        answered(db, account, "ces", score)
    assert voice(db) == VoiceTotals(
        promoters=2,
        passives=2,
        detractors=7,
        csat_answers=6,
        csat_good=3,
        ces_answers=3,
        ces_sum=9,
        ces_easy=1,
    )


def test_nobody_answered_is_nothing_and_no_word_of_questions(db: Session) -> None:
    assert voice(db) == VoiceTotals(delivered=None)


def test_of_each_contact_the_latest_answer_of_each_kind_counts(db: Session) -> None:
    account = rows.account(db)
    ana, bob = rows.contact(db, account, "Ana"), rows.contact(db, account, "Bob")
    answered(db, account, "nps", 2, NOON, ana)
    answered(db, account, "nps", 10, NOON + timedelta(days=3), ana)
    answered(db, account, "nps", 8, NOON + timedelta(days=2), bob)
    answered(db, account, "csat", 5, NOON, ana)
    answered(db, account, "csat", 1, NOON + timedelta(hours=1), ana)
    found = voice(db)
    assert (found.promoters, found.passives, found.detractors) == (1, 1, 0)
    assert (found.csat_answers, found.csat_good) == (1, 0)


def test_of_two_answers_at_one_moment_the_one_that_came_last_counts(db: Session) -> None:
    account = rows.account(db)
    ana = rows.contact(db, account, "Ana")
    answered(db, account, "nps", 2, NOON, ana)
    answered(db, account, "nps", 9, NOON, ana)
    assert voice(db) == VoiceTotals(promoters=1)


def test_answers_of_nobody_each_stand_for_themselves(db: Session) -> None:
    account = rows.account(db)
    for score in (9, 9, 3):
        answered(db, account, "nps", score)
    assert voice(db) == VoiceTotals(promoters=2, detractors=1)


def test_an_answer_after_the_period_does_not_replace_one_in_it(db: Session) -> None:
    account = rows.account(db)
    ana = rows.contact(db, account, "Ana")
    answered(db, account, "nps", 9, NOON, ana)
    answered(db, account, "nps", 1, NOON + timedelta(days=40), ana)
    assert voice(db) == VoiceTotals(promoters=1)
    assert voice(db, scope(month_of(date(2026, 11, 1)))) == VoiceTotals(detractors=1)
    assert voice(db, scope(Period(date(2026, 10, 1), date(2026, 12, 1)))) == VoiceTotals(detractors=1)


def test_a_day_begins_where_the_company_is(db: Session) -> None:
    account = rows.account(db)
    answered(db, account, "nps", 9, datetime(2026, 9, 30, 22, 30, tzinfo=UTC))  # 00:30 on 1 October in Madrid
    answered(db, account, "nps", 2, datetime(2026, 10, 31, 23, 30, tzinfo=UTC))  # 00:30 on 1 November in Madrid
    assert voice(db, scope(zone="Europe/Madrid")) == VoiceTotals(promoters=1)
    assert voice(db) == VoiceTotals(detractors=1)


def test_a_book_has_the_answers_of_its_accounts(db: Session) -> None:
    small = rows.account(db, segment="smb", csm_email="ana@example.com")
    large = rows.account(db, segment="enterprise", csm_email="bob@example.com")
    answered(db, small, "nps", 9)
    answered(db, large, "nps", 3)
    assert voice(db, scope(segment="SMB")) == VoiceTotals(promoters=1)
    assert voice(db, scope(csm_email="bob@example.com")) == VoiceTotals(detractors=1)
    assert voice(db, scope(segment="none such")) == VoiceTotals()


def test_months_read_together_are_the_months_read_one_by_one(db: Session) -> None:
    chance = Random(1)
    accounts = rows.account(db, segment="smb"), rows.account(db)
    contacts = [(account, rows.contact(db, account, "X")) for account in accounts * 3]
    for _ in range(300):
        account, contact = chance.choice(contacts)
        at = datetime(2025, 12, 20, tzinfo=UTC) + timedelta(hours=chance.randrange(370 * 24))
        kind = chance.choice(("nps", "csat", "ces"))
        answered(db, account, kind, chance.randrange(1, 6), at, contact if chance.random() < 0.8 else None)
    months = Period(date(2026, 1, 1), date(2026, 12, 20)).months()
    for asked in (scope(), scope(zone="Pacific/Auckland"), scope(segment="smb")):
        each = [voice(db, asked._replace(period=month)) for month in months]
        assert list(series(db, asked, months)) == each
        assert sum(found.csat_answers for found in each) > 20


def test_no_periods_are_no_totals(db: Session) -> None:
    assert series(db, scope(), []) == ()


def test_periods_with_a_gap_between_are_an_error(db: Session) -> None:
    with pytest.raises(ValueError, match="without a gap"):
        series(db, scope(), [month_of(date(2026, 8, 1)), OCTOBER])


def test_segments_are_told_apart_whatever_their_case_and_those_without_come_last(db: Session) -> None:
    for segment, score in (("SMB", 9), ("smb", 3), (None, 10), ("enterprise", 7)):
        answered(db, rows.account(db, segment=segment), "nps", score)
    rows.account(db, segment="silent")
    found = answers.totals_by(db, answers.Split.SEGMENT, OCTOBER, zone=UTC)
    assert list(found) == ["enterprise", "SMB", None]
    assert found["SMB"] == VoiceTotals(promoters=1, detractors=1)
    assert answers.totals_by(db, answers.Split.SEGMENT, OCTOBER, zone=UTC, book=BookFilter(segment="enterprise")) == {
        "enterprise": VoiceTotals(passives=1)
    }


def test_scores_are_counted_by_kind(db: Session) -> None:
    account = rows.account(db)
    for kind, score in (("ces", 5), ("ces", 5), ("ces", 1), ("csat", 5)):
        answered(db, account, kind, score)
    expected = {("ces", 5): 2, ("ces", 1): 1, ("csat", 5): 1}
    assert answers.scores_given(db, OCTOBER, zone=UTC) == expected


def test_a_voided_answer_and_a_choice_are_in_no_figure(db: Session) -> None:
    account = rows.account(db)
    answered(db, account, "nps", 9)
    rows.add(
        db, "survey_response", key="spam", account_id=account, kind="nps", score=0, responded_at=NOON, voided_at=NOON
    )
    rows.add(db, "survey_response", key="exit", account_id=account, kind="exit", choice="price", responded_at=NOON)
    assert voice(db) == VoiceTotals(promoters=1)


def test_the_contact_s_answer_before_a_voided_one_counts(db: Session) -> None:
    account = rows.account(db)
    ana = rows.contact(db, account, "Ana")
    answered(db, account, "nps", 9, NOON, ana)
    late = {"responded_at": NOON + timedelta(hours=1), "voided_at": NOON}
    rows.add(db, "survey_response", key="test", account_id=account, contact_id=ana, kind="nps", score=0, **late)
    assert voice(db) == VoiceTotals(promoters=1)


def asked(db: Session, at: datetime, *states: str, **of_account: Any) -> None:
    """Questions that were sent at a moment, by what became of them."""
    wave, account = rows.survey_wave(db, start_at=at, created_at=at), rows.account(db, **of_account)
    for state in states:
        rows.survey_ask(db, wave, account, state=state, asked_at=at)


def test_questions_that_stood_before_somebody_are_the_delivered_ones(db: Session) -> None:
    asked(db, NOON, "sent", "answered", "declined", "expired", "queued", "failed", "withdrawn")
    assert (voice(db).delivered, voice(db).answered) == (4, 1)


def test_questions_are_of_the_period_and_book_in_which_they_were_sent(db: Session) -> None:
    asked(db, NOON, "answered", "sent", segment="smb")
    asked(db, NOON - timedelta(days=40), "expired", segment="smb")
    found = series(db, scope(), [month_of(date(2026, 8, 1)), month_of(date(2026, 9, 1)), OCTOBER])
    assert [(each.delivered, each.answered) for each in found] == [(None, 0), (1, 0), (2, 1)]
    assert voice(db, scope(segment="SMB")).delivered == 2
    assert voice(db, scope(segment="enterprise")).delivered is None
    assert voice(db, scope(month_of(date(2026, 11, 1)))).delivered == 0


def test_each_account_has_its_own_answers_and_questions(db: Session) -> None:
    one, other, silent = rows.account(db, segment="smb"), rows.account(db), rows.account(db)
    rows.account(db)
    answered(db, one, "nps", 9)
    answered(db, one, "nps", 3)
    answered(db, other, "ces", 4)
    wave = rows.survey_wave(db, start_at=NOON, created_at=NOON)
    rows.survey_ask(db, wave, one, state="answered", asked_at=NOON)
    rows.survey_ask(db, wave, one, state="queued", asked_at=NOON)
    rows.survey_ask(db, wave, silent, state="expired", asked_at=NOON - timedelta(days=400))
    found = by_account(db, scope())
    assert found == {
        one: VoiceTotals(promoters=1, detractors=1, delivered=1, answered=1),
        other: VoiceTotals(ces_answers=1, ces_sum=4, ces_easy=1),
        silent: VoiceTotals(delivered=0),
    }
    assert all(voice(db, scope(account_id=account_id)) == alone for account_id, alone in found.items())
    assert by_account(db, scope(segment="SMB")) == {one: found[one]}


def test_who_answered_for_two_accounts_counts_where_the_book_counts_it(db: Session) -> None:
    one, other = rows.account(db), rows.account(db)
    ana = rows.contact(db, one, "Ana")
    answered(db, one, "nps", 2, NOON, ana)
    answered(db, other, "nps", 10, NOON + timedelta(days=1), ana)
    assert by_account(db, scope()) == {other: VoiceTotals(promoters=1)}
