"""What customers pay on a day, and the score that stands for them then."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from metrics.errors import MissingRate
from metrics.money import Rates, home_only
from metrics.types import Band, BookFilter, FactorScore, HealthScore, Reading, Sentence
from storage.queries.snapshots import FRESH_DAYS, latest_scores, record
from storage.queries.standings import Standings, scores_on, standings
from storage.session import Session
from tests.storage.queries.rows import account, paid, subscribe

TODAY = date(2026, 11, 1)
EVERYBODY = BookFilter()
RATES = Rates("USD", {"EUR": Fraction(2)}, TODAY)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def scored(score: int | None, band: Band | None = Band.GOOD) -> HealthScore:
    factor = FactorScore("use", 30, Reading(500, Sentence("…")))
    return HealthScore(score, band if score else None, Fraction(1), (factor,))


def on(db: Session, *days: int, book: BookFilter = EVERYBODY, rates: Rates = RATES) -> list[Standings]:
    return list(standings(db, [ago(day) for day in days], rates=rates, book=book))


def test_a_customer_is_who_pays_on_the_day(db: Session) -> None:
    stays, leaves, comes, never = (account(db) for _ in range(4))
    subscribe(db, stays, paid(ago(100), ago(20), 1_000), paid(ago(20), None, 1_500))
    subscribe(db, leaves, paid(ago(100), ago(10), 500))
    subscribe(db, comes, paid(ago(5), None, 70))
    before, now = on(db, 30, 0)
    assert before.mrr == {stays: 1_000, leaves: 500}
    assert now.mrr == {stays: 1_500, comes: 70}
    assert never not in now.mrr


def test_several_days_are_as_each_day_alone(db: Session) -> None:
    for number in range(4):
        rows = paid(ago(90 - number), ago(40 * number) if number else None, 100 + number, ("USD", "EUR")[number % 2])
        subscribe(db, account(db), rows)
    days = (100, 89, 81, 80, 41, 40, 1, 0)
    assert on(db, *days) == [on(db, day)[0] for day in days]


def test_several_currencies_add_up_in_the_companys(db: Session) -> None:
    one = account(db)
    subscribe(db, one, paid(ago(90), None, 300, "EUR"), paid(ago(60), None, 50, "USD", subscription="s-2"))
    assert [state.mrr for state in on(db, 70, 0)] == [{one: 600}, {one: 650}]


def test_only_what_is_paid_in_the_book_needs_a_rate(db: Session) -> None:
    subscribe(db, account(db, segment="smb"), paid(ago(90), ago(50), 300, "EUR"))
    home = account(db, segment="smb")
    subscribe(db, home, paid(ago(90), None, 80, "USD"))
    subscribe(db, account(db, segment="mid"), paid(ago(90), None, 300, "EUR"))
    dollars = home_only("USD", TODAY)
    assert on(db, 0, book=BookFilter(segment="smb"), rates=dollars)[0].mrr == {home: 80}
    with pytest.raises(MissingRate):
        on(db, 0, rates=dollars)


def test_the_latest_score_of_the_week_stands_for_each(db: Session) -> None:
    fresh, older, stale, never = ids = [account(db) for _ in range(4)]
    record(db, ago(0), [(fresh, scored(80))])
    record(db, ago(2), [(fresh, scored(10)), (older, scored(50, Band.AVERAGE))])
    record(db, ago(FRESH_DAYS), [(older, scored(10))])
    record(db, ago(FRESH_DAYS + 1), [(stale, scored(10))])
    assert scores_on(db, TODAY, ids) == {fresh: (fresh, 80, "good"), older: (older, 50, "average")}
    for day in (ago(-5), ago(0), ago(1), ago(3), ago(20)):
        expected = {id_: (id_, point.score, point.band) for id_, point in latest_scores(db, ids, day=day).items()}
        assert scores_on(db, day, ids) == expected
    assert never not in scores_on(db, TODAY, ids)


def test_a_score_that_is_not_known_stands_too(db: Session) -> None:
    one = account(db)
    record(db, ago(3), [(one, scored(80))])
    record(db, ago(1), [(one, scored(None))])
    assert scores_on(db, TODAY, [one]) == {one: (one, None, None)}
