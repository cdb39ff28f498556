"""Which invoices failed, and which were collected after all, whatever a source tells of them."""

from datetime import date, timedelta

import pytest
from sqlalchemy import ColumnElement, Engine, and_, select

from storage.queries.failures import (
    collected_during,
    failed_before,
    failed_during,
    failing_since,
    paid_after_all,
)
from storage.queries.tables import invoice
from storage.session import Session
from tests.storage.queries import rows

START, END = date(2026, 10, 1), date(2026, 11, 1)
_c = invoice.c


def test_the_conditions_say_what_their_days_say(db: Session) -> None:
    one = rows.account(db)
    days = (None, START - timedelta(days=1), START, date(2026, 10, 15), END - timedelta(days=1), END)
    for status in ("open", "paid", "failed", "void", "refunded"):
        for due in days[1:]:
            for failed in days:
                for paid in days if status == "paid" else (None,):
                    key = f"{status} {due} {failed} {paid}"
                    told = {"status": status, "due_on": due, "failed_on": failed, "paid_on": paid}
                    rows.add(db, "invoice", key=key, account_id=one, amount=1, currency="USD", **told)
    for condition, plain in (
        (failed_before(END), failing_since < END),
        (failed_during(START, END), and_(failing_since >= START, failing_since < END)),
        (collected_during(START, END), and_(paid_after_all, _c.paid_on >= START, _c.paid_on < END)),
    ):
        found = set(db.execute(select(_c.key).where(condition)).scalars())
        assert found == set(db.execute(select(_c.key).where(plain)).scalars())
        assert found


@pytest.mark.parametrize("condition", [failed_during(START, END), collected_during(START, END)])
def test_the_few_that_failed_are_found_by_their_indexes(sqlite_engine: Engine, condition: ColumnElement[bool]) -> None:
    sql = select(_c.failed_on, _c.paid_on).where(condition)
    compiled = sql.compile(sqlite_engine, compile_kwargs={"literal_binds": True})
    with sqlite_engine.connect() as connection:
        steps = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}")]
    assert any("ix_invoice_failed" in step for step in steps)
    assert not any("ix_invoice_paid" in step or step.startswith("SCAN") for step in steps)
