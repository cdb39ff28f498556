"""36 months of movements beside DuckDB, which computes them from subscriptions: python -m benchmarks.against_duckdb.

DuckDB gets its own copy of the subscriptions, in its native format, and two ways: from events (each row's start and end
as a change of its account's MRR, running sums by window functions) and by a month spine (every account's MRR at every
month's end). Both leave out what we tell besides: causes, customers lost and won, what was kept.
"""

from collections.abc import Callable
from datetime import date
from itertools import accumulate, repeat
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import duckdb
from sqlalchemy import Engine

from benchmarks.books import BEGIN, store
from metrics.money import Rates, home_only
from metrics.periods import Period, month_of
from metrics.types import BookFilter
from storage.queries.revenue import monthly_revenue
from storage.session import reading

SIZES = (10_000, 30_000, 100_000)
MONTHS: tuple[Period, ...] = tuple(accumulate(repeat(month_of(BEGIN), 36), lambda before, _: month_of(before.end)))
LAST = MONTHS[-1].last
LIMITS = {10_000: (20, 60), 30_000: (None, None), 100_000: (60, 300)}
"""Milliseconds for one month and for 36."""
FILTERED = 2
"""With a filter, at most so many times the event form."""

COPIED = {"subscription": "account_id, started_on, ended_on, amount", "account": "id, segment"}

EVENTS = """
WITH event AS (
    SELECT account_id, day, sum(change) AS change FROM (
        SELECT account_id, started_on AS day, amount AS change FROM subscription {where}
        UNION ALL
        SELECT account_id, ended_on, -amount FROM subscription {where_ended}
    ) GROUP BY account_id, day HAVING sum(change) <> 0
), line AS (
    SELECT account_id, day, change,
           sum(change) OVER account AS after,
           row_number() OVER account AS number
    FROM event WINDOW account AS (PARTITION BY account_id ORDER BY day)
)
SELECT date_trunc('month', day) AS month,
       sum(CASE WHEN after - change = 0 AND number = 1 THEN change END) AS new,
       sum(CASE WHEN after - change = 0 AND number > 1 THEN change END) AS reactivation,
       sum(CASE WHEN after - change > 0 AND change > 0 THEN change END) AS expansion,
       sum(CASE WHEN after > 0 AND change < 0 THEN change END) AS contraction,
       sum(CASE WHEN after = 0 AND change < 0 THEN change END) AS churn
FROM line WHERE day <= ? GROUP BY month ORDER BY month
"""
SPINE = """
WITH month AS (SELECT unnest(generate_series(DATE '2023-10-31', DATE '2026-10-31', INTERVAL 1 MONTH)) AS month_end),
state AS (
    SELECT account_id, last_day(month_end::DATE) AS month_end, sum(amount) AS mrr
    FROM month JOIN subscription
      ON started_on <= last_day(month_end::DATE) AND (ended_on IS NULL OR ended_on > last_day(month_end::DATE))
    GROUP BY ALL
), step AS (
    SELECT coalesce(now.month_end, last_day((before.month_end + INTERVAL 1 MONTH)::DATE)) AS month_end,
           coalesce(before.mrr, 0) AS before, coalesce(now.mrr, 0) AS after
    FROM state AS now FULL JOIN state AS before
      ON before.account_id = now.account_id AND last_day((before.month_end + INTERVAL 1 MONTH)::DATE) = now.month_end
)
SELECT month_end, sum(before), sum(after), sum(CASE WHEN before = 0 THEN after END),
       sum(CASE WHEN before > 0 AND after > before THEN after - before END),
       sum(CASE WHEN after > 0 AND after < before THEN before - after END), sum(CASE WHEN after = 0 THEN before END)
FROM step GROUP BY month_end ORDER BY month_end
"""


def best(work: Callable[[], object], times: int) -> float:
    """The least of several runs by the clock, in milliseconds: DuckDB uses every processor there is."""
    work()
    runs = []
    for _ in range(times):
        begun = perf_counter()
        work()
        runs.append(perf_counter() - begun)
    return min(runs) * 1000


