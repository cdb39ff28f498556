"""Revenue: hand-worked examples, and random books held against a recount day by day."""

import os
import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from metrics.errors import MissingRate
from metrics.money import Rates, home_only, monthly, parse_amount
from metrics.periods import Period, month_of, quarter_of, year_of
from metrics.types import (
    BookFilter,
    Cause,
    EndReason,
    Money,
    MovementKind,
    RevenueFacts,
    SubscriptionRow,
)
from storage.queries.revenue import account_moves, account_mrr, count_moves, monthly_revenue, revenue
from storage.session import Session, reading, transaction
from tests.storage.queries.rows import account, paid, subscribe

DAY = timedelta(days=1)
OCTOBER = month_of(date(2026, 10, 1))
USD = home_only("USD", date(2026, 10, 31))
MIXED = Rates("USD", {"EUR": Fraction("1.0837"), "JPY": Fraction("0.00654321")}, date(2026, 12, 31))


def test_an_empty_store_has_nothing_and_nobody(db: Session) -> None:
    assert revenue(db, OCTOBER, rates=USD) == RevenueFacts("USD", OCTOBER.start, OCTOBER.end)
    assert account_moves(db, OCTOBER, rates=USD) == ()
    assert monthly_revenue(db, (), rates=USD) == ()


def test_a_month_in_which_everything_happens_once(db: Session) -> None:
    steady, grown, shrunk, gone, fresh, back = (account(db, name) for name in "ABCDEF")
    subscribe(db, steady, paid(date(2026, 1, 1), amount=1_000))
    subscribe(db, grown, paid(date(2026, 1, 1), date(2026, 10, 5), 2_000), paid(date(2026, 10, 5), None, 2_500))
    subscribe(db, shrunk, paid(date(2026, 1, 1), date(2026, 10, 6), 4_000), paid(date(2026, 10, 6), None, 3_000))
    subscribe(db, gone, paid(date(2026, 1, 1), date(2026, 10, 31), 8_000, end_reason=EndReason.PAYMENT_FAILURE))
    subscribe(db, fresh, paid(date(2026, 10, 1), None, 700))
    subscribe(db, back, paid(date(2025, 1, 1), date(2025, 2, 1), 900), paid(date(2026, 10, 9), None, 600))

    assert revenue(db, OCTOBER, rates=USD) == RevenueFacts(
        currency="USD",
        start=OCTOBER.start,
        end=OCTOBER.end,
        opening=15_000,
        new=700,
        reactivation=600,
        expansion=500,
        contraction=1_000,
        churn=8_000,
        by_cause={Cause.PRICE: 1_500, Cause.PAYMENT_FAILURE: 8_000},
        retained=1_000 + 2_500 + 3_000,
        kept=1_000 + 2_000 + 3_000,
        customers_opening=4,
        customers_closing=5,
        customers_lost=1,
        customers_won=2,
        lost_by_cause={Cause.PAYMENT_FAILURE: 1},
    )
    assert [(m.account_id, m.kind, m.opening, m.closing, m.day.day) for m in account_moves(db, OCTOBER, rates=USD)] == [
        (gone, MovementKind.CHURN, 8_000, 0, 31),
        (shrunk, MovementKind.CONTRACTION, 4_000, 3_000, 6),
        (fresh, MovementKind.NEW, 0, 700, 1),
        (back, MovementKind.REACTIVATION, 0, 600, 9),
        (grown, MovementKind.EXPANSION, 2_000, 2_500, 5),
    ]


def test_leaving_and_coming_back_within_a_period_loses_nobody(db: Session) -> None:
    one = account(db)
    subscribe(db, one, paid(date(2026, 1, 1), date(2026, 10, 5), 1_000), paid(date(2026, 10, 20), None, 1_500))
    facts = revenue(db, OCTOBER, rates=USD)
    assert (facts.churn, facts.reactivation, facts.customers_lost, facts.customers_won) == (1_000, 1_500, 0, 0)
    assert (facts.retained, facts.kept, facts.lost_by_cause) == (1_500, 1_000, {})
    moves = account_moves(db, OCTOBER, rates=USD)
    assert [(move.kind, move.change) for move in moves] == [
        (MovementKind.REACTIVATION, 1_500),
        (MovementKind.CHURN, -1_000),
    ]
    assert {(move.opening, move.closing) for move in moves} == {(1_000, 1_500)}


