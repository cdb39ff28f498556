"""Speed of the revenue figures beside a plain scan of the same subscriptions: python -m benchmarks.revenue."""

from datetime import date
from itertools import accumulate, repeat

from sqlalchemy import Engine

from benchmarks.books import BEGIN, TODAY, best, store
from metrics.periods import Period, month_of
from metrics.types import BookFilter
from storage.queries.rates import rates_on
from storage.queries.revenue import account_moves, count_moves, monthly_revenue, revenue
from storage.session import reading

ONE_MONTH_MS, ALL_MONTHS_MS = 15, 60
_SCAN = "SELECT sum(amount), count(*) FROM subscription WHERE started_on < ?"


def months() -> tuple[Period, ...]:
    first = month_of(BEGIN)
    return tuple(accumulate(repeat(first, 36), lambda before, _: month_of(before.end)))


def measure(engine: Engine, title: str) -> None:
    last = month_of(date(2026, 10, 1))
    quarter = Period(date(2026, 7, 1), date(2026, 10, 1))
    year = Period(date(2025, 11, 1), TODAY)
    with reading(engine) as db:
        connection = db.connection()
        count, lines = (connection.exec_driver_sql(f"SELECT count(*) FROM {t}").scalar() for t in
                        ("subscription", "mrr_movement"))  # fmt: skip
        rates = rates_on(db, last.last, home="USD")
        facts = revenue(db, last, rates=rates)
        print(f"\n{title}: {count:,} subscription rows, {lines:,} lines, {facts.customers_opening:,} customers")
        scan = best(lambda: connection.exec_driver_sql(_SCAN, ("2026-11-01",)).all())
        smb = BookFilter(segment="smb")
        works = {
            "a plain scan of the subscriptions": (lambda: None, None),
            f"one month (limit {ONE_MONTH_MS} ms)": (lambda: revenue(db, last, rates=rates), ONE_MONTH_MS),
            "one month of one segment": (lambda: revenue(db, last, rates=rates, book=smb), None),
            "a quarter": (lambda: revenue(db, quarter, rates=rates), None),
            "twelve months as one period": (lambda: revenue(db, year, rates=rates), None),
            "twelve months one by one": (lambda: monthly_revenue(db, months()[-12:], rates=rates), None),
            f"36 months (limit {ALL_MONTHS_MS} ms)": (
                lambda: monthly_revenue(db, months(), rates=rates),
                ALL_MONTHS_MS,
            ),
            "36 months of one segment": (lambda: monthly_revenue(db, months(), rates=rates, book=smb), None),
            "accounts behind a month, 10 shown": (lambda: account_moves(db, last, rates=rates, limit=10), None),
            "accounts behind a month, counted": (lambda: count_moves(db, last, rates=rates), None),
        }
        for name, (work, limit) in works.items():
            took = best(work) if "plain scan" not in name else scan
            verdict = "" if limit is None else ("  ok" if took <= limit else "  TOO SLOW")
            print(f"  {name:<42}{took:8.2f} ms  {took / scan:6.2f} x{verdict}")


if __name__ == "__main__":
    with store() as engine:
        measure(engine, "One currency")
    with store(currencies=("USD", "EUR", "GBP")) as engine:
        measure(engine, "Three currencies")
