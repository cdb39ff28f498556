import logging
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, text

from bot.jobs import Job, JobContext
from bot.jobs.snapshot import JOB
from bot.runner import run_days, run_due
from storage.queries.accounts import by_key
from storage.queries.snapshots import history, last_day
from storage.session import reading
from tests.bot.small_company import EARLIER, LATER, bring, context


class Memory:
    """A job that remembers for which days it ran, on days that are due until then."""

    def __init__(self, due: int, error: Exception | None = None) -> None:
        self.days: list[date] = []
        self._due = due
        self._error = error

    def job(self) -> Job:
        return Job("memory", "Remembers", self._run, self._days_due)

    def _run(self, job: JobContext) -> str:
        if self._error:
            raise self._error
        self.days.append(job.day)
        return "remembered"

    def _days_due(self, job: JobContext) -> tuple[date, ...]:
        days = (job.day - timedelta(days=back) for back in range(self._due - 1, -1, -1))
        return tuple(day for day in days if day not in self.days)


def test_by_hand_a_job_runs_for_its_day_alone(sqlite_engine: Engine) -> None:
    memory = Memory(due=3)
    assert list(run_days(memory.job(), context(sqlite_engine, LATER))) == ["remembered"]
    assert memory.days == [LATER]


def test_by_hand_a_job_runs_for_every_day_since(sqlite_engine: Engine) -> None:
    memory = Memory(due=0)
    done = run_days(memory.job(), context(sqlite_engine, date(2028, 3, 1)), since=date(2028, 2, 28))
    assert list(done) == ["remembered"] * 3
    assert memory.days == [date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1)]


def test_what_is_due_runs_oldest_first_and_once(sqlite_engine: Engine) -> None:
    memory = Memory(due=3)
    run_due([memory.job()], context(sqlite_engine, LATER))
    assert memory.days == [LATER - timedelta(days=2), LATER - timedelta(days=1), LATER]
    run_due([memory.job()], context(sqlite_engine, LATER))
    assert len(memory.days) == 3


def test_a_missing_rate_is_logged_as_a_sentence_and_stops_no_other_job(
    sqlite_engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    bring(sqlite_engine, LATER)
    memory = Memory(due=1)
    before_the_rates = date(2026, 8, 20)
    with caplog.at_level(logging.INFO, "bot.runner"):
        run_due([JOB, memory.job()], context(sqlite_engine, before_the_rates))
    assert memory.days == [before_the_rates]
    (problem,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert "snapshot" in problem.message
    assert "no exchange rate for EUR on or before 2026-08-20" in problem.message
    assert problem.exc_info is None


def test_a_fault_of_the_database_is_logged_in_full_and_stops_no_other_job(
    sqlite_engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    with sqlite_engine.begin() as connection:
        connection.execute(text("DROP TABLE health_snapshot"))
    memory = Memory(due=1)
    run_due([JOB, memory.job()], context(sqlite_engine, LATER))
    assert memory.days == [LATER]
    (problem,) = caplog.records
    assert problem.exc_info is not None


def test_a_mistake_of_ours_is_not_hidden(sqlite_engine: Engine) -> None:
    with pytest.raises(ZeroDivisionError):
        run_due([Memory(due=1, error=ZeroDivisionError()).job()], context(sqlite_engine, LATER))


def test_a_bot_that_slept_catches_up(engine: Engine) -> None:
    bring(engine, LATER)
    run_due([JOB], context(engine, EARLIER))
    run_due([JOB], context(engine, LATER))
    with reading(engine) as db:
        assert last_day(db) == LATER
        points = history(db, by_key(db, "acme").id, since=EARLIER, until=LATER)
    assert [point.day for point in points] == [EARLIER + timedelta(days=number) for number in range(21)]
