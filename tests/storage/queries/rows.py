"""Rows for the store, with the least that a test has to say."""

from collections.abc import Sequence
from datetime import date
from itertools import count
from typing import Any

from sqlalchemy import insert

from metrics.movements import ledger
from metrics.rollup import is_mixed
from metrics.types import Interval, SubscriptionRow
from storage.folding import fold
from storage.queries import tables
from storage.rollup import follow_lines
from storage.session import Session

_numbers = count(1)


def add(db: Session, table: str, **values: Any) -> int:
    """Insert one row; its id where the table has one."""
    result = db.connection().execute(insert(tables.account.metadata.tables[table]).values(**values))
    key = result.inserted_primary_key
    return int(key[0]) if key is not None and "id" in tables.account.metadata.tables[table].c else 0


def account(db: Session, name: str = "", **values: Any) -> int:
    """An account; its key is a-1, a-2 … unless said otherwise."""
    number = next(_numbers)
    name = name or f"Account {number}"
    return add(db, "account", **{"key": f"a-{number}", "name": name, "folded_name": fold(name), **values})


def contact(db: Session, account_id: int, name: str, **values: Any) -> int:
    """A point of contact."""
    usual = {"key": f"c-{next(_numbers)}", "given_user_id": values.get("slack_user_id")}
    return add(db, "contact", **{**usual, "account_id": account_id, "name": name, "is_poc": True, **values})


def survey_wave(db: Session, **values: Any) -> int:
    """A wave of NPS that is running."""
    usual = {"kind": "nps", "name": "", "audience": {"to": "everybody"}, "place": "direct", "wording": {}, "one_in": 1}
    usual |= {"occurrence": f"w-{next(_numbers)}", "anonymous": False, "state": "running"}
    return add(db, "survey_wave", **{**usual, **values})


def survey_ask(db: Session, wave_id: int, account_id: int, **values: Any) -> int:
    """A question that was sent."""
    number = next(_numbers)
    usual: dict[str, Any]
    usual = {"kind": "nps", "occasion": f"o-{number}", "token": f"t-{number}", "state": "sent", "detail": {}}
    usual |= {"language": "en", "decided_at": values.get("asked_at")}
    return add(db, "survey_ask", **{"wave_id": wave_id, "account_id": account_id, **usual, **values})


def used(db: Session, account_id: int, day: date, user: str = "", feature: str = "", **counts: Any) -> None:
    """A row of usage, and its day in the roll-up."""
    counts = counts or {"sessions": 1}
    add(db, "usage", account_id=account_id, day=day, user_key=user, feature=feature, **counts)
    days = tables.usage_day
    known = db.connection().execute(days.select().where(days.c.day == day, days.c.feature == feature)).first()
    if known is None:
        add(db, "usage_day", day=day, feature=feature)


def paid(
    started_on: date,
    ended_on: date | None = None,
    amount: int = 10_000,
    currency: str = "USD",
    *,
    plan: str = "Team",
    product: str = "Core",
    **values: Any,
) -> SubscriptionRow:
    """A monthly subscription row."""
    return SubscriptionRow(
        subscription=values.pop("subscription", "s-1"),
        product=product,
        plan=plan,
        quantity=values.pop("quantity", 1),
        amount=amount,
        currency=currency,
        interval=Interval.MONTH,
        interval_count=1,
        started_on=started_on,
        ended_on=ended_on,
        **values,
    )


def subscribe(db: Session, account_id: int, *rows: SubscriptionRow) -> None:
    """Store the ledger of an account that has these subscription rows."""
    store_lines(db, account_id, rows)


def store_lines(db: Session, account_id: int, rows: Sequence[SubscriptionRow]) -> None:
    """The ledger that follows from the rows."""
    lines = ledger(rows)
    if lines:
        values = [{"account_id": account_id, "mixed": is_mixed(lines), **line._asdict()} for line in lines]
        db.connection().execute(insert(tables.mrr_movement), values)
        follow_lines(db.connection(), {}, {account_id: lines})
