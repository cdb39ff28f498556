"""From a new data point to its alert in the outbox, by the clock, beside what of it was waiting.

    python -m benchmarks.alert_latency [postgresql] [ACCOUNTS [TIMES]]

As in production: the scheduler ticks and watches in a process of its own at its own intervals, and each data point, a
payment that failed, comes in by another process that does all that `latido import` does. The clock starts when the
import has its file before it, its process being there already, and stops when another process reads the message in the
outbox. Told apart are the import, until it has stored the row; the wait, until the scheduler asks for the next time
whether there is anything new; and the look at the account with the telling. Wait aside, all is ours.
"""

import csv
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Event, Thread
from time import monotonic, sleep
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, event, text

from benchmarks.books import ACCOUNTS, TODAY, USAGE_DAYS, store
from benchmarks.servers import postgresql
from bot.judging import look_at_everybody
from bot.kept_figures import keep_figures
from bot.opening import keep_up, open_store
from bot.product_use import count_use
from bot.scheduler import WATCH_SECONDS, start_scheduler
from commands.core.request import Company
from storage.load import load
from storage.queries.people_known import Person, remember
from storage.session import reading, transaction

LIMIT_SECONDS = 5
TIMES = 12
PATIENCE = 60.0
"""Seconds after which an alert is not waited for any longer."""
FIRST_TICK = 1_200.0
"""Seconds that the night of the whole company, its figures and all else that is due at first may take."""
EVERY = 0.01
"""Seconds between two looks into the outbox."""
CSMS = 40
MORNING = datetime.combine(TODAY + timedelta(days=1), time(9), UTC)
"""What time it is when the scheduler starts: the day before is over."""
COMPANY = Company("USD", ZoneInfo("UTC"))

_QUIET_PAYERS = text(
    "SELECT DISTINCT account.id, account.key FROM account JOIN subscription ON subscription.account_id = account.id "
    "WHERE subscription.started_on < :today AND subscription.ended_on IS NULL "
    "AND NOT EXISTS (SELECT 1 FROM alert WHERE alert.account_id = account.id AND alert.rule_id = 'payment_failed') "
    "AND NOT EXISTS (SELECT 1 FROM invoice WHERE invoice.account_id = account.id AND invoice.paid_on IS NULL) "
    "ORDER BY account.id LIMIT :most"
)
_TOLD = text(
    "SELECT 1 FROM outbox JOIN alert_place ON alert_place.outbox_id = outbox.id "
    "JOIN alert ON alert.id = alert_place.alert_id "
    "WHERE alert.account_id = :account AND alert.rule_id = 'payment_failed'"
)


class Taken(NamedTuple):
    """Seconds that one alert took."""

    imported: float
    waited: float
    looked: float

    @property
    def whole(self) -> float:
        """From the data point to its alert."""
        return sum(self)

    @property
    def ours(self) -> float:
        """What is work."""
        return self.imported + self.looked


# --- The scheduler's process ---------------------------------------------------------------------------------------


def schedule(url: str, began: float) -> None:
    """Tick and watch until nobody listens; say when a tick is over, and each time that new data is asked for."""
    engine = open_store(url)

    def listen(_connection: Any, _cursor: Any, statement: str, _values: Any, *_: Any) -> None:  # noqa: ANN401
        if statement.startswith("SELECT") and "min(touched_account" in statement:
            print("asks", monotonic(), flush=True)

    event.listen(engine, "before_cursor_execute", listen)
    scheduler = start_scheduler(engine, COMPANY, lambda: _now(began), lambda: print("ticked", monotonic(), flush=True))
    sys.stdin.read()
    scheduler.shutdown()
    engine.dispose()


