"""The nightly evaluation (facts, scores, snapshots, rules, alerts) beside the bare SQL that reads what it needs.

    python -m benchmarks.nightly [postgresql] [ACCOUNTS ...]

Each number of accounts is a process of its own, for its memory. The first night opens alerts, the second one finds them
open; the SQL is every statement that the second one reads with, once more, with the same values and nothing made of it.
Memory is told after the first and the last portion of accounts of the first night, which grow apart if anything stays,
and as the most of all nights, beside that of the smallest number of accounts. On PostgreSQL, which computes in a
process of its own, the clock counts, and there is no bare SQL.
"""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, event

from benchmarks.books import TODAY, store
from benchmarks.servers import postgresql
from bot.judging import Night, look_at_everybody
from commands.core.request import Company
from storage.engine import open_engine
from storage.session import reading

LIMIT_RATIO, LIMIT_SECONDS, LIMIT_MEGABYTES = 5, 3, 300
LIMIT_POSTGRESQL_SECONDS = 40
LIMIT_GROWTH = 1.25
"""Times the memory of the smallest number of accounts, for up to four times as many."""
SIZES = (2_500, 5_000, 10_000)
SIZES_POSTGRESQL = (100_000,)
COMPANY = Company("USD", ZoneInfo("UTC"))


def night(engine: Engine, day: date) -> tuple[Night, float, float]:
    """One night with its seconds by the clock and of processor."""
    now = datetime.combine(day, datetime.min.time(), UTC) + timedelta(days=1, minutes=1)
    clock, processor = perf_counter(), process_time()
    found = look_at_everybody(engine, COMPANY, day, now)
    return found, perf_counter() - clock, process_time() - processor


def megabytes() -> float:
    """The most memory that this program has held; what the system says of a process counts its parent's, too."""
    (line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


@contextmanager
def portions(engine: Engine) -> Iterator[list[float]]:
    """The memory after each portion of accounts, in MB, while the block lasts: each is committed by itself."""
    after: list[float] = []

    def committed(_: object) -> None:
        after.append(megabytes())

    event.listen(engine, "commit", committed)
    yield after
    event.remove(engine, "commit", committed)


class Heard:
    """The statements that were asked, with their values."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Any]] = []

    def trace(self, statement: str) -> None:
        """SQLite is asked a statement."""
        if statement.lstrip().startswith(("SELECT", "WITH")):
            self.asked.append((statement, ()))


def bare(engine: Engine, day: date) -> float:
    """Seconds of processor for the SQL of a night: SQLite says each statement with its values written out."""
    heard = Heard()

    def listen(connection: Any, *_: object) -> None:  # noqa: ANN401
        connection.set_trace_callback(heard.trace)

    engine.dispose()
    event.listen(engine, "connect", listen)
    night(engine, day)
    event.remove(engine, "connect", listen)
    engine.dispose()
    with reading(engine) as db:
        cursor: Any = db.connection().connection.cursor()
        begun = process_time()
        for statement, values in heard.asked:
            cursor.execute(statement, values).fetchall()
        return process_time() - begun


def measure(url: str) -> None:
    """Three nights on a store of somebody else's making, so that the memory is that of the nights alone."""
    engine = open_engine(url)
    before = megabytes()
    with portions(engine) as after:
        first, *_ = night(engine, TODAY - timedelta(days=1))
    nights = [night(engine, TODAY) for _ in range(3)]
    peak = megabytes()
    found, clock, processor = min(nights, key=lambda one: one[2 if engine.dialect.name == "sqlite" else 1])
    sql = bare(engine, TODAY) if engine.dialect.name == "sqlite" else 0.0
    print(
        found.scored, len(first.judged.opened), clock, processor, sql, before, after[0], after[-2], len(after) - 1, peak
    )


def main(sizes: tuple[int, ...], *, server: bool) -> None:
    least: float | None = None
    for accounts in sizes:
        with postgresql(accounts=accounts) if server else store(people=True, accounts=accounts) as engine:
            url = engine.url.render_as_string(hide_password=False)
            command = [sys.executable, "-m", "benchmarks.nightly", url]
            said = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
        scored, opened, clock, processor, sql, before, begun, ended, count, peak = map(float, said)
        least = least or peak
        kept = {
            "time": clock <= LIMIT_POSTGRESQL_SECONDS if server else processor <= LIMIT_SECONDS or accounts > 10_000,
            "ratio": server or processor <= LIMIT_RATIO * sql,
            "memory": peak <= LIMIT_MEGABYTES,
            "growth": peak <= LIMIT_GROWTH * least,
        }
        ratio = "" if server else f"{processor / sql:5.2f} x its SQL ({sql:.2f} s), "
        print(
            f"{accounts:>7,} accounts, {scored:,.0f} scored, {opened:,.0f} alerts: {clock:6.2f} s by the clock, "
            f"{processor:6.2f} s of processor, {ratio}"
            f"{before:.0f} MB before, {begun:.0f} after the first of {count:.0f} portions, {ended:.0f} after the last, "
            f"{peak:.0f} at most ({peak / least:.2f} x){_verdict(kept)}"
        )


def _verdict(kept: Mapping[str, bool]) -> str:
    broken = [name for name, good in kept.items() if not good]
    return f"  TOO MUCH: {', '.join(broken)}" if broken else "  ok"


if __name__ == "__main__":
    if sys.argv[1:2] and "://" in sys.argv[1]:
        measure(sys.argv[1])
    elif sys.argv[1:2] == ["postgresql"]:
        main(tuple(map(int, sys.argv[2:])) or SIZES_POSTGRESQL, server=True)
    else:
        main(tuple(map(int, sys.argv[1:])) or SIZES, server=False)
