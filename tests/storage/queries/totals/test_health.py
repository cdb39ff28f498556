"""How healthy customers were on the last day of a period."""

from dataclasses import replace
from datetime import UTC, date, timedelta
from fractions import Fraction

from metrics.facts import HealthTotals
from metrics.money import Rates
from metrics.periods import Period, month_of
from metrics.types import Band, BookFilter, FactorScore, HealthScore, Reading, Sentence
from storage.queries.snapshots import record
from storage.queries.totals import Scope, facts_by_account, facts_by_period, facts_of
from storage.session import Session
from tests.storage.queries.rows import account, paid, subscribe

OCTOBER = month_of(date(2026, 10, 1))
LAST = OCTOBER.last
SCOPE = Scope(OCTOBER, Rates("USD", {"EUR": Fraction(2)}, LAST), UTC)


def scored(score: int) -> HealthScore:
    band = Band.GOOD if score >= 70 else Band.AVERAGE if score >= 40 else Band.POOR
    return HealthScore(score, band, Fraction(1), (FactorScore("use", 30, Reading(score * 10, Sentence("…"))),))


def customer(
    db: Session, mrr: int, score: int | None, *, days_ago: int = 0, currency: str = "USD", **values: str
) -> int:
    one = account(db, **values)
    subscribe(db, one, paid(date(2026, 9, 10), None, mrr, currency))
    if score is not None:
        record(db, LAST - timedelta(days=days_ago), [(one, scored(score))])
    return one


def test_nobody_has_no_health(db: Session) -> None:
    assert facts_of(db, HealthTotals, SCOPE) == HealthTotals("USD")


def test_customers_and_their_money_are_counted_by_band(db: Session) -> None:
    customer(db, 1_000, 90, segment="smb")
    customer(db, 300, 75, days_ago=7, currency="EUR")
    customer(db, 200, 40)
    customer(db, 70, 39, segment="smb")
    customer(db, 5, None)
    customer(db, 6, 20, days_ago=8)
    former = account(db)
    record(db, LAST, [(former, scored(10))])
    assert facts_of(db, HealthTotals, SCOPE) == HealthTotals(
        "USD",
        customers={Band.GOOD: 2, Band.AVERAGE: 1, Band.POOR: 1},
        mrr={Band.GOOD: 1_600, Band.AVERAGE: 200, Band.POOR: 70},
        scores=90 + 75 + 40 + 39,
        unknown=2,
        at_risk=1,
    )
    smb = SCOPE._replace(book=BookFilter(segment="SMB"))
    assert facts_of(db, HealthTotals, smb) == HealthTotals(
        "USD", {Band.GOOD: 1, Band.POOR: 1}, {Band.GOOD: 1_000, Band.POOR: 70}, 129, 0, 1
    )


def test_what_comes_after_the_last_day_does_not_count(db: Session) -> None:
    one = customer(db, 1_000, 30)
    record(db, LAST + timedelta(days=1), [(one, scored(90))])
    subscribe(db, account(db), paid(LAST + timedelta(days=1)))
    assert facts_of(db, HealthTotals, SCOPE).customers == {Band.POOR: 1}


def test_several_periods_are_as_each_alone(db: Session) -> None:
    one, other = customer(db, 1_000, 30), customer(db, 40, 80, currency="EUR")
    record(db, date(2026, 9, 28), [(one, scored(90)), (other, scored(50))])
    periods = (month_of(date(2026, 8, 1)), month_of(date(2026, 9, 1)), OCTOBER, Period(OCTOBER.end, date(2026, 11, 4)))
    together = facts_by_period(db, HealthTotals, SCOPE, periods)
    assert together == [facts_of(db, HealthTotals, SCOPE._replace(period=period)) for period in periods]
    assert [totals.scores for totals in together] == [0, 140, 110, 110]


def test_one_currency_is_added_up_as_several_are(db: Session) -> None:
    customer(db, 1_000, 90)
    customer(db, 500, 71, days_ago=3)
    customer(db, 20, 40)
    customer(db, 70, 39)
    customer(db, 5, None)
    customer(db, 6, 20, days_ago=8)
    unscored = customer(db, 9, None)
    record(db, LAST, [(unscored, HealthScore(None, None, Fraction(0), ()))])
    record(db, LAST, [(account(db), scored(10))])
    alone = facts_of(db, HealthTotals, SCOPE)
    assert alone == HealthTotals(
        "USD",
        customers={Band.GOOD: 2, Band.AVERAGE: 1, Band.POOR: 1},
        mrr={Band.GOOD: 1_500, Band.AVERAGE: 20, Band.POOR: 70},
        scores=90 + 71 + 40 + 39,
        unknown=3,
        at_risk=1,
    )
    assert facts_by_period(db, HealthTotals, SCOPE, [OCTOBER]) == [alone]
    customer(db, 300, None, currency="EUR")
    assert facts_of(db, HealthTotals, SCOPE) == replace(alone, unknown=4)


def test_each_customer_has_its_own_band_also_the_one_without_a_score(db: Session) -> None:
    good = customer(db, 1_000, 90, segment="smb")
    abroad = customer(db, 300, 39, days_ago=7, currency="EUR")
    unscored = customer(db, 6, 20, days_ago=8)
    record(db, LAST, [(account(db), scored(10))])
    found = facts_by_account(db, HealthTotals, SCOPE)
    assert found == {
        good: HealthTotals("USD", {Band.GOOD: 1}, {Band.GOOD: 1_000}, scores=90),
        abroad: HealthTotals("USD", {Band.POOR: 1}, {Band.POOR: 600}, scores=39, at_risk=1),
        unscored: HealthTotals("USD", unknown=1),
    }
    smb = SCOPE._replace(book=BookFilter(segment="SMB"))
    assert facts_by_account(db, HealthTotals, smb) == {good: found[good]}
