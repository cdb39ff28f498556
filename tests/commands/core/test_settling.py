"""What settled decisions came to, beyond alerts that open and end: which of them say more than before."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from commands.core.request import Company
from commands.core.settling import Judged
from commands.core.signals import judge
from storage.queries.alerts import by_id
from storage.queries.remembered import remember
from storage.queries.tables import survey_response, ticket
from storage.session import Session
from tests.storage.queries import rows

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
COMPANY = Company("USD", ZoneInfo("UTC"))


@pytest.fixture
def acme(db: Session) -> int:
    """A customer of a store whose signals are no news any more."""
    remember(db, "signals_introduced_on", "2026-01-01")
    account_id = rows.account(db, "Acme", created_on=date(2025, 1, 1))
    rows.subscribe(db, account_id, rows.paid(date(2025, 1, 1)))
    return account_id


def answered(db: Session, account_id: int, score: int) -> int:
    return rows.add(
        db, "survey_response", account_id=account_id, key=f"r-{score}", kind="nps", score=score, responded_at=NOW
    )


def looked(db: Session, now: datetime = NOW) -> Judged:
    return judge(db, None, company=COMPANY, now=now)


def now_says(db: Session, answer: int, **values: object) -> None:
    db.execute(update(survey_response).where(survey_response.c.id == answer).values(**values))


@pytest.mark.parametrize("more", [{"comment": "Too slow"}, {"score": 5}], ids=["words", "another score"])
def test_an_answer_of_which_more_is_known_is_reworded_once(db: Session, acme: int, more: dict[str, object]) -> None:
    answer = answered(db, acme, 4)
    answered(db, acme, 3)
    first, _ = looked(db).opened
    now_says(db, answer, **more)
    assert looked(db) == Judged(reworded=[first])
    assert looked(db) == Judged()


def test_the_same_answer_says_the_same_another_day(db: Session, acme: int) -> None:
    answered(db, acme, 4)
    looked(db)
    assert looked(db, NOW + timedelta(days=1)) == Judged()


def test_figures_that_move_are_no_news(db: Session, acme: int) -> None:
    at = NOW - timedelta(hours=1)
    one, _ = (
        rows.add(db, "ticket", key=f"t-{n}", account_id=acme, opened_at=at, escalated=True) for n in ("one", "other")
    )
    (told,) = looked(db).opened
    before = by_id(db, told)
    db.execute(update(ticket).where(ticket.c.id == one).values(resolved_at=NOW))
    assert looked(db) == Judged()
    after = by_id(db, told)
    assert before is not None
    assert after is not None
    assert after.why != before.why


def test_portions_are_added_up() -> None:
    judged = Judged([1], [2], [3], [4])
    judged.add(Judged([5], [6], [7], [8]))
    assert judged == Judged([1, 5], [2, 6], [3, 7], [4, 8])
