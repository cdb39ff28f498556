"""Schedules at work: each occurrence once, whoever is there to run it, whatever the clocks do."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from multiprocessing import get_context
from random import Random
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import OperationalError

from bot.jobs import Job, JobContext, Ran
from bot.runner import LEASE, Runner
from commands.core.request import Company
from metrics.errors import MissingRate
from metrics.timetable import WEEKDAYS, first_slot, instant_of, timetable_of
from storage.engine import open_engine
from storage.queries import schedules
from storage.queries.schedules import Schedule
from storage.queries.tables import job_run
from storage.session import reading, transaction
from tests.bot.asleep import once_before

COMPANY = Company("USD", ZoneInfo("Europe/Madrid"))
MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
"""Nine in the morning in Madrid."""


class Diary:
    """A job that notes its occurrences."""

    def __init__(self, *faults: Exception) -> None:
        self.seen: list[tuple[int, str, bool]] = []
        self.before: list[Mapping[str, object] | None] = []
        self._faults = list(faults)

    def job(self) -> Job:
        return Job("digest", "Notes", self._run)

    def _run(self, context: JobContext) -> Ran:
        occurrence = context.occurrence
        assert occurrence is not None
        if self._faults:
            raise self._faults.pop(0)
        self.seen.append((occurrence.schedule.id, f"{occurrence.slot:%Y-%m-%dT%H:%M}", occurrence.late))
        self.before.append(occurrence.before)
        return Ran("noted", {"day": context.day.isoformat()})


def context(engine: Engine, now: datetime) -> JobContext:
    return JobContext(engine, COMPANY, now.date() - timedelta(days=1), now)


def new(rule: str, zone: str = "Europe/Madrid", *, since: datetime, paused: bool = False) -> Schedule:
    slot = first_slot(timetable_of(rule), since, ZoneInfo(zone))
    at = instant_of(slot, ZoneInfo(zone))
    return Schedule(0, "digest", "C0CS", "U0ANA", "", rule, zone, "en", {}, paused, slot, at, since)


def make(engine: Engine, *made: Schedule) -> list[int]:
    with transaction(engine) as db:
        return [schedules.add(db, each) for each in made]


def states(engine: Engine) -> list[tuple[str, str]]:
    with reading(engine) as db:
        found = db.execute(select(job_run.c.slot, job_run.c.state).order_by(job_run.c.slot))
        return [(row.slot, row.state) for row in found]


def test_an_occurrence_happens_at_its_moment_and_once(engine: Engine) -> None:
    diary = Diary()
    (id_,) = make(engine, new("mon 09:00", since=MONDAY - timedelta(days=1)))
    runners = [Runner({"digest": diary.job()}) for _ in range(3)]
    for now in (MONDAY - timedelta(seconds=1), MONDAY, MONDAY + timedelta(minutes=1), MONDAY + timedelta(hours=5)):
        for runner in runners:
            runner.run_due(context(engine, now))
    assert diary.seen == [(id_, "2026-11-23T09:00", False)]


def test_it_is_about_the_day_before_and_knows_what_the_last_one_found(engine: Engine) -> None:
    diary = Diary()
    make(engine, new("mon 09:00", since=MONDAY - timedelta(days=1)))
    runner = Runner({"digest": diary.job()})
    runner.run_due(context(engine, MONDAY))
    runner.run_due(context(engine, MONDAY + timedelta(days=7)))
    assert diary.before == [None, {"day": "2026-11-22"}]


def test_of_what_was_missed_the_last_is_made_up_for_and_says_that_it_is_late(engine: Engine) -> None:
    diary = Diary()
    (id_,) = make(engine, new("mon-fri 09:00", since=MONDAY - timedelta(days=1)))
    Runner({"digest": diary.job()}).run_due(context(engine, MONDAY + timedelta(days=3, hours=2)))
    assert diary.seen == [(id_, "2026-11-26T09:00", True)]


def test_what_is_too_late_is_dropped_and_the_next_one_comes(engine: Engine) -> None:
    diary = Diary()
    (id_,) = make(engine, new("mon 09:00", since=MONDAY - timedelta(days=1)))
    runner = Runner({"digest": diary.job()})
    runner.run_due(context(engine, MONDAY + timedelta(days=4)))
    assert (diary.seen, states(engine)) == ([], [("2026-11-23T09:00", "dropped")])
    runner.run_due(context(engine, MONDAY + timedelta(days=7)))
    assert diary.seen == [(id_, "2026-11-30T09:00", False)]


def test_what_is_paused_does_not_happen(engine: Engine) -> None:
    diary = Diary()
    make(engine, new("mon 09:00", since=MONDAY - timedelta(days=1), paused=True))
    Runner({"digest": diary.job()}).run_due(context(engine, MONDAY))
    assert diary.seen == []


def test_a_run_whose_process_died_is_taken_over_once_its_lease_is_over(engine: Engine) -> None:
    diary = Diary(OperationalError("SELECT", {}, Exception("gone")))
    (id_,) = make(engine, new("mon 09:00", since=MONDAY - timedelta(days=1)))
    Runner({"digest": diary.job()}).run_due(context(engine, MONDAY))
    other = Runner({"digest": diary.job()})
    other.run_due(context(engine, MONDAY + LEASE - timedelta(seconds=1)))
    assert (diary.seen, states(engine)) == ([], [("2026-11-23T09:00", "running")])
    other.run_due(context(engine, MONDAY + LEASE))
    assert diary.seen == [(id_, "2026-11-23T09:00", False)]
    assert states(engine) == [("2026-11-23T09:00", "done")]


def test_what_cannot_be_computed_is_noted_and_keeps_nothing_else_from_happening(engine: Engine) -> None:
    diary = Diary(MissingRate("EUR", date(2026, 11, 22)))
    made = make(engine, *(new("mon 09:00", since=MONDAY - timedelta(days=1)) for _ in range(2)))
    Runner({"digest": diary.job()}).run_due(context(engine, MONDAY))
    assert diary.seen == [(made[1], "2026-11-23T09:00", False)]
    assert sorted(states(engine)) == [("2026-11-23T09:00", "done"), ("2026-11-23T09:00", "failed")]


def test_a_schedule_that_was_changed_goes_by_its_new_rule(engine: Engine) -> None:
    diary = Diary()
    (id_,) = make(engine, new("mon 09:00", since=MONDAY - timedelta(days=1)))
    with transaction(engine) as db:
        assert schedules.change(db, new("tue 10:00", since=MONDAY - timedelta(days=1))._replace(id=id_))
    runner = Runner({"digest": diary.job()})
    runner.run_due(context(engine, MONDAY))
    runner.run_due(context(engine, MONDAY + timedelta(days=1, hours=1)))
    assert diary.seen == [(id_, "2026-11-24T10:00", False)]


def test_a_process_that_sleeps_for_an_hour_in_the_middle_of_a_run_does_it_not_twice(engine: Engine) -> None:
    """Its lease is over when it goes on, and another process has done the run."""
    diary, others = Diary(), Diary()
    (id_,) = make(engine, new("mon 09:00", since=MONDAY - timedelta(days=1)))
    other = Runner({"digest": others.job()})

    def sleep(asleep: JobContext) -> Ran:
        other.run_due(context(engine, asleep.now + timedelta(hours=1)))
        return Ran("too late", {"day": "of the sleeper"})

    Runner({"digest": Job("digest", "Sleeps", sleep)}).run_due(context(engine, MONDAY))
    assert others.seen == [(id_, "2026-11-23T09:00", True)]
    with reading(engine) as db:
        (run,) = db.execute(select(job_run)).all()
    assert (run.state, run.attempts, run.owner, run.said) == ("done", 2, other.owner, "noted")
    Runner({"digest": diary.job()}).run_due(context(engine, MONDAY + timedelta(hours=2)))
    assert diary.seen == []


def test_a_process_that_sleeps_for_an_hour_before_it_takes_what_is_due_finds_it_done(engine: Engine) -> None:
    """It has read what is due; another process takes and does it all before the first one goes on."""
    diary, others = Diary(), Diary()
    (id_,) = make(engine, new("mon 09:00", since=MONDAY - timedelta(days=1)))
    asleep = once_before(engine, "FROM job_run", lambda: tick_elsewhere(engine, others, MONDAY + timedelta(hours=1)))
    with asleep:
        Runner({"digest": diary.job()}).run_due(context(engine, MONDAY))
    assert (diary.seen, others.seen) == ([], [(id_, "2026-11-23T09:00", True)])
    assert states(engine) == [("2026-11-23T09:00", "done")]


def tick_elsewhere(engine: Engine, diary: Diary, now: datetime) -> None:
    """A tick of another process on the same store."""
    store = open_engine(engine.url)
    Runner({"digest": diary.job()}).run_due(context(store, now))
    store.dispose()


# --- A year --------------------------------------------------------------------------------------------------------

YEAR_BEGINS = datetime(2025, 12, 31, 22, 0, tzinfo=UTC)
YEAR_ENDS = datetime(2027, 1, 2, 2, 0, tzinfo=UTC)
ZONES = ("Europe/Madrid", "America/New_York", "Australia/Lord_Howe", "UTC")
SCHEDULES = 100
PROCESSES = 3


def rules(chance: Random) -> list[tuple[str, str]]:
    """A hundred rules, many of them in the hours in which clocks change."""
    made = []
    for _ in range(SCHEDULES):
        at = f"{chance.choice((0, 1, 2, 2, 2, 3, 9, 23)):02}:{chance.choice((0, 15, 30, 45)):02}"
        days = ",".join(chance.sample(WEEKDAYS, chance.randint(1, 3)))
        rule = chance.choice((f"{days} {at}", f"day {chance.randint(1, 28)} {at}", f"last day {at}"))
        made.append((rule, chance.choice(ZONES)))
    return made


def live_through_the_year(url: str, seed: int) -> None:
    """One process with a clock of its own that jumps on, months before or behind the others': no lease is over."""
    engine, chance, now = open_engine(url), Random(seed), YEAR_BEGINS
    runner = Runner({"digest": Diary().job()}, lease=timedelta(days=400))
    while now < YEAR_ENDS:
        now += timedelta(minutes=chance.randint(60, 480))
        runner.run_due(context(engine, now))
    engine.dispose()


