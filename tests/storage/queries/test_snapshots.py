"""The history of health scores."""

from datetime import date, timedelta
from fractions import Fraction

from metrics.types import Band, FactorScore, HealthPoint, HealthScore, Reading, Sentence
from storage.queries.snapshots import history, last_day, latest_scores, points, record, score_on
from storage.session import Session
from tests.storage.queries.rows import account

DAY = date(2026, 11, 1)


def scored(score: int | None) -> HealthScore:
    factors = (
        FactorScore("use", 30, Reading(score * 10, Sentence("…")) if score else None),
        FactorScore("money", 15, None),
    )
    return HealthScore(score, Band.GOOD if score else None, Fraction(2, 3) if score else Fraction(0), factors)


def test_scores_come_back_as_they_were_recorded(db: Session) -> None:
    one, other = account(db), account(db)
    record(db, DAY, [(one, scored(72)), (other, scored(None))])
    record(db, DAY, [])
    assert score_on(db, one, DAY) == HealthPoint(DAY, 72, Band.GOOD, 667, {"use": 720})
    assert score_on(db, other, DAY) == HealthPoint(DAY, None, None, 0, {})


def test_the_same_day_again_replaces_the_score(db: Session) -> None:
    one = account(db)
    record(db, DAY, [(one, scored(72))])
    record(db, DAY, [(one, scored(40))])
    assert [point.score for point in history(db, one, since=DAY, until=DAY)] == [40]


def test_a_score_stands_for_the_seven_days_after_it(db: Session) -> None:
    one, other = account(db), account(db)
    for days, score in ((0, 10), (1, 20), (9, 30)):
        record(db, DAY + timedelta(days=days), [(one, scored(score))])

    def on(days: int) -> int | None:
        point = score_on(db, one, DAY + timedelta(days=days))
        found = latest_scores(db, (one, other), day=DAY + timedelta(days=days))
        assert found == ({} if point is None else {one: point})
        return None if point is None else point.score

    assert [on(days) for days in (-1, 0, 5, 8, 9, 16, 17)] == [None, 10, 20, 20, 30, 30, None]


def test_a_history_is_between_two_days_in_order(db: Session) -> None:
    one = account(db)
    assert last_day(db) is None
    for days in (3, 1, 2, 0):
        record(db, DAY + timedelta(days=days), [(one, scored(50 + days))])
    points = history(db, one, since=DAY + timedelta(days=1), until=DAY + timedelta(days=2))
    assert [point.score for point in points] == [51, 52]
    assert last_day(db) == DAY + timedelta(days=3)


def test_any_number_of_accounts_can_be_asked_for(db: Session) -> None:
    one = account(db)
    record(db, DAY, [(one, scored(72))])
    assert set(latest_scores(db, range(40_000), day=DAY)) == {one}
    assert latest_scores(db, (), day=DAY) == {}


def test_all_days_come_with_what_each_factor_said(db: Session) -> None:
    one, other = account(db), account(db)
    for days, score in ((2, 30), (0, 10), (1, None)):
        record(db, DAY + timedelta(days=days), [(one, scored(score)), (other, scored(99))])
    assert points(db, one, until=DAY + timedelta(days=1)) == (
        HealthPoint(DAY, 10, Band.GOOD, 667, {"use": 100}),
        HealthPoint(DAY + timedelta(days=1), None, None, 0, {}),
    )
    assert [point.score for point in points(db, one, until=DAY + timedelta(days=5))] == [10, None, 30]