@dataclass(slots=True)
class Scheduler:
    """That process as others hear it."""

    process: "subprocess.Popen[str]"
    ticked: Event = field(default_factory=Event)
    asks: list[float] = field(default_factory=list)
    """When it asked whether there is anything new."""

    def hear(self) -> None:
        """Until it ends."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            what, moment = line.split()
            if what == "ticked":
                self.ticked.set()
            else:
                self.asks.append(float(moment))
        self.ticked.set()


@contextmanager
def scheduling(url: str, began: float) -> Iterator[Scheduler]:
    """The scheduler while the block lasts, once all that is due at first is done."""
    with subprocess.Popen(
        _command("schedule", url, began), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        scheduler = Scheduler(process)
        ear = Thread(target=scheduler.hear, daemon=True)
        ear.start()
        try:
            if not scheduler.ticked.wait(FIRST_TICK) or process.poll() is not None:
                raise RuntimeError("the first tick does not end")
            yield scheduler
        finally:
            assert process.stdin is not None
            process.stdin.close()
            ear.join()


# --- The import's process ------------------------------------------------------------------------------------------


def bring(url: str, began: float) -> None:
    """What `latido import` does with the file that it is named; it says when it begins, and when the row is stored."""
    engine = open_store(url)
    print("ready", flush=True)
    path = Path(sys.stdin.readline().strip())
    begun = monotonic()
    report = load(engine, [path], zone=COMPANY.zone, home_currency=COMPANY.currency, now=_now(began))
    print(begun, monotonic(), flush=True)
    assert report.flawless, report
    assert report.files[0].new == 1, report
    keep_up(engine, COMPANY, _now(began))
    count_use(engine, COMPANY, _now(began))
    keep_figures(engine, COMPANY, _now(began))
    engine.dispose()


# --- The one who looks ---------------------------------------------------------------------------------------------


def prepare(engine: Engine) -> None:
    """A company whose signals have been looked at before, the night before last for the first time; its CSMs known."""
    day = TODAY - timedelta(days=1)
    night = datetime.combine(TODAY, time(0, 1), UTC)
    look_at_everybody(engine, COMPANY, day, night)
    with transaction(engine) as db:
        for number in range(CSMS):
            remember(db, Person(f"U{number:08}", f"csm-{number}@company.example"), now=night)


def time_one(engine: Engine, scheduler: Scheduler, folder: Path, account: tuple[int, str], began: float) -> Taken:
    """One payment that fails, up to its alert; what the import does afterwards is waited for, too."""
    account_id, key = account
    path = _invoice(folder, key)
    url = engine.url.render_as_string(hide_password=False)
    with subprocess.Popen(
        _command("bring", url, began), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as importer:
        assert importer.stdin is not None
        assert importer.stdout is not None
        importer.stdout.readline()
        print(path, file=importer.stdin, flush=True)
        begun, stored = map(float, importer.stdout.readline().split())
        told = _told(engine, account_id, until=begun + PATIENCE)
    if importer.returncode:
        raise RuntimeError("the import failed")
    asked = min((moment for moment in scheduler.asks if moment >= stored), default=stored)
    return Taken(stored - begun, asked - stored, told - asked)


def _told(engine: Engine, account_id: int, *, until: float) -> float:
    """When the alert stood in the outbox."""
    while monotonic() < until:
        with reading(engine) as db:
            if db.connection().execute(_TOLD, {"account": account_id}).first():
                return monotonic()
        sleep(EVERY)
    raise TimeoutError(f"no alert of account {account_id} in {PATIENCE:.0f} s")


def _invoice(folder: Path, key: str) -> Path:
    """A payment of this morning that failed, as a file by itself."""
    path = folder / f"invoices-{key}.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("invoice_id", "account_id", "amount", "currency", "due_on", "status", "failed_on"))
        writer.writerow((f"new-{key}", key, "120.00", "USD", TODAY, "failed", MORNING.date()))
    return path


def _now(began: float) -> datetime:
    """The company's time: morning when the benchmark began; the machine's clock is the same for all processes."""
    return MORNING + timedelta(seconds=monotonic() - began)


def _command(part: str, url: str, began: float) -> list[str]:
    return [sys.executable, "-m", "benchmarks.alert_latency", part, url, repr(began)]


def main(accounts: int = ACCOUNTS, times: int = TIMES, *, server: bool) -> None:
    made = postgresql(accounts=accounts) if server else store(people=True, accounts=accounts)
    with made as engine, TemporaryDirectory() as name:
        prepare(engine)
        began = monotonic()
        with scheduling(engine.url.render_as_string(hide_password=False), began) as scheduler:
            with reading(engine) as db:
                asked = {"today": TODAY, "most": times}
                chosen = [(row.id, row.key) for row in db.connection().execute(_QUIET_PAYERS, asked)]
            taken = [time_one(engine, scheduler, Path(name), account, began) for account in chosen]
        say(engine.dialect.name, accounts, taken)


def say(kind: str, accounts: int, taken: Sequence[Taken]) -> None:
    """The median and the worst of all alerts, and of each part by itself."""
    worst = max(one.whole for one in taken)
    verdict = "ok" if worst <= LIMIT_SECONDS else f"TOO MUCH: the limit is {LIMIT_SECONDS} s"
    print(
        f"{kind}, {accounts:,} accounts with {USAGE_DAYS} days of usage, {len(taken)} alerts: "
        f"{median(one.whole for one in taken):.2f} s in the median, {worst:.2f} s the worst  {verdict}"
    )
    parts = {
        "import": [one.imported for one in taken],
        f"wait (a look every {WATCH_SECONDS} s)": [one.waited for one in taken],
        "look and tell": [one.looked for one in taken],
        "all but the wait": [one.ours for one in taken],
    }
    for title, seconds in parts.items():
        share = sum(seconds) / sum(one.whole for one in taken)
        print(f"    {title:<24} {median(seconds):5.2f} s in the median, {max(seconds):5.2f} s the worst, {share:4.0%}")


if __name__ == "__main__":
    words = sys.argv[1:]
    if words[:1] in (["schedule"], ["bring"]):
        (schedule if words[0] == "schedule" else bring)(words[1], float(words[2]))
    else:
        server = words[:1] == ["postgresql"]
        main(*map(int, words[server:]), server=server)
