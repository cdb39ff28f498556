"""The stored ledger by other rules than the usual ones: right after every import, every setting and every day."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from metrics.types import ChurnDate, LedgerRules
from storage.ledger import follow_invoices, keep_rules, settle_rules
from storage.schema import metadata
from storage.session import loading, reading, transaction
from tests.examples import examples
from tests.factories import accounts, complaints, contents, counts, import_files, stored, subscription, write_csv

START = date(2026, 1, 1)
LAST = 80
ACCOUNTS = ("a1", "a2", "a3")
LATE = LedgerRules(past_due_days=7)
NOTICE = LedgerRules(churn_date=ChurnDate.CANCELLATION)


def at(number: int) -> datetime:
    return datetime.combine(START, datetime.min.time(), UTC) + timedelta(days=number, hours=12)


def day(number: int) -> str:
    return (START + timedelta(days=number)).isoformat()


def invoice(key: str = "i1", account: str = "a1", **values: object) -> dict[str, object]:
    """A bill of 100 EUR, due on the first of January, that is open."""
    found = {"invoice_id": key, "account_id": account, "amount": "100.00", "currency": "EUR", "due_on": day(0)}
    return {**found, "paid_on": "", "status": "open", **values}


@st.composite
def subscriptions(draw: st.DrawFn) -> dict[str, object]:
    start = draw(st.integers(0, LAST))
    end = draw(st.none() | st.integers(start, LAST))
    notice = draw(st.none() | st.integers(0, LAST if end is None else end))
    return subscription(
        draw(st.sampled_from(("s1", "s2", "s3"))),
        draw(st.sampled_from(ACCOUNTS)),
        amount=draw(st.sampled_from(("0", "10.00", "250"))),
        currency=draw(st.sampled_from(("EUR", "EUR", "USD"))),
        started_on=day(start),
        ended_on="" if end is None else day(end),
        cancelled_on="" if notice is None else day(notice),
    )


@st.composite
def invoices(draw: st.DrawFn) -> dict[str, object]:
    paid = draw(st.none() | st.integers(0, LAST))
    return invoice(
        draw(st.sampled_from(("i1", "i2", "i3", "i4"))),
        draw(st.sampled_from(ACCOUNTS)),
        amount=draw(st.sampled_from(("100.00", "100.00", "-100.00", "0"))),
        due_on=day(draw(st.integers(0, LAST))),
        paid_on="" if paid is None else day(paid),
        status=draw(st.sampled_from(("open", "paid", "failed", "void", "refunded"))),
    )


all_rules = st.builds(
    LedgerRules, st.sampled_from((0, 0, 4)), st.sampled_from(ChurnDate), st.sampled_from((None, 0, 7))
)
steps = st.one_of(
    st.tuples(st.just("subscriptions"), st.lists(subscriptions(), min_size=1, max_size=5)),
    st.tuples(st.just("invoices"), st.lists(invoices(), min_size=1, max_size=5)),
    st.tuples(st.just("days"), st.integers(1, 30)),
    st.tuples(st.just("rules"), all_rules),
)


def ledger_of(engine: Engine) -> Mapping[str, Any]:
    found = contents(engine)
    return {name: found[name] for name in ("mrr_movement", "mrr_rollup", "setting")}


def clear(engine: Engine, *names: str) -> None:
    with transaction(engine) as db:
        for table in reversed(metadata().sorted_tables):
            if not names or table.name in names:
                db.execute(table.delete())


@settings(
    max_examples=examples(40),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(first=all_rules, happens=st.lists(steps, min_size=1, max_size=12), chance=st.randoms())
def test_it_equals_a_rebuild_whatever_comes_in_and_whatever_time_passes(
    engine: Engine, tmp_path: Path, first: LedgerRules, happens: list[tuple[str, Any]], chance: Random
) -> None:
    clear(engine)
    rules, today = first, 0
    import_files(engine, write_csv(tmp_path / "accounts.csv", accounts(*ACCOUNTS)), rules=rules, now=at(today))
    for what, value in happens:
        if what == "rules":
            rules = value
        elif what == "days":
            today += value
        else:
            path = write_csv(tmp_path / f"{what}.csv", value)
            assert import_files(engine, path, rules=rules, now=at(today)).flawless
        if chance.random() < 0.5:
            keep_rules(engine, rules, at(today).date())
    keep_rules(engine, rules, at(today).date())
    right = ledger_of(engine)
    keep_rules(engine, rules, at(today).date())
    assert ledger_of(engine) == right
    clear(engine, "mrr_movement", "mrr_rollup", "setting")
    with loading(engine) as db:
        settle_rules(db.connection(), rules, at(today).date())
    assert ledger_of(engine) == right


def lines(engine: Engine) -> list[tuple[Any, ...]]:
    """Day, kind and cause of the only account's lines."""
    with reading(engine) as db:
        c = metadata().tables["mrr_movement"].c
        rows = db.execute(metadata().tables["mrr_movement"].select().order_by(c.day))
        return [((row.day - START).days, row.kind, row.cause) for row in rows]


def begin(engine: Engine, tmp_path: Path, rules: LedgerRules, today: int, **values: Any) -> None:
    paths = [
        write_csv(tmp_path / "accounts.csv", accounts("a1")),
        write_csv(tmp_path / "subscriptions.csv", [subscription(**values)]),
    ]
    assert import_files(engine, *paths, rules=rules, now=at(today)).flawless


def bill(engine: Engine, tmp_path: Path, today: int, **values: Any) -> None:
    path = write_csv(tmp_path / "invoices.csv", [invoice(**values)])
    assert import_files(engine, path, rules=LATE, now=at(today)).flawless


