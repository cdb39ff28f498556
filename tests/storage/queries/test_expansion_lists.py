"""What expansion is made of."""

from datetime import UTC, date
from fractions import Fraction
from typing import Any

from metrics.money import Rates
from metrics.periods import month_of
from metrics.types import BookFilter, Breakdown, Cause, Money, RevenueFacts, Sentence, Value
from storage.queries.expansion_lists import by_cause, grown
from storage.queries.totals import Scope, facts_of
from storage.session import Session
from tests.storage.queries.rows import account, paid, subscribe

OCTOBER = month_of(date(2026, 10, 1))
SCOPE = Scope(OCTOBER, Rates("USD", {"EUR": Fraction(2)}, OCTOBER.last), UTC)
BEFORE, DAY = date(2026, 9, 1), date(2026, 10, 12)


def grows(db: Session, name: str, before: int, after: int, *, currency: str = "USD", **change: Any) -> int:
    """An account whose MRR changes on DAY."""
    one = account(db, name, segment="smb" if name.startswith("S") else "mid")
    subscribe(db, one, paid(BEFORE, DAY, before, currency), paid(DAY, None, after, currency, **change))
    return one


def told(split: Breakdown) -> list[tuple[str, Value, Value]]:
    rows: list[tuple[str, Value, Value]] = []
    for row in split.rows:
        amount, share = row.values
        assert isinstance(row.label, Sentence)
        assert isinstance(share, Sentence)
        rows.append((row.label.text, amount, share.values["share"]))
    return rows


def test_every_cause_is_told_with_its_share_and_nothing_of_contraction(db: Session) -> None:
    grows(db, "Seats", 1_000, 1_500, quantity=3)
    grows(db, "Shrinks", 1_000, 400, quantity=0)
    grows(db, "Upgrade", 100, 200, currency="EUR", plan="Pro")
    grows(db, "Price", 1_000, 1_100)
    grows(db, "Same", 1_000, 1_000)
    split = by_cause(db, SCOPE)
    assert told(split) == [
        ("seats", Money(500, "USD"), Fraction(500, 800)),
        ("upgrade", Money(200, "USD"), Fraction(200, 800)),
        ("price", Money(100, "USD"), Fraction(100, 800)),
    ]
    smb = by_cause(db, SCOPE._replace(book=BookFilter(segment="smb")))
    assert told(smb) == [("seats", Money(500, "USD"), Fraction(1))]


def test_the_causes_add_up_to_expansion_whatever_the_currencies(db: Session) -> None:
    one = account(db)
    subscribe(
        db,
        one,
        paid(BEFORE, DAY, 1_000, "USD", subscription="a"),
        paid(DAY, None, 700, "USD", subscription="a"),
        paid(BEFORE, DAY, 100, "EUR", subscription="b"),
        paid(DAY, None, 500, "EUR", subscription="b"),
    )
    grows(db, "Price", 1_000, 1_100)
    facts = facts_of(db, RevenueFacts, SCOPE)
    assert facts.by_cause[Cause.CURRENCY] == 500
    assert told(by_cause(db, SCOPE)) == [
        ("change of currency", Money(500, "USD"), Fraction(500, 600)),
        ("price", Money(100, "USD"), Fraction(100, 600)),
    ]


def test_without_expansion_there_is_nothing_to_split(db: Session) -> None:
    assert by_cause(db, SCOPE).rows == ()
    assert grown(db, SCOPE) == ()


def test_who_grew_comes_largest_first_with_the_cause(db: Session) -> None:
    small, large = grows(db, "Small", 1_000, 1_010), grows(db, "Large", 1_000, 2_000, quantity=9)
    grows(db, "Shrinks", 1_000, 400)
    rows = grown(db, SCOPE)
    assert [row.account_id for row in rows] == [large, small]
    assert rows[0].why.values["change"] == Money(1_000, "USD")
    assert (rows[0].mrr, rows[0].day) == (Money(2_000, "USD"), DAY)
