"""Why accounts have left, as colleagues and customers tell it; on both databases."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from storage.queries.exit_reasons import Leaver, Told, Why, leavers, reasons, tell, told, why_left
from storage.queries.survey_voids import answer_given, void
from storage.queries.tables import survey_response, touched_account
from storage.session import Session
from tests.storage.queries import rows

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DAY = date(2026, 11, 20)
PRICE = Told("price", "Budget was cut", "U0ANA")


def test_what_a_colleague_tells_is_one_answer_however_often_they_tell_it(db: Session) -> None:
    them = rows.account(db, "Them", key="them", csm_email="ana@us.example")
    assert leavers(db, [them, 99]) == {them: Leaver(them, "them", "Them", "ana@us.example")}
    assert told(db, them, DAY) is None
    tell(db, them, DAY, PRICE, now=NOW)
    tell(db, them, DAY, PRICE._replace(comment=None), now=NOW + timedelta(hours=1))
    assert told(db, them, DAY) == PRICE._replace(comment=None)
    assert told(db, them, DAY - timedelta(days=1)) is None
    row = db.execute(select(survey_response)).one()
    assert (row.kind, row.responded_at, row.ask_id, row.contact_id) == ("exit", NOW, None, None)
    assert db.execute(select(touched_account.c.account_id)).scalars().all() == [them]


def test_a_voided_reason_counts_no_more_until_it_is_told_again(db: Session) -> None:
    them = rows.account(db)
    tell(db, them, DAY, PRICE, now=NOW)
    id_ = db.execute(select(survey_response.c.id)).scalar_one()
    given = answer_given(db, id_)
    assert given is not None
    assert (given.colleague, given.ours, given.choice) == ("U0ANA", False, "price")
    assert void(db, id_, by="U1", reason="test", now=NOW)
    assert (told(db, them, DAY), reasons(db, [them])) == (None, {})
    tell(db, them, DAY, PRICE, now=NOW)
    assert told(db, them, DAY) == PRICE


def test_a_colleague_s_word_goes_before_the_customer_s_last(db: Session) -> None:
    them, others = rows.account(db), rows.account(db)

    def answered(account_id: int, key: str, at: datetime, **values: Any) -> None:
        given = {"kind": "exit", "choice": "missing", "responder": "U0OUT", "responded_at": at} | values
        rows.add(db, "survey_response", key=key, account_id=account_id, **given)

    tell(db, them, DAY, PRICE, now=NOW)
    answered(them, "later", NOW + timedelta(days=2))
    answered(others, "first", NOW, comment="No exports")
    answered(others, "last", NOW + timedelta(hours=1), choice="other")
    answered(others, "nps", NOW + timedelta(hours=2), kind="nps", choice=None, score=1)
    found = reasons(db, [them, others])
    assert why_left(found[them], DAY, None) == Why(True, NOW.date(), "price", "Budget was cut")
    assert why_left(found[others], DAY, None) == Why(False, NOW.date(), "other", None)


def test_what_was_told_long_before_or_after_they_came_back_is_not_why() -> None:
    notice = Why(False, DAY - timedelta(days=90), "price", None)
    assert why_left([notice], DAY, None) == notice
    assert why_left([notice._replace(day=DAY - timedelta(days=91))], DAY, None) is None
    assert why_left([notice._replace(day=DAY)], DAY, DAY) is None
    assert why_left([], DAY, None) is None