def test_coming_and_leaving_within_a_period_wins_nobody(db: Session) -> None:
    subscribe(db, account(db), paid(date(2026, 10, 2), date(2026, 10, 9), 1_000))
    facts = revenue(db, OCTOBER, rates=USD)
    assert (facts.new, facts.churn, facts.customers_lost, facts.customers_won, facts.retained) == (
        1_000,
        1_000,
        0,
        0,
        0,
    )
    moves = account_moves(db, OCTOBER, rates=USD)
    assert [(move.kind, move.change) for move in moves] == [(MovementKind.CHURN, -1_000), (MovementKind.NEW, 1_000)]
    assert count_moves(db, OCTOBER, rates=USD) == 2


def test_an_account_that_leaves_twice_is_lost_once_for_the_last_reason(db: Session) -> None:
    subscribe(
        db,
        account(db),
        paid(date(2026, 1, 1), date(2026, 10, 3), 1_000, end_reason=EndReason.VOLUNTARY),
        paid(date(2026, 10, 10), date(2026, 10, 20), 1_000, end_reason=EndReason.PAYMENT_FAILURE),
    )
    facts = revenue(db, OCTOBER, rates=USD)
    assert facts.by_cause == {Cause.VOLUNTARY: 1_000, Cause.PAYMENT_FAILURE: 1_000}
    assert (facts.customers_lost, facts.lost_by_cause) == (1, {Cause.PAYMENT_FAILURE: 1})


def test_a_move_to_another_currency_is_what_the_rates_make_of_it(db: Session) -> None:
    one = account(db)
    subscribe(db, one, paid(date(2026, 1, 1), date(2026, 10, 5), 10_000), paid(date(2026, 10, 5), None, 10_000, "EUR"))
    facts = revenue(db, OCTOBER, rates=MIXED)
    assert (facts.opening, facts.expansion, facts.by_cause) == (10_000, 837, {Cause.CURRENCY: 837})
    assert (facts.retained, facts.kept, facts.customers_closing) == (10_837, 10_000, 1)
    (move,) = account_moves(db, OCTOBER, rates=MIXED)
    assert (move.kind, move.cause, move.change) == (MovementKind.EXPANSION, Cause.CURRENCY, 837)
    at_par = Rates("USD", {"EUR": Fraction(1)}, OCTOBER.last)
    assert revenue(db, OCTOBER, rates=at_par).by_cause == {}
    assert account_moves(db, OCTOBER, rates=at_par) == ()


def test_a_move_tells_the_mrr_in_currencies_that_did_not_change(db: Session) -> None:
    one = account(db)
    subscribe(
        db,
        one,
        paid(date(2026, 1, 1), None, 10_000, "EUR"),
        paid(date(2026, 1, 1), date(2026, 10, 5), 500, subscription="s-2"),
        paid(date(2026, 10, 5), None, 700, subscription="s-2"),
    )
    (move,) = account_moves(db, OCTOBER, rates=MIXED)
    assert (move.opening, move.closing) == (11_337, 11_537)
    assert account_mrr(db, one, on=OCTOBER.last, rates=MIXED) == Money(11_537, "USD")
    assert account_mrr(db, one, on=date(2025, 12, 31), rates=MIXED) == Money(0, "USD")


def test_a_missing_rate_matters_only_where_an_account_of_that_currency_does(db: Session) -> None:
    home, abroad, long_gone = account(db, segment="smb"), account(db, segment="mid"), account(db, segment="smb")
    subscribe(db, home, paid(date(2026, 1, 1)))
    subscribe(db, abroad, paid(date(2026, 1, 1), None, 900, "GBP"))
    subscribe(db, long_gone, paid(date(2025, 1, 1), date(2025, 3, 1), 900, "CHF"))
    assert revenue(db, OCTOBER, rates=USD, book=BookFilter(segment="smb")).opening == 10_000
    with pytest.raises(MissingRate, match="GBP"):
        revenue(db, OCTOBER, rates=USD)


