"""The stored ledger: right after every import, whatever came in and in whichever order."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from metrics.money import monthly
from metrics.movements import ledger
from metrics.types import EndReason, Interval, LedgerRules, Movement, SubscriptionRow
from storage import load_file
from storage.importers import csv_file
from storage.ledger import keep_rules, rebuild
from storage.schema import metadata
from storage.session import loading, transaction
from tests.examples import examples
from tests.factories import NOW, accounts, contents, counts, import_files, stored, subscription, write_csv

ACCOUNTS = ("a1", "a2", "a3")
START = date(2026, 1, 1)
DAYS = st.integers(0, 40).map(lambda days: START + timedelta(days=days))


@st.composite
def rows(draw: st.DrawFn) -> dict[str, object]:
    """One row; few keys and days, so that rows correct each other and meet on the same day."""
    started_on = draw(DAYS)
    ended_on = draw(st.none() | st.integers(0, 30).map(lambda days: started_on + timedelta(days=days)))
    return subscription(
        draw(st.sampled_from(("s1", "s2", "s3", "s4"))),
        draw(st.sampled_from(ACCOUNTS)),
        product=draw(st.sampled_from(("Core", "Extra"))),
        plan=draw(st.sampled_from(("Basic", "Plus"))),
        quantity=draw(st.integers(0, 3)),
        amount=draw(st.sampled_from(("0", "10.00", "10.01", "250"))),
        currency=draw(st.sampled_from(("EUR", "EUR", "USD"))),
        interval=draw(st.sampled_from(list(Interval))).value,
        started_on=started_on.isoformat(),
        ended_on=ended_on.isoformat() if ended_on else "",
        end_reason=draw(st.sampled_from(("", *EndReason))),
    )


def expected(sent: Sequence[Mapping[str, Any]], grace_days: int) -> dict[str, tuple[Movement, ...]]:
    """The ledger of each account from the last version of every row."""
    last = {(row["subscription_id"], row["started_on"]): row for row in sent}
    by_account: defaultdict[str, list[SubscriptionRow]] = defaultdict(list)
    for row in last.values():
        by_account[row["account_id"]].append(as_row(row))
    found = {account: ledger(its, grace_days=grace_days) for account, its in by_account.items()}
    return {account: lines for account, lines in found.items() if lines}


def as_row(row: Mapping[str, Any]) -> SubscriptionRow:
    return SubscriptionRow(
        subscription=row["subscription_id"],
        product=row["product"],
        plan=row["plan"],
        quantity=row["quantity"],
        amount=round(float(row["amount"]) * 100),
        currency=row["currency"],
        interval=Interval(row["interval"]),
        interval_count=1,
        started_on=date.fromisoformat(row["started_on"]),
        ended_on=date.fromisoformat(row["ended_on"]) if row["ended_on"] else None,
        end_reason=EndReason(row["end_reason"]) if row["end_reason"] else None,
    )


def found(engine: Engine) -> dict[str, tuple[Movement, ...]]:
    """The stored ledger by account."""
    line, account = metadata().tables["mrr_movement"], metadata().tables["account"]
    lines: defaultdict[str, list[Movement]] = defaultdict(list)
    with transaction(engine) as db:
        query = account.join(line).select().with_only_columns(account.c.key, *(line.c[f] for f in Movement._fields))
        for key, *values in db.execute(query.order_by(line.c.day, line.c.currency)):
            lines[key].append(Movement(*values))
    return {key: tuple(its) for key, its in lines.items()}


def clear(engine: Engine) -> None:
    with transaction(engine) as db:
        for table in reversed(metadata().sorted_tables):
            db.execute(table.delete())


@settings(
    max_examples=examples(40),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(sent=st.lists(rows(), min_size=1, max_size=25), grace_days=st.sampled_from((0, 0, 5)), chance=st.randoms())
def test_it_equals_a_rebuild_whatever_the_order_of_files_and_corrections(
    engine: Engine, tmp_path: Path, sent: list[dict[str, object]], grace_days: int, chance: Random
) -> None:
    clear(engine)
    import_files(engine, write_csv(tmp_path / "accounts.csv", accounts(*ACCOUNTS)), rules=LedgerRules(grace_days))
    chance.shuffle(sent)
    rest = list(sent)
    while rest:
        size = chance.randint(1, len(rest))
        part, rest = rest[:size], rest[size:]
        report = import_files(engine, write_csv(tmp_path / "subscriptions.csv", part), rules=LedgerRules(grace_days))
        assert report.flawless
    right = expected(sent, grace_days)
    assert found(engine) == right
    before = contents(engine)
    with loading(engine) as db:
        rebuild(db.connection(), {row.id for row in db.execute(metadata().tables["account"].select())})
    assert contents(engine) == before

    if grace_days == 0:
        last = {(row["subscription_id"], row["started_on"]): as_row(row) for row in sent}.values()
        for day in (START + timedelta(days=days) for days in (0, 20, 45, 400)):
            running = (row for row in last if row.started_on <= day and (row.ended_on is None or day < row.ended_on))
            mrr = sum(monthly(row.amount, row.interval, row.interval_count) for row in running)
            lines = (line for its in right.values() for line in its if line.day <= day)
            assert sum(line.after - line.before for line in lines) == mrr


def test_batches_of_any_size_give_the_same_ledger(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_files(engine, write_csv(tmp_path / "accounts.csv", accounts(*(f"a{n}" for n in range(40)))))
    history = [
        subscription(f"s{n}", f"a{n}", started_on=f"2026-0{month}-01", ended_on=f"2026-0{month + 1}-01", amount=month)
        for month in range(1, 9)
        for n in range(40)
    ]
    path = write_csv(tmp_path / "subscriptions.csv", history)
    monkeypatch.setattr(load_file, "BATCH_ROWS", 1)
    monkeypatch.setattr(csv_file, "CHUNK_ROWS", 7)
    assert counts(import_files(engine, path)) == (320, 320, 0, 0, 0)
    sent = [row | {"amount": str(row["amount"])} for row in history]
    assert found(engine) == expected(sent, 0)


def test_a_subscription_that_moves_to_another_account_leaves_the_first(engine: Engine, tmp_path: Path) -> None:
    import_files(engine, write_csv(tmp_path / "accounts.csv", accounts("a1", "a2")))
    path = write_csv(tmp_path / "subscriptions.csv", [subscription("s1", "a1")])
    import_files(engine, path)
    assert set(found(engine)) == {"a1"}
    write_csv(path, [subscription("s1", "a2")])
    import_files(engine, path)
    assert set(found(engine)) == {"a2"}


def test_other_grace_days_rebuild_everything(engine: Engine, tmp_path: Path) -> None:
    import_files(engine, write_csv(tmp_path / "accounts.csv", accounts("a1")))
    gap = [subscription(ended_on="2026-02-01"), subscription(started_on="2026-02-04")]
    path = write_csv(tmp_path / "subscriptions.csv", gap)
    import_files(engine, path)
    assert [line.kind for line in found(engine)["a1"]] == ["new", "churn", "reactivation"]
    assert counts(import_files(engine, path, rules=LedgerRules(3))) == (2, 0, 0, 2, 0)
    assert [line.kind for line in found(engine)["a1"]] == ["new"]
    assert stored(engine, "SELECT value FROM setting") == [("3 service_end - -",)]
    keep_rules(engine, LedgerRules(2), NOW.date())
    assert [line.kind for line in found(engine)["a1"]] == ["new", "churn", "reactivation"]


def test_the_same_grace_days_are_kept_without_waiting_for_a_writer(sqlite_engine: Engine, tmp_path: Path) -> None:
    import_files(sqlite_engine, write_csv(tmp_path / "accounts.csv", accounts("a1")), rules=LedgerRules(3))
    before = contents(sqlite_engine)
    with transaction(sqlite_engine):
        keep_rules(sqlite_engine, LedgerRules(3), NOW.date())
    assert contents(sqlite_engine) == before


def test_an_account_whose_rows_are_all_free_has_no_lines(engine: Engine, tmp_path: Path) -> None:
    import_files(engine, write_csv(tmp_path / "accounts.csv", accounts("a1")))
    path = write_csv(tmp_path / "subscriptions.csv", [subscription()])
    import_files(engine, path)
    write_csv(path, [subscription(amount="0")])
    import_files(engine, path)
    assert found(engine) == {}


def test_two_imports_at_once_do_not_lose_each_others_rows(engine: Engine, tmp_path: Path) -> None:
    import_files(engine, write_csv(tmp_path / "accounts.csv", accounts("a1")))
    sent = [subscription(f"s{n}", started_on=f"2026-{1 + n % 12:02}-01", amount=str(1 + n)) for n in range(24)]
    paths = [write_csv(tmp_path / f"subscriptions-{n}.csv", [row]) for n, row in enumerate(sent)]
    with ThreadPoolExecutor(3) as pool:
        reports = list(pool.map(lambda first: import_files(engine, *paths[first::3]), range(3)))
    assert all(report.flawless for report in reports)
    assert found(engine) == expected(sent, 0)
