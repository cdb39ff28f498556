"""Voided answers, choices and other kinds are kept apart."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from storage.queries.survey_rows import COUNTED, NOT_VOID, RATED
from storage.queries.tables import survey_response
from storage.session import Session
from tests.storage.queries import rows

NOON = datetime(2026, 10, 15, 12, tzinfo=UTC)


def test_each_takes_what_it_says(db: Session) -> None:
    account = rows.account(db)
    given: dict[str, tuple[Any, ...]]
    given = {"plain": ("nps", 9, None, None), "void": ("nps", 9, None, NOON), "new": ("effort", 7, None, None)}
    given["choice"] = ("exit", None, "price", None)
    for key, (kind, score, choice, voided_at) in given.items():
        values = {"kind": kind, "score": score, "choice": choice, "voided_at": voided_at, "responded_at": NOON}
        rows.add(db, "survey_response", key=key, account_id=account, **values)

    def keys(condition: object) -> set[str]:
        return set(db.execute(select(survey_response.c.key).where(condition)).scalars())  # type: ignore[arg-type]

    assert keys(NOT_VOID) == {"plain", "new", "choice"}
    assert keys(COUNTED) == {"plain", "new"}
    assert keys(RATED) == {"plain"}