def test_a_book_is_found_whatever_the_case(db: Session) -> None:
    for segment, csm in (("Öl & Gas", "ana@x.test"), ("öl & gas", "bo@x.test"), ("Retail", "Ana@X.test"), (None, None)):
        subscribe(db, account(db, segment=segment, csm_email=csm), paid(date(2026, 1, 1), None, 100))

    def opening(**book: Any) -> int:
        return revenue(db, OCTOBER, rates=USD, book=BookFilter(**book)).opening

    assert opening() == 400
    assert opening(segment="ÖL & GAS") == 200
    assert opening(csm_email="ANA@x.test") == 200
    assert opening(segment="retail", csm_email="ana@x.test") == 100
    assert opening(segment="nobody") == 0


def test_moves_are_paged_in_one_order(db: Session) -> None:
    for amount in (100, 300, 200, 300, 100):
        subscribe(db, account(db), paid(date(2026, 10, 2), None, amount))
    everything = account_moves(db, OCTOBER, rates=USD)
    assert [move.closing for move in everything] == [300, 300, 200, 100, 100]
    pages = [account_moves(db, OCTOBER, rates=USD, limit=2, offset=offset) for offset in (0, 2, 4)]
    assert tuple(move for page in pages for move in page) == everything
    assert count_moves(db, OCTOBER, rates=USD) == 5
    assert account_moves(db, OCTOBER, rates=USD, kinds={MovementKind.CHURN}) == ()


def test_periods_with_a_gap_are_refused(db: Session) -> None:
    with pytest.raises(ValueError, match="gap"):
        monthly_revenue(db, (month_of(date(2026, 1, 1)), month_of(date(2026, 3, 1))), rates=USD)


# --- Random books, recounted day by day ----------------------------------------------------------------------------

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
SEGMENTS = ("smb", "mid", None)
CSMS = ("ana@x.test", "bo@x.test", None)
Book = dict[int, tuple[str | None, str | None, list[SubscriptionRow]]]


def random_book(seed: int, accounts: int, currencies: tuple[str, ...]) -> Book:
    chance = random.Random(seed)

    def row(number: int) -> SubscriptionRow:
        start = FIRST + timedelta(days=chance.randrange(-60, 360))
        end = start + timedelta(days=chance.choice((5, 14, 15, 40, 90, 200))) if chance.random() < 0.8 else None
        return paid(
            start,
            end,
            chance.choice((0, 1, 999, 1_000, 5_055, 20_005)),
            chance.choice(currencies),
            subscription=f"s-{number}",
            product=chance.choice(("Core", "Extra")),
            end_reason=chance.choice((None, *EndReason)) if end else None,
        )

    return {
        number: (chance.choice(SEGMENTS), chance.choice(CSMS), [row(n) for n in range(chance.randrange(6))])
        for number in range(1, accounts + 1)
    }


def store(engine: Engine, book: Book) -> None:
    with transaction(engine) as db:
        for number, (segment, csm, rows) in book.items():
            account(db, id=number, key=f"key-{number:04}", segment=segment, csm_email=csm)
            subscribe(db, number, *rows)


def states(rows: list[SubscriptionRow], day: date) -> dict[str, int]:
    mrr: dict[str, int] = defaultdict(int)
    for row in rows:
        if row.started_on <= day and (row.ended_on is None or day < row.ended_on):
            mrr[row.currency] += monthly(row.amount, row.interval, row.interval_count)
    return {currency: minor for currency, minor in mrr.items() if minor}


