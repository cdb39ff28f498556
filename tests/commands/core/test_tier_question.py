"""Tiers of a store's customers, and who moved."""

from datetime import UTC, date, timedelta
from fractions import Fraction

import pytest
from sqlalchemy import text as sql

from commands.core.tier_question import by_tier, everybody, moved, potential, read_once
from commands.ui.text import translator
from metrics.money import home_only
from metrics.periods import month_of
from metrics.types import AccountRow, Band, BookFilter, FactorScore, HealthScore, Reading, Sentence
from storage.queries.snapshots import record
from storage.queries.totals import Scope
from storage.session import Session
from tests.storage.queries.rows import account, paid, subscribe

OCTOBER = month_of(date(2026, 10, 1))
SCOPE = Scope(OCTOBER, home_only("USD", OCTOBER.last), UTC)
BEFORE = OCTOBER.start - timedelta(days=1)
SMB = SCOPE._replace(book=BookFilter(segment="smb"))
t = translator("en", strict=True)


def told(rows: list[AccountRow] | tuple[AccountRow, ...]) -> list[str]:
    return [f"{row.name}: {t(row.why)}" for row in rows]


def healthy(db: Session, account_id: int, score: int, day: date) -> None:
    band = Band.GOOD if score >= 70 else Band.POOR
    record(
        db,
        day,
        [
            (
                account_id,
                HealthScore(
                    score,
                    band,
                    Fraction(1),
                    (
                        FactorScore(
                            "u",
                            1,
                            Reading(1, Sentence("")),
                        ),
                    ),
                ),
            )
        ],
    )


@pytest.fixture
def ten(db_empty: Session) -> Session:
    """Ten customers C1 to C10 that pay 1,000 down to 100; C7 was a customer in October only, C2 fell ill in it."""
    for number in range(1, 11):
        one = account(
            db_empty,
            f"C{number}",
            key=f"c{number:02}",
            segment="smb" if number % 2 == 0 else "mid",
            potential_mrr={8: 40_000, 9: 90_000, 10: 1_000}.get(number),
            lifecycle_stage="onboarding" if number == 10 else None,
        )
        begins = date(2026, 10, 5) if number == 7 else date(2026, 2, 1)
        subscribe(db_empty, one, paid(begins, None, 110_00 - 10_00 * number))
        healthy(db_empty, one, 90, BEFORE)
        healthy(db_empty, one, 20 if number == 2 else 90, OCTOBER.last)
    return db_empty


def test_the_tiers_are_told_with_their_money_and_how_many_they_were(ten: Session) -> None:
    split = by_tier(ten, SCOPE)
    lines = [[t(row.label) if isinstance(row.label, Sentence) else row.label, *row.values] for row in split.rows]
    shown = [[part if isinstance(part, str) else t("{x}", x=part) for part in each] for each in lines]
    assert shown == [
        ["VIP", "1 customer", "$100", "18.2% of MRR", "before: 2"],
        ["Core", "5 customers", "$350", "63.6% of MRR", "before: 4"],
        ["Potential", "3 customers", "$60", "10.9% of MRR", "before: 3"],
        ["Non-core", "1 customer", "$40", "7.3% of MRR", "before: 0"],
    ]


def test_who_moved_was_a_customer_at_both_ends_and_whoever_fell_comes_first(ten: Session) -> None:
    assert told(list(moved(ten, SCOPE))) == ["C2: ▼ from VIP to Core"]
    healthy(ten, 2, 90, OCTOBER.last)
    healthy(ten, 2, 20, BEFORE)
    assert told(list(moved(ten, SCOPE))) == ["C2: ▲ from Core to VIP"]


def test_everybody_comes_most_valuable_first_with_what_decided_it(ten: Session) -> None:
    rows = told(list(everybody(ten, SCOPE)))
    assert len(rows) == 10
    assert rows[:2] == ["C1: VIP, 1 of 10 by MRR, health 90", "C2: Core, 2 of 10 by MRR, health 20"]
    ten.execute(sql("DELETE FROM health_snapshot"))
    assert told(list(everybody(ten, SCOPE)))[0] == "C1: VIP, 1 of 10 by MRR, no health score"


def test_who_could_pay_more_comes_by_how_much(ten: Session) -> None:
    assert told(list(potential(ten, SCOPE))) == [
        "C9: could pay $880 more",
        "C8: could pay $370 more",
        "C10: is being brought on board",
    ]


def test_a_book_shows_its_part_of_the_companys_tiers(ten: Session) -> None:
    assert told(list(everybody(ten, SMB)))[0] == "C2: Core, 2 of 10 by MRR, health 20"
    assert len(everybody(ten, SMB)) == 5
    assert len(by_tier(ten, SMB).rows) == 3


def test_nobody_has_no_tier(db_empty: Session) -> None:
    assert by_tier(db_empty, SCOPE).rows == ()
    assert list(everybody(db_empty, SCOPE)) == list(moved(db_empty, SCOPE)) == list(potential(db_empty, SCOPE)) == []


def test_the_lists_of_one_answer_read_once(ten: Session) -> None:
    read = read_once()
    assert read(ten, SCOPE) is read(ten, SCOPE)
    assert read(ten, SMB) is not read(ten, SCOPE)
    assert moved(ten, SCOPE, read=read) == moved(ten, SCOPE)
