"""Importing usage on SQLite beside a bare executemany of the same rows: rows a second, their ratio, the memory.

    python -m benchmarks.import_usage [ROWS [ROUNDS]]

A ratio of 0.50 is the goal, 0.33 the least, with less than 300 MB. Each measurement is a process of its own on a
database of its own; the bare one has its rows in memory already and checks nothing. The best round of each counts.
"""

import csv
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from time import perf_counter, process_time
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from storage.columns import day_number
from storage.engine import open_engine
from storage.load import load
from storage.migrate import upgrade
from storage.session import transaction

ACCOUNTS = 1_000
FIRST_DAY = date(2026, 8, 1)
FEATURES = ("dashboard", "export", "api", "alerts", "")
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def usage() -> Iterator[tuple[str, date, str, str, int, int, float]]:
    """Rows without end, day after day, as a nightly export sends them."""
    chance = Random(7)
    day = FIRST_DAY
    while True:
        for account in range(ACCOUNTS):
            for user in range(5):
                for feature in chance.sample(FEATURES, 2):
                    counted = chance.randrange(40)
                    yield f"acc-{account}", day, f"user-{account}-{user}", feature, counted, counted * 7, counted * 1.5
        day += timedelta(days=1)


def write_files(folder: Path, rows: int) -> None:
    with (folder / "accounts.csv").open("w", newline="") as file:
        csv.writer(file).writerows([("account_id", "name"), *((f"acc-{n}", f"Account {n}") for n in range(ACCOUNTS))])
    with (folder / "usage.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("account_id", "day", "user_id", "feature", "sessions", "events", "minutes"))
        writer.writerows(islice(usage(), rows))


def fresh_database(folder: Path) -> Engine:
    (path := folder / "bench.db").unlink(missing_ok=True)
    engine = open_engine(f"sqlite:///{path}")
    upgrade(engine)
    load_file(engine, folder / "accounts.csv")
    return engine


def load_file(engine: Engine, path: Path) -> None:
    report = load(engine, [path], zone=ZoneInfo("UTC"), home_currency="EUR", now=NOW)
    assert report.files[0].new == report.files[0].read


class Taken(NamedTuple):
    """Seconds on the clock, seconds of processor, and the peak of memory."""

    clock: float
    processor: float
    megabytes: float


def timed(work: Callable[[], object]) -> Taken:
    clock, processor = perf_counter(), process_time()
    work()
    clock, processor = perf_counter() - clock, process_time() - processor
    return Taken(clock, processor, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def bare(folder: Path, rows: int) -> Taken:
    engine = fresh_database(folder)
    with engine.connect() as connection:
        ids = {row.key: row.id for row in connection.exec_driver_sql("SELECT key, id FROM account")}
    ready: list[tuple[Any, ...]] = [(ids[key], day_number(day), *rest) for key, day, *rest in islice(usage(), rows)]

    def insert() -> None:
        with transaction(engine) as db:
            cursor = db.connection().connection.cursor()
            cursor.executemany("INSERT INTO usage VALUES (?, ?, ?, ?, ?, ?, ?)", ready)

    return timed(insert)


def imported(folder: Path, _rows: int) -> Taken:
    engine = fresh_database(folder)
    return timed(lambda: load_file(engine, folder / "usage.csv"))


def measure(way: str, folder: Path, rows: int) -> Taken:
    """One way in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.import_usage", way, str(folder), str(rows)]
    return Taken(*map(float, subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()))


def best(taken: Sequence[Taken]) -> Taken:
    """The shortest times and the largest memory."""
    clock, processor, megabytes = zip(*taken, strict=True)
    return Taken(min(clock), min(processor), max(megabytes))


def main(rows: int = 1_000_000, rounds: int = 3) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_files(folder, rows)
        pairs = [(measure("bare", folder, rows), measure("imported", folder, rows)) for _ in range(rounds)]
    plain, ours = (best(taken) for taken in zip(*pairs, strict=True))
    for title, taken in (("bare executemany", plain), ("import of a CSV", ours)):
        rate = f"{rows / taken.clock:>9,.0f} rows/s"
        print(f"{title:<18} {rate}   {taken.clock:6.2f} s, {taken.processor:.2f} s of processor")
    clock, processor = plain.clock / ours.clock, plain.processor / ours.processor
    print(f"{'ratio':<18} {clock:.2f} by the clock, {processor:.2f} by the processor")
    print(f"{'memory':<18} {ours.megabytes:.0f} MB at most")


if __name__ == "__main__":
    if sys.argv[1:2] in (["bare"], ["imported"]):
        way = bare if sys.argv[1] == "bare" else imported
        print(*way(Path(sys.argv[2]), int(sys.argv[3])))
    else:
        main(*map(int, sys.argv[1:3]))