def recount(book: Book, period: Period, rates: Rates) -> RevenueFacts:
    """The facts by their definitions, from the subscription rows alone; causes are left out."""
    sums: dict[str, int] = defaultdict(int)
    for _, _, rows in book.values():
        before = states(rows, period.start - DAY)
        ever = any(states(rows, FIRST - timedelta(days=70) + DAY * n) for n in range((period.start - FIRST).days + 70))
        opening = worth(before, rates)
        now = before
        for n in range(period.days):
            then, now = now, states(rows, period.start + DAY * n)
            change = worth(now, rates) - worth(then, rates)
            if not then and now:
                sums["reactivation" if ever else "new"] += change
            elif then and not now:
                sums["churn"] -= change
            elif then and now:
                sums["expansion" if change > 0 else "contraction"] += abs(change)
            ever = ever or bool(now)
        closing = worth(now, rates)
        sums["opening"] += opening
        sums["customers_opening"] += bool(before)
        sums["customers_closing"] += bool(now)
        sums["customers_lost"] += bool(before) and not now
        sums["customers_won"] += bool(now) and not before
        sums["retained"] += closing if before else 0
        sums["kept"] += min(opening, closing) if before else 0
    return RevenueFacts(rates.home, period.start, period.end, **sums)  # type: ignore[arg-type]


def worth(mrr: dict[str, int], rates: Rates) -> int:
    return sum(rates.to_home(minor, currency) for currency, minor in mrr.items())


def without_causes(facts: RevenueFacts) -> RevenueFacts:
    told = {name: getattr(facts, name) for name in RevenueFacts.__slots__ if not name.endswith("by_cause")}
    assert sum(facts.by_cause.values()) == facts.expansion + facts.contraction + facts.churn
    assert sum(facts.lost_by_cause.values()) == facts.customers_lost
    return RevenueFacts(**told)


def filtered(book: Book, wanted: BookFilter) -> Book:
    return {
        number: one
        for number, one in book.items()
        if wanted.segment in (None, one[0]) and wanted.csm_email in (None, one[1])
    }


BOOKS = [BookFilter(), BookFilter(segment="smb"), BookFilter(csm_email="ana@x.test"), BookFilter("mid", "bo@x.test")]
CURRENCIES = [("USD",), ("USD", "EUR"), ("USD", "EUR", "JPY"), ("EUR", "JPY")]


@pytest.fixture(params=range(4), ids=lambda n: "+".join(CURRENCIES[n]))
def random_store(request: pytest.FixtureRequest, engine: Engine) -> Iterator[tuple[Session, Book]]:
    book = random_book(request.param, 45, CURRENCIES[request.param])
    store(engine, book)
    with reading(engine) as db:
        yield db, book


def test_random_books_add_up_as_counted_day_by_day(random_store: tuple[Session, Book]) -> None:
    db, book = random_store
    months = tuple(month_of(date(2026, month, 1)) for month in range(1, 13))
    longer = (quarter_of(date(2026, 5, 1)), year_of(FIRST), Period(date(2026, 2, 10), date(2026, 2, 24)))
    for wanted in BOOKS:
        part = filtered(book, wanted)
        in_one_pass = monthly_revenue(db, months, rates=MIXED, book=wanted)
        assert in_one_pass == tuple(revenue(db, month, rates=MIXED, book=wanted) for month in months)
        assert [without_causes(facts) for facts in in_one_pass] == [recount(part, month, MIXED) for month in months]
        assert all(before.closing == after.opening for before, after in pairwise(in_one_pass))
        for period in longer:
            assert without_causes(revenue(db, period, rates=MIXED, book=wanted)) == recount(part, period, MIXED)


def test_a_quarter_moves_what_its_months_move(random_store: tuple[Session, Book]) -> None:
    db, _ = random_store
    quarter = quarter_of(date(2026, 8, 1))
    whole = revenue(db, quarter, rates=MIXED)
    months = monthly_revenue(db, quarter.months(), rates=MIXED)
    for name in ("new", "reactivation", "expansion", "contraction", "churn"):
        assert getattr(whole, name) == sum(getattr(month, name) for month in months)
    for cause in Cause:
        assert whole.by_cause.get(cause, 0) == sum(month.by_cause.get(cause, 0) for month in months)
    assert (whole.opening, whole.closing) == (months[0].opening, months[-1].closing)


