"""A book falls into parts that leave nobody out."""

from datetime import date

import pytest
from sqlalchemy import select

from metrics.types import BookFilter
from storage.queries.book_groups import BookPart, by_csm, by_plan, by_segment
from storage.queries.books import accounts_of
from storage.queries.tables import account
from storage.session import Session
from tests.storage.queries import rows

DAY = date(2026, 1, 1)


@pytest.fixture
def four(db: Session) -> dict[str, int]:
    """Two spellings of one segment, an account of another, and one of which nothing is known."""
    ids = {
        "big": rows.account(db, "Big", segment="Enterprise", csm_email="ana@example.com"),
        "vast": rows.account(db, "Vast", segment="enterprise", csm_email="Ana@example.com"),
        "small": rows.account(db, "Small", segment="smb"),
        "nobody": rows.account(db, "Nobody"),
    }
    for number, (name, plan) in enumerate((("big", "Pro"), ("big", "Team"), ("small", "team"))):
        rows.add(
            db,
            "subscription",
            key=f"s-{number}",
            account_id=ids[name],
            product="Core",
            plan=plan,
            quantity=1,
            amount=100,
            currency="USD",
            interval="month",
            interval_count=1,
            started_on=DAY,
        )
    return ids


def members(db: Session, part: BookPart) -> set[int]:
    accounts = accounts_of(db, part.book)
    assert accounts is not None
    return set(db.execute(select(account.c.id).where(account.c.id.in_(accounts))).scalars())


def test_segments_are_one_whatever_their_case_and_accounts_of_none_come_last(db: Session, four: dict[str, int]) -> None:
    parts = by_segment(db, BookFilter())
    assert [part.name for part in parts] == ["Enterprise", "smb", None]
    assert [members(db, part) for part in parts] == [{four["big"], four["vast"]}, {four["small"]}, {four["nobody"]}]


def test_so_are_csms(db: Session, four: dict[str, int]) -> None:
    parts = by_csm(db, BookFilter())
    assert [(part.name or "").casefold() for part in parts] == ["ana@example.com", ""]
    assert [members(db, part) for part in parts] == [{four["big"], four["vast"]}, {four["small"], four["nobody"]}]


def test_an_account_is_in_the_part_of_each_of_its_plans(db: Session, four: dict[str, int]) -> None:
    parts = by_plan(db, BookFilter())
    assert [part.name for part in parts] == ["Pro", "Team", None]
    assert [members(db, part) for part in parts] == [
        {four["big"]},
        {four["big"], four["small"]},
        {four["vast"], four["nobody"]},
    ]


def test_a_book_has_only_the_parts_of_its_own_accounts(db: Session, four: dict[str, int]) -> None:
    book = BookFilter(csm_email="ana@example.com")
    assert [part.name for part in by_segment(db, book)] == ["Enterprise"]
    assert [part.book for part in by_segment(db, book)] == [BookFilter("Enterprise", "ana@example.com")]
    assert [part.name for part in by_plan(db, book)] == ["Pro", "Team", None]
    assert [part.name for part in by_plan(db, BookFilter(plan="team"))] == ["Team"]


def test_without_accounts_there_are_no_parts(db: Session) -> None:
    assert by_segment(db, BookFilter()) == by_csm(db, BookFilter()) == by_plan(db, BookFilter()) == ()