@pytest.mark.slow
def test_a_hundred_schedules_three_processes_and_a_year_give_every_occurrence_once(engine: Engine) -> None:
    asked = rules(Random(4))
    made = make(engine, *(new(rule, zone, since=YEAR_BEGINS) for rule, zone in asked))
    spawn = get_context("spawn")
    url = engine.url.render_as_string(hide_password=False)
    processes = [spawn.Process(target=live_through_the_year, args=(url, seed)) for seed in range(PROCESSES)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * PROCESSES
    with reading(engine) as db:
        found = db.execute(select(job_run.c.subject, job_run.c.slot, job_run.c.state, job_run.c.attempts)).all()
    ran = {(int(row.subject), row.slot): (row.state, row.attempts) for row in found}
    expected = {(id_, slot) for id_, (rule, zone) in zip(made, asked, strict=True) for slot in by_hand(rule, zone)}
    happened = {key for key in ran if key[1].startswith("2026")}
    assert happened == expected
    assert set(ran.values()) == {("done", 1)}
    by_process = Counter(row.state for row in found)
    print(f"{SCHEDULES} schedules, {PROCESSES} processes, a year: {dict(by_process)}")  # noqa: T201


def by_hand(rule: str, zone: str) -> set[str]:
    """The slots of 2026 from the rule's words alone, day by day; those that had not come when the year began count."""
    *days, at = rule.split()
    slots = set()
    day = date(2026, 1, 1)
    while day.year == 2026:
        if days[0] == "last":
            falls = (day + timedelta(days=1)).month != day.month
        elif days[0] == "day":
            falls = day.day == int(days[1])
        else:
            falls = day.strftime("%a").casefold() in days[0].split(",")
        local = datetime.fromisoformat(f"{day.isoformat()}T{at}").replace(tzinfo=ZoneInfo(zone))
        if falls and local.timestamp() > YEAR_BEGINS.timestamp():
            slots.add(f"{day.isoformat()}T{at}")
        day += timedelta(days=1)
    return slots
