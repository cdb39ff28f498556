"""Processes that do all that a bot does by the clock, killed at any moment: each digest and each alert comes once."""

import random
import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, func, select

from bot.playground.double import Channel, SlackDouble, Team, User, World
from commands.core.digest_plan import JOB as DIGEST
from metrics.timetable import WEEKDAYS
from storage.queries import schedules
from storage.queries.people_known import Person
from storage.queries.people_known import remember as remember_person
from storage.queries.remembered import remember
from storage.queries.schedules import Schedule
from storage.queries.tables import alert, alert_event, job_run, outbox
from storage.session import Session, reading, transaction
from storage.touched import touch
from tests.bot.killed import KILLS, PAUSES, Mother, Workers, all_sent, work_begins, workers
from tests.bot.worker_process import LEASE
from tests.storage.queries import rows

CHANNELS = [f"C0{number:03}" for number in range(25)]
CSMS = [f"U0{number:03}" for number in range(max(KILLS, PAUSES) // 2 + 1)]
"""Each with one account: several alerts for one of them would come as one message."""
EVERY_DAY = ",".join(WEEKDAYS)

WORLD = World(
    team=Team("T0US", "Us"),
    users=[User(each, each.lower(), each, f"{each.lower()}@us.example") for each in CSMS],
    channels=[Channel(each, each.lower(), members=CSMS[:1]) for each in CHANNELS],
)
AT_GREENWICH = ("UTC", *(f"Africa/{place}" for place in ("Abidjan", "Accra", "Bamako", "Banjul", "Dakar", "Lome")))
"""Zones with the same clock: the digests of one zone's minute are spread over the next ones."""


class Company:
    """Customers of whom a worrying thing becomes known one after the other, and people who want digests."""

    def __init__(self, engine: Engine, accounts: int) -> None:
        self.engine = engine
        self.digests = 0
        self._waiting = []
        with transaction(engine) as db:
            remember(db, "signals_introduced_on", "2026-01-01")
            for user in CSMS[:accounts]:
                email = f"{user.lower()}@us.example"
                remember_person(db, Person(user, email, user, "en", "UTC"), now=datetime.now(UTC))
                account_id = rows.account(db, created_on=date(2025, 1, 1), csm_email=email)
                rows.subscribe(db, account_id, rows.paid(date(2025, 1, 1)))
                self._waiting.append(account_id)
        self.alerts = accounts

    def something_happens(self, number: int) -> None:
        """A digest is due, or there is new data of a customer."""
        now = datetime.now(UTC)
        with transaction(self.engine) as db:
            if number % 2:
                self._digest(db, CHANNELS[number % len(CHANNELS)], now)
            else:
                self._escalation(db, self._waiting.pop(), now)

    def all_decided(self) -> bool:
        """Whether every digest has been composed and every alert told."""
        with reading(self.engine) as db:
            return (digests_run(db), told(db)) == (self.digests, self.alerts - len(self._waiting))

    def _digest(self, db: Session, channel: str, now: datetime) -> None:
        slot = now.replace(second=0, microsecond=0)
        self.digests += 1
        rule = f"{EVERY_DAY} {slot:%H:%M}"
        nominal = slot.replace(tzinfo=None)
        zone = AT_GREENWICH[self.digests % len(AT_GREENWICH)]
        schedules.add(db, Schedule(0, DIGEST, channel, CSMS[0], "", rule, zone, "en", {}, False, nominal, slot, now))

    def _escalation(self, db: Session, account_id: int, now: datetime) -> None:
        ticket = {"key": f"t-{account_id}", "account_id": account_id, "opened_at": now - timedelta(hours=1)}
        rows.add(db, "ticket", **ticket, escalated=True)
        touch(db.connection(), [account_id], now=now)


def digests_run(db: Session) -> int:
    done = select(func.count()).select_from(job_run).where(job_run.c.job == DIGEST, job_run.c.state == "done")
    return int(db.execute(done).scalar_one())


def told(db: Session) -> int:
    said = select(func.count(alert_event.c.alert_id.distinct())).where(alert_event.c.kind == "told")
    return int(db.execute(said).scalar_one())


def each_came_once(company: Company, double: SlackDouble, what: str) -> None:
    """One alert of each account, one message about each alert, a digest and its thread of each schedule, on Slack."""
    with reading(company.engine) as db:
        states = Counter(db.execute(select(outbox.c.state)).scalars())
        decided = Counter(db.execute(select(outbox.c.purpose)).scalars())
        attempts = Counter(db.execute(select(outbox.c.attempts)).scalars())
        runs = Counter(db.execute(select(job_run.c.attempts).where(job_run.c.job == DIGEST)).scalars())
        marks = {row.mark: row.purpose for row in db.execute(select(outbox.c.mark, outbox.c.purpose))}
        accounts = Counter(db.execute(select(alert.c.account_id)).scalars())
    directs = [channel for channel in CSMS if channel in told_directly(double)]
    places = [*CHANNELS, *(double.direct_channel(user) for user in directs)]
    seen = Counter(
        block["block_id"]
        for place in places
        for message in double.messages(place)
        for block in message.blocks
        if block.get("block_id") in marks
    )
    posted = Counter(marks[mark] for mark in seen.elements())
    print(  # noqa: T201
        f"{what}: decided {dict(decided)}, posted {dict(posted)}, attempts at messages {dict(attempts)}, "
        f"at digests {dict(runs)}, taken back {sum(call.method == 'chat.delete' for call in double.calls)}"
    )
    assert decided == {"digest": company.digests, "digest-thread": company.digests, "alert": company.alerts}
    assert set(accounts.values()) == {1}
    assert len(accounts) == company.alerts
    assert states == {"sent": sum(decided.values())}
    assert posted == decided
    assert set(seen.values()) == {1}
    assert sum(len(double.messages(place)) for place in places) == sum(decided.values())


def told_directly(double: SlackDouble) -> set[str]:
    """The people whom the bot has written to."""
    return {str(call.args.get("users")) for call in double.calls if call.method == "conversations.open"}


def happen(company: Company, double: SlackDouble, chance: random.Random, number: int) -> None:
    """Something happens, and some moment has come: in the middle of a message, or of whatever it leads to."""
    company.something_happens(number)
    if chance.random() < 0.5:
        work_begins(double)
        time.sleep(chance.uniform(0, 0.03))
    else:
        time.sleep(chance.uniform(0, 0.4))


@pytest.mark.slow
@pytest.mark.parametrize("processes", [1, 3])
def test_kills_at_any_moment_cost_no_digest_and_no_alert_and_double_none(
    worker_mother: Mother, engine: Engine, processes: int
) -> None:
    chance = random.Random(processes)
    company = Company(engine, (KILLS + 1) // 2)
    with SlackDouble(WORLD) as double, workers(worker_mother, engine, double, processes, "everything") as at_work:
        for number in range(KILLS):
            happen(company, double, chance, number)
            at_work.kill_one(chance)
        all_sent(engine, at_work, company.all_decided)
        assert at_work.kills == KILLS
        each_came_once(company, double, f"{KILLS} kills, {processes} processes")


@pytest.mark.slow
def test_processes_paused_for_longer_than_their_leases_do_nothing_twice(worker_mother: Mother, engine: Engine) -> None:
    """Others take over runs and messages that it had begun; it goes on in the middle of whatever it was doing."""
    chance = random.Random(17)
    company = Company(engine, (PAUSES + 1) // 2)
    pauses = 0
    with SlackDouble(WORLD) as double, workers(worker_mother, engine, double, 3, "everything") as at_work:
        for number in range(PAUSES):
            happen(company, double, chance, number)
            pauses += pause(at_work, chance)
        all_sent(engine, at_work, company.all_decided)
        time.sleep(1)  # whoever went on last takes back what came twice
        each_came_once(company, double, f"{pauses} pauses beyond the lease, 3 processes")


def pause(at_work: Workers, chance: random.Random) -> bool:
    """Let one sleep for longer than its lease, if one is awake."""
    if len(at_work.asleep) == 3:
        return False
    at_work.sleep_one(chance, LEASE.total_seconds() * chance.uniform(1.1, 1.8))
    return True
