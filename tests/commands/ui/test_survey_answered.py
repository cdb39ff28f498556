from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from commands.core.reply import Reply
from commands.ui.survey_answered import close_later, show
from storage.queries.survey_answers import Asked
from storage.queries.tables import outbox
from storage.session import Session
from tests.storage.queries import rows

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
OVER = NOW + timedelta(days=7)
CARD = Reply("Thank you")


def message(db: Session, name: str, **values: Any) -> int:
    usual = {"purpose": "survey", "occurrence": name, "mark": name, "content": {}, "state": "sent", "due_at": NOW}
    usual |= {"destination": "U0OTTO", "attempts": 1, "looks": 0, "created_at": NOW, "to_customer": True}
    return rows.add(db, "outbox", **(usual | values))


def asked(question: int | None, reminder: int | None = None) -> Asked:
    return Asked(
        1, 1, "nps", 1, 1, "sent", "t", "U0OTTO", "en", question, reminder, OVER, "direct", {}, anonymous=False,
        secret=None, segment=None,
    )  # fmt: skip


def edits(db: Session) -> list[Any]:
    columns = (outbox.c.edits, outbox.c.due_at, outbox.c.to_customer, outbox.c.destination)
    return [tuple(row) for row in db.execute(select(*columns).where(outbox.c.edits.is_not(None)).order_by("edits"))]


def test_both_messages_of_a_question_are_edited(db: Session) -> None:
    one, other = message(db, "question"), message(db, "reminder")
    assert show(db, asked(one, other), CARD, now=NOW) == 2
    assert edits(db) == [(one, NOW, True, "U0OTTO"), (other, NOW, True, "U0OTTO")]


def test_the_one_that_was_tapped_is_replaced_by_whoever_answers_the_tap(db: Session) -> None:
    one, other = message(db, "question"), message(db, "reminder")
    assert show(db, asked(one, other), CARD, now=NOW, tapped=other) == 1
    assert [each[0] for each in edits(db)] == [one]


@pytest.mark.parametrize("state", ["pending", "sending", "failed", "unknown"])
def test_what_does_not_stand_anywhere_is_left_alone(db: Session, state: str) -> None:
    one = message(db, "question", state=state, attempts=0)
    assert show(db, asked(one), CARD, now=NOW) == 0
    close_later(db, asked(one), CARD, now=NOW)
    assert edits(db) == []


def test_a_channels_question_is_closed_at_its_end_however_many_answer(db: Session) -> None:
    one = message(db, "question")
    close_later(db, asked(one), CARD, now=NOW)
    close_later(db, asked(one), CARD, now=NOW + timedelta(hours=1))
    assert edits(db) == [(one, OVER, True, "U0OTTO")]
