"""Opinions: which one counts on a day, and that nothing from after the day gets into it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.exc import IntegrityError

from metrics.account_facts import OpinionFacts
from metrics.money import Rates
from storage.queries.health import account_facts
from storage.queries.opinions import Opinion, current, give, history, last_id, withdraw
from storage.session import Session
from tests.storage.queries.rows import account

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
TODAY = NOON.date()
TOKYO = ZoneInfo("Asia/Tokyo")
AUCKLAND = ZoneInfo("Pacific/Auckland")


def days(number: int) -> timedelta:
    return timedelta(days=number)


def said(score: int = 4, on: int = 0, holds: int = 30, author: str = "Ana", note: str | None = None) -> Opinion:
    """An opinion that was given so many days after today, and holds so many days."""
    return Opinion(f"U0{author.upper()}", author, score, note, NOON + days(on), TODAY + days(on + holds))


def counts(db: Session, account_id: int, on: int = 0) -> int | None:
    """The score of the opinion that counts so many days after today."""
    found = current(db, account_id, as_of=TODAY + days(on), zone=UTC)
    return found and found.score


def test_what_is_given_comes_back_as_it_was_given(db: Session) -> None:
    one = account(db)
    number = give(db, one, said(note="They told me so"))
    expected = said(note="They told me so")._replace(id=number)
    assert current(db, one, as_of=TODAY, zone=UTC) == expected
    assert history(db, one, now=NOON, most=5) == (expected,)
    assert last_id(db, one) == number


def test_without_any_there_is_none(db: Session) -> None:
    one, other = account(db), account(db)
    give(db, other, said())
    assert (counts(db, one), history(db, one, now=NOON, most=5), last_id(db, one)) == (None, (), 0)


def test_it_counts_from_its_day_to_the_day_before_it_expires(db: Session) -> None:
    one = account(db)
    give(db, one, said(holds=14))
    assert [counts(db, one, on) for on in (-1, 0, 13, 14)] == [None, 4, 4, None]
    found = current(db, one, as_of=TODAY, zone=UTC)
    assert found is not None
    assert found.last_on == TODAY + days(13)


def test_the_day_on_which_it_is_given_is_that_of_the_companys_zone(db: Session) -> None:
    one = account(db)
    give(db, one, said()._replace(given_at=datetime(2026, 11, 23, 20, tzinfo=UTC)))  # the 24th in Tokyo
    assert current(db, one, as_of=date(2026, 11, 23), zone=TOKYO) is None
    assert current(db, one, as_of=date(2026, 11, 24), zone=TOKYO) is not None
    assert current(db, one, as_of=date(2026, 11, 23), zone=UTC) is not None


def test_a_newer_one_takes_the_place_of_the_one_before_for_good(db: Session) -> None:
    one = account(db)
    give(db, one, said(5, on=-20, holds=90))
    give(db, one, said(2, holds=14, author="Bo"))
    assert [counts(db, one, on) for on in (-20, -1, 0, 13, 14)] == [5, 5, 2, 2, None]


def test_of_two_at_the_same_moment_the_later_stored_counts(db: Session) -> None:
    one = account(db)
    for score in (2, 5, 3):
        give(db, one, said(score))
    assert counts(db, one) == 3


def test_a_withdrawn_one_no_longer_counts_and_the_one_before_does_again(db: Session) -> None:
    one = account(db)
    give(db, one, said(5, on=-20, holds=90))
    wrong = give(db, one, said(1, on=-3))
    assert withdraw(db, one, wrong, now=NOON)
    assert [counts(db, one, on) for on in (-20, -3, -1, 0, 1)] == [5, 1, 1, 5, 5]


def test_withdrawing_twice_or_for_another_account_does_nothing(db: Session) -> None:
    one, other = account(db), account(db)
    number = give(db, one, said())
    assert not withdraw(db, other, number, now=NOON)
    assert withdraw(db, one, number, now=NOON)
    assert not withdraw(db, one, number, now=NOON + days(5))
    assert history(db, one, now=NOON, most=5)[0].withdrawn_at == NOON


def test_the_history_is_newest_first_and_has_the_withdrawn_and_the_expired(db: Session) -> None:
    one = account(db)
    for on, score in ((-90, 1), (-60, 2), (-30, 3), (5, 4)):
        give(db, one, said(score, on=on, holds=14))
    assert [opinion.score for opinion in history(db, one, now=NOON, most=5)] == [3, 2, 1]
    assert [opinion.score for opinion in history(db, one, now=NOON, most=2)] == [3, 2]


def test_the_database_takes_only_scores_from_1_to_5(db: Session) -> None:
    one = account(db)
    with pytest.raises(IntegrityError), db.begin_nested():
        give(db, one, said(6))


# --- As facts of accounts ------------------------------------------------------------------------------------------


def facts(db: Session, *ids: int, on: int = 0, zone: ZoneInfo = AUCKLAND) -> dict[int, OpinionFacts | None]:
    rates = Rates("USD", {}, TODAY)
    as_of = TODAY + days(on)
    found = account_facts(db, as_of=as_of, zone=zone, rates=rates, account_ids=ids or None)
    return {one.account_id: one.opinion for one in found}


def test_many_accounts_have_each_its_own(db: Session) -> None:
    one, other, silent = account(db), account(db), account(db)
    give(db, one, said(5, on=-2))
    give(db, one, said(2, on=-1, author="Bo", note="A new boss"))
    give(db, other, said(4, on=-40))
    # At noon in UTC it is the next day in Auckland.
    expected = OpinionFacts(2, "Bo", "A new boss", TODAY, TODAY + days(29))
    assert facts(db) == facts(db, one, other, silent) == {one: expected, other: None, silent: None}
    assert facts(db, one) == {one: expected}


def test_past_days_are_not_touched_by_what_is_given_or_withdrawn_today(db: Session) -> None:
    one = account(db)
    earlier = give(db, one, said(5, on=-20, holds=90))
    before = [facts(db, one, on=on, zone=ZoneInfo("UTC")) for on in range(-25, 0)]
    give(db, one, said(1))
    withdraw(db, one, earlier, now=NOON)
    assert [facts(db, one, on=on, zone=ZoneInfo("UTC")) for on in range(-25, 0)] == before
    today = facts(db, one, zone=ZoneInfo("UTC"))[one]
    assert today is not None
    assert today.score == 1