def test_segments_add_up_to_the_whole(random_store: tuple[Session, Book]) -> None:
    db, book = random_store
    period = quarter_of(date(2026, 8, 1))
    parts = [revenue(db, period, rates=MIXED, book=BookFilter(segment=name)) for name in ("smb", "mid")]
    rest = recount({n: one for n, one in book.items() if one[0] is None}, period, MIXED)
    whole = revenue(db, period, rates=MIXED)
    for name in ("opening", "new", "reactivation", "expansion", "contraction", "churn", "retained", "customers_lost"):
        assert getattr(whole, name) == sum(getattr(facts, name) for facts in (*parts, rest))


def test_the_accounts_behind_a_period_add_up_to_it(random_store: tuple[Session, Book]) -> None:
    db, book = random_store
    for wanted in BOOKS:
        for period in (month_of(date(2026, 6, 1)), quarter_of(date(2026, 8, 1)), year_of(FIRST)):
            facts = revenue(db, period, rates=MIXED, book=wanted)
            moves = account_moves(db, period, rates=MIXED, book=wanted)
            for kind in MovementKind:
                assert abs(sum(move.change for move in moves if move.kind is kind)) == getattr(facts, kind)
            gone = {move.account_id for move in moves if move.kind is MovementKind.CHURN and not move.closing}
            assert len([one for one in gone if worth(states(book[one][2], period.start - DAY), MIXED)]) == (
                facts.customers_lost
            )
            assert count_moves(db, period, rates=MIXED, book=wanted) == len(moves)
            for move in moves:
                rows = book[move.account_id][2]
                assert move.opening == worth(states(rows, period.start - DAY), MIXED)
                assert move.closing == worth(states(rows, period.last), MIXED)
                assert move.closing == account_mrr(db, move.account_id, on=period.last, rates=MIXED).minor
                assert period.start <= move.day < period.end


# --- The Telco churn sample ----------------------------------------------------------------------------------------

TELCO = Path(__file__).parents[4] / "shared" / "data" / "telco"


@pytest.fixture
def telco(sqlite_engine: Engine) -> Iterator[Session]:
    if not TELCO.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{TELCO} is missing")
        pytest.skip("the Telco sample is not beside the project (../shared/data/telco)")
    store(sqlite_engine, telco_book())
    with reading(sqlite_engine) as db:
        yield db


def telco_book() -> Book:
    def cells(name: str) -> Iterator[dict[str, str]]:
        header, *lines = (TELCO / name).read_text(encoding="utf-8").splitlines()
        for line in lines:
            yield dict(zip(header.split(","), line.split(","), strict=True))

    segments = {row["account_id"]: row["segment"] for row in cells("accounts.csv")}
    return {
        number: (
            segments[row["account_id"]],
            None,
            [
                paid(
                    date.fromisoformat(row["started_on"]),
                    date.fromisoformat(row["ended_on"]) if row["ended_on"] else None,
                    parse_amount(row["amount"], row["currency"]),
                )
            ],
        )
        for number, row in enumerate(cells("subscriptions.csv"), 1)
    }


def percent(part: int, whole: int) -> Decimal:
    return round(Decimal(100 * part) / whole, 2)


@pytest.mark.slow
def test_the_telco_sample_has_its_published_figures(telco: Session) -> None:
    facts = revenue(telco, OCTOBER, rates=USD)
    assert (facts.opening, facts.churn, facts.customers_opening, facts.customers_lost) == (
        45_611_660,
        13_913_085,
        7_043,
        1_869,
    )
    assert percent(facts.churn, facts.opening) == Decimal("30.50")
    assert percent(facts.customers_lost, facts.customers_opening) == Decimal("26.54")
    by_segment = {
        name: revenue(telco, OCTOBER, rates=USD, book=BookFilter(segment=name))
        for name in ("monthly", "one-year", "two-year")
    }
    assert {name: percent(one.customers_lost, one.customers_opening) for name, one in by_segment.items()} == {
        "monthly": Decimal("42.71"),
        "one-year": Decimal("11.27"),
        "two-year": Decimal("2.83"),
    }