def measure(engine: Engine, folder: Path, accounts: int) -> None:
    """Print one size."""
    duck = duckdb.connect(str(folder / f"{accounts}.duckdb"))
    _copy(engine, duck)
    rates = home_only("USD", LAST)
    last = (MONTHS[-1],)
    smb = BookFilter(segment="smb")
    csm = BookFilter(csm_email="csm-7@company.example")
    whole = EVENTS.format(where="", where_ended="WHERE ended_on IS NOT NULL")
    of_smb = "account_id IN (SELECT id FROM account WHERE segment = 'smb')"
    filtered = EVENTS.format(where=f"WHERE {of_smb}", where_ended=f"WHERE ended_on IS NOT NULL AND {of_smb}")
    with reading(engine) as db:
        _agree(db, duck, whole, rates)
        month_limit, all_limit = LIMITS[accounts]
        events = best(lambda: duck.execute(whole, [LAST]).fetchall(), 5)
        spine = best(lambda: duck.execute(SPINE).fetchall(), 3)
        events_smb = best(lambda: duck.execute(filtered, [LAST]).fetchall(), 5)
        works = {
            "one month": (lambda: monthly_revenue(db, last, rates=rates), month_limit),
            "36 months": (lambda: monthly_revenue(db, MONTHS, rates=rates), all_limit),
            "36 months of a segment": (lambda: monthly_revenue(db, MONTHS, rates=rates, book=smb), None),
            "36 months of a CSM": (lambda: monthly_revenue(db, MONTHS, rates=rates, book=csm), None),
        }
        print(f"\n{accounts:,} accounts")
        print(f"  {'DuckDB, events':<28}{events:9.1f} ms")
        print(f"  {'DuckDB, month spine':<28}{spine:9.1f} ms")
        print(f"  {'DuckDB, events of a segment':<28}{events_smb:9.1f} ms")
        for name, (work, limit) in works.items():
            took = best(work, 5)
            within = "" if limit is None else f"  limit {limit} ms {'ok' if took <= limit else 'TOO SLOW'}"
            beside = FILTERED * events_smb if " of a " in name else min(events, spine)
            ratio = f"{took / beside:6.2f} of {'twice the events' if ' of a ' in name else 'the faster one'}"
            print(f"  {name:<28}{took:9.1f} ms  {ratio} {'ok' if took <= beside else 'TOO SLOW'}{within}")
    duck.close()


def _copy(engine: Engine, duck: duckdb.DuckDBPyConnection) -> None:
    duck.execute("CREATE TABLE subscription (account_id INTEGER, started_on DATE, ended_on DATE, amount BIGINT)")
    duck.execute("CREATE TABLE account (id INTEGER, segment VARCHAR)")
    with reading(engine) as db:
        cursor = db.connection().connection.cursor()
        for table, columns in (
            ("subscription", "account_id, started_on, ended_on, amount"),
            ("account", "id, segment"),
        ):
            path = Path(str(engine.url.database)).parent / f"{table}.csv"
            cursor.execute(f"SELECT {columns} FROM {table}")
            with path.open("w") as file:
                file.writelines(",".join("" if v is None else str(v) for v in row) + "\n" for row in cursor.fetchall())
            duck.execute(f"COPY {table} FROM '{path}' (HEADER false, NULLSTR '')")


def _agree(db: object, duck: duckdb.DuckDBPyConnection, whole: str, rates: Rates) -> None:
    """Both tell the same movements, or the times mean nothing."""
    ours = {facts.start: facts for facts in monthly_revenue(db, MONTHS, rates=rates)}  # type: ignore[arg-type]
    for month, new, reactivation, expansion, contraction, churn in duck.execute(whole, [LAST]).fetchall():
        facts = ours[date(month.year, month.month, 1)]
        told = [abs(int(value or 0)) for value in (new, reactivation, expansion, contraction, churn)]
        assert told == [facts.new, facts.reactivation, facts.expansion, facts.contraction, facts.churn], (facts, told)


if __name__ == "__main__":
    for size in SIZES:
        with TemporaryDirectory() as folder, store(accounts=size) as engine:
            measure(engine, Path(folder), size)