def test_a_bill_becomes_past_due_without_any_import(engine: Engine, tmp_path: Path) -> None:
    begin(engine, tmp_path, LATE, today=5)
    bill(engine, tmp_path, today=5)
    assert lines(engine) == [(0, "new", None)]
    keep_rules(engine, LATE, at(7).date())
    assert lines(engine) == [(0, "new", None)]
    keep_rules(engine, LATE, at(8).date())
    assert lines(engine) == [(0, "new", None), (8, "churn", "payment_failure")]
    assert stored(engine, "SELECT value FROM setting") == [("0 service_end 7 2026-01-09",)]


def test_paying_brings_the_customer_back_and_a_void_bill_never_took_it_away(engine: Engine, tmp_path: Path) -> None:
    begin(engine, tmp_path, LATE, today=30)
    bill(engine, tmp_path, today=30)
    assert [kind for _, kind, _ in lines(engine)] == ["new", "churn"]
    bill(engine, tmp_path, today=30, paid_on=day(20), status="paid")
    assert lines(engine)[2:] == [(20, "reactivation", None)]
    bill(engine, tmp_path, today=30, status="void")
    assert lines(engine) == [(0, "new", None)]


def test_a_payment_that_is_announced_counts_from_its_day(engine: Engine, tmp_path: Path) -> None:
    begin(engine, tmp_path, LATE, today=10)
    bill(engine, tmp_path, today=10, paid_on=day(20), status="paid")
    assert [kind for _, kind, _ in lines(engine)] == ["new", "churn"]
    keep_rules(engine, LATE, at(20).date())
    assert lines(engine)[2:] == [(20, "reactivation", None)]


def test_an_invoice_that_moves_to_another_account_is_owed_there(engine: Engine, tmp_path: Path) -> None:
    paths = [
        write_csv(tmp_path / "accounts.csv", accounts("a1", "a2")),
        write_csv(tmp_path / "subscriptions.csv", [subscription("s1", "a1"), subscription("s2", "a2")]),
    ]
    import_files(engine, *paths, rules=LATE, now=at(30))
    for owing in ("a1", "a2"):
        bill(engine, tmp_path, today=30, account=owing)
        owed = "SELECT a.key FROM mrr_movement m JOIN account a ON a.id = m.account_id WHERE m.kind = 'churn'"
        assert stored(engine, owed) == [(owing,)]


def test_by_default_nobody_asks_whose_invoices_come_in(engine: Engine, tmp_path: Path) -> None:
    begin(engine, tmp_path, LedgerRules(), today=30)
    with loading(engine) as db:
        follow_invoices(db.connection(), {})()
    assert lines(engine) == [(0, "new", None)]


def test_churn_on_the_day_of_notice(engine: Engine, tmp_path: Path) -> None:
    begin(engine, tmp_path, NOTICE, today=30, ended_on=day(40), cancelled_on=day(12), end_reason="voluntary")
    assert lines(engine) == [(0, "new", None), (12, "churn", "voluntary")]
    keep_rules(engine, LedgerRules(), at(30).date())
    assert lines(engine) == [(0, "new", None), (40, "churn", "voluntary")]


def test_notice_without_an_end_is_no_end_yet(engine: Engine, tmp_path: Path) -> None:
    begin(engine, tmp_path, LedgerRules(), today=30, cancelled_on=day(12))
    assert lines(engine) == [(0, "new", None)]
    keep_rules(engine, NOTICE, at(30).date())
    assert lines(engine)[1:] == [(12, "churn", "other")]


def test_notice_after_the_end_is_refused(engine: Engine, tmp_path: Path) -> None:
    import_files(engine, write_csv(tmp_path / "accounts.csv", accounts("a1")))
    sent = [
        subscription("s1", ended_on=day(40), cancelled_on=day(41)),
        subscription("s2", ended_on=day(40), cancelled_on=day(40)),
        subscription("s3", cancelled_on="soon"),
        subscription("s4", ended_on="never", cancelled_on=day(3)),
    ]
    report = import_files(engine, write_csv(tmp_path / "subscriptions.csv", sent))
    assert counts(report) == (4, 1, 0, 0, 3)
    assert [complaint[:3] for complaint in complaints(report)] == [
        (2, "cancelled_on", "is after 2026-02-10, the end"),
        (4, "cancelled_on", "is not a date YYYY-MM-DD"),
        (5, "ended_on", "is not a date YYYY-MM-DD"),
    ]


def test_a_file_without_the_column_leaves_the_notice_alone(engine: Engine, tmp_path: Path) -> None:
    begin(engine, tmp_path, LedgerRules(), today=30, cancelled_on=day(12))
    path = write_csv(tmp_path / "subscriptions.csv", [subscription(amount="120.00")])
    assert counts(import_files(engine, path)) == (1, 0, 1, 0, 0)
    notices = "SELECT CAST(cancelled_on AS text) FROM subscription"
    assert stored(engine, notices) == [(day(12),)]
    sent = subscription(cancelled_on=day(20))
    del sent["ended_on"]
    assert counts(import_files(engine, write_csv(path, [sent]))) == (1, 0, 1, 0, 0)
    assert stored(engine, notices) == [(day(20),)]


def test_a_store_that_only_knew_grace_days_is_kept_or_built_anew(engine: Engine, tmp_path: Path) -> None:
    begin(engine, tmp_path, LedgerRules(3), today=30)
    with transaction(engine) as db:
        setting = metadata().tables["setting"]
        db.execute(setting.update().values(value="3"))
    before = contents(engine)
    keep_rules(engine, LedgerRules(3), at(30).date())
    assert contents(engine) == before
    keep_rules(engine, LATE, at(30).date())
    assert stored(engine, "SELECT value FROM setting") == [("0 service_end 7 2026-01-31",)]
