"""New data makes its accounts wait, in the transaction that brings it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, select

from storage.load import load
from storage.queries import tables
from storage.queries.touched import Waiting, take, waiting
from storage.session import Session, reading, transaction
from storage.touched import EVERYBODY, touch
from tests.bot.small_company import write
from tests.storage.queries import rows

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)

ROWS: Mapping[str, Mapping[str, str]] = {
    "contacts": {"contact_id": "c-1", "account_id": "acme", "name": "Marta"},
    "subscriptions": {
        "subscription_id": "s-1", "account_id": "acme", "product": "Core", "plan": "Team", "amount": "10.00",
        "currency": "USD", "interval": "month", "started_on": "2026-01-01",
    },
    "invoices": {
        "invoice_id": "i-1", "account_id": "acme", "amount": "1.00", "currency": "USD", "due_on": "2026-11-01",
        "status": "open",
    },
    "tickets": {"ticket_id": "t-1", "account_id": "acme", "opened_at": "2026-11-01T09:00:00Z"},
    "survey_responses": {
        "response_id": "r-1", "account_id": "acme", "kind": "nps", "score": "9", "responded_at": "2026-11-01T09:00:00Z",
    },
    "usage": {"account_id": "acme", "day": "2026-11-01"},
    "campaigns": {"campaign_id": "m-1", "day": "2026-11-01", "account_id": "acme", "sent": "1"},
}  # fmt: skip


def bring(engine: Engine, folder: Path, name: str, found: Sequence[Mapping[str, str]]) -> None:
    path = write(folder, f"{name}.csv", found)
    report = load(engine, [path], zone=ZoneInfo("UTC"), home_currency="USD", now=NOW)
    assert report.flawless, report


def touched(engine: Engine) -> list[str]:
    """The keys of the accounts that wait."""
    with reading(engine) as db:
        ids = list(db.execute(select(tables.touched_account.c.account_id)).scalars())
        keys = select(tables.account.c.key).where(tables.account.c.id.in_(ids)).order_by(tables.account.c.key)
        return [*(["all"] if EVERYBODY in ids else []), *db.execute(keys).scalars()]


def taken(engine: Engine) -> None:
    with transaction(engine) as db:
        take(db, 100)


@pytest.fixture
def company(engine: Engine, tmp_path: Path) -> Engine:
    bring(engine, tmp_path, "accounts", [{"account_id": key, "name": key} for key in ("acme", "bolt")])
    taken(engine)
    return engine


def test_accounts_that_are_new_or_changed_wait(engine: Engine, tmp_path: Path) -> None:
    both = [{"account_id": key, "name": key} for key in ("acme", "bolt")]
    bring(engine, tmp_path, "accounts", both)
    assert touched(engine) == ["acme", "bolt"]
    taken(engine)
    assert touched(engine) == []
    bring(engine, tmp_path, "accounts", both)
    assert touched(engine) == [], "nothing is new"


@pytest.mark.parametrize("entity", ROWS)
def test_the_account_of_a_new_row_waits(company: Engine, tmp_path: Path, entity: str) -> None:
    bring(company, tmp_path, entity, [ROWS[entity]])
    assert touched(company) == ["acme"]
    taken(company)
    bring(company, tmp_path, entity, [ROWS[entity]])
    assert touched(company) == []


def test_a_mailing_to_everybody_is_no_accounts(company: Engine, tmp_path: Path) -> None:
    bring(company, tmp_path, "campaigns", [{**ROWS["campaigns"], "account_id": ""}])
    assert touched(company) == []


def test_where_most_accounts_are_touched_all_are(db: Session) -> None:
    ids = [rows.account(db) for _ in range(402)]
    connection = db.connection()
    touch(connection, ids[:201], now=NOW)
    assert waiting(db) == Waiting(201, False)
    assert len(take(db, 1_000)) == 201
    touch(connection, ids[:202], now=NOW)
    assert waiting(db) == Waiting(1, True)
    first = take(db, 400)
    assert first == ids[:400]
    assert waiting(db) == Waiting(2, False)
    touch(connection, ids[:1], now=NOW)
    assert take(db, 400) == [ids[0], *ids[400:]]
    assert waiting(db) == Waiting(0, False)


def test_what_is_taken_waits_again_where_the_work_fails(engine: Engine) -> None:
    with transaction(engine) as db:
        account_id = rows.account(db)
        touch(db.connection(), [account_id], now=NOW)

    def fail() -> None:
        with transaction(engine) as db:
            assert take(db, 1) == [account_id]
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with reading(engine) as db:
        assert waiting(db) == Waiting(1, False)
