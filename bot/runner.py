"""Runs jobs: by hand for given days, or whatever is due, each occurrence once however many processes there are."""

import logging
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import partial
from threading import Event, Thread
from zoneinfo import ZoneInfo

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.jobs import Job, JobContext, Occurrence, Ran
from metrics import timetable
from metrics.errors import MetricError
from metrics.timetable import timetable_of
from storage.errors import StoreError
from storage.queries import runs, schedules
from storage.queries.runs import Run
from storage.queries.schedules import Schedule
from storage.session import reading, transaction

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 5
"""A run that so many processes died of is left alone."""


def run_days(job: Job, context: JobContext, *, since: date | None = None) -> Iterator[str]:
    """Run `job` for each day from `since` (None: only the context's day) to the context's day, saying what was done."""
    day = since or context.day
    while day <= context.day:
        yield _ran(job.run(replace(context, day=day))).said
        day += timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Runner:
    """One process's hand at the jobs; any number of them may work on one store."""

    jobs: Mapping[str, Job]
    owner: str = field(default_factory=lambda: secrets.token_hex(8))
    lease: timedelta = LEASE
    most_attempts: int = MOST_ATTEMPTS

    def run_due(self, context: JobContext) -> None:
        """Run what is due: of each job by its days, of each schedule its latest occurrence, and what others left.

        One that fails does not keep the others from running; a mistake in a job's code is raised once all had a turn.
        """
        self._try(self._work(context))

    def run_job(self, job_id: str, context: JobContext) -> None:
        """The same for one of the jobs that have days."""
        self._try([(f"job {job_id}", partial(self._run_days, self.jobs[job_id], context))])

    def _try(self, works: Iterable[tuple[str, Callable[[], None]]]) -> None:
        mistakes: list[Exception] = []
        for name, work in works:
            try:
                work()
            except SQLAlchemyError:
                logger.exception("%s failed; it is tried again at the next tick", name)
            except (MetricError, StoreError) as error:
                logger.error("%s cannot run; it is tried again at the next tick: %s", name, error)  # noqa: TRY400
            except Exception as error:  # noqa: BLE001 - raised below
                mistakes.append(error)
        if mistakes:
            raise mistakes[0]

    def _work(self, context: JobContext) -> Iterator[tuple[str, Callable[[], None]]]:
        for job in self.jobs.values():
            yield f"job {job.id}", partial(self._run_days, job, context)
        with reading(context.engine) as db:
            waiting = schedules.due(db, now=context.now)
            left = runs.orphans(db, now=context.now, most_attempts=self.most_attempts)
        for schedule in waiting:
            yield f"schedule {schedule.id}", partial(self._occur, schedule, context)
        for run in left:
            if run.subject:
                yield f"schedule {run.subject}", partial(self._take_over, run, context)

    def _run_days(self, job: Job, context: JobContext) -> None:
        for day in job.days(context):
            run = Run(job.id, day.isoformat())
            with transaction(context.engine) as db:
                ours = runs.claim(db, run, owner=self.owner, now=context.now, lease=self.lease, again=True)
            if ours:
                self._perform(job, run, replace(context, day=day))

    def _occur(self, schedule: Schedule, context: JobContext) -> None:
        zone = ZoneInfo(schedule.zone)
        found = timetable.due(timetable_of(schedule.rule), schedule.next_slot, context.now, zone)
        if found is None:
            return
        run = Run(schedule.job, found.slot.isoformat(timespec="minutes"), str(schedule.id))
        with transaction(context.engine) as db:
            following = timetable.instant_of(found.following, zone)
            if not schedules.advance(db, schedule, slot=found.following, at=following):
                return  # another process has
            if found.dropped:
                runs.drop(db, run, owner=self.owner, now=context.now, said="too late for it")
                return
            if not runs.claim(db, run, owner=self.owner, now=context.now, lease=self.lease):
                return
        self._perform_scheduled(schedule, run, found.slot, context, late=found.late)

    def _take_over(self, run: Run, context: JobContext) -> None:
        """A run whose process died is begun anew: what it has put into the outbox already is not put there twice."""
        with transaction(context.engine) as db:
            schedule = schedules.by_id(db, int(run.subject))
            if schedule is None or not runs.claim(db, run, owner=self.owner, now=context.now, lease=self.lease):
                return
        slot = datetime.fromisoformat(run.slot)
        late = context.now - timetable.instant_of(slot, ZoneInfo(schedule.zone)) > timetable.LATE_AFTER
        self._perform_scheduled(schedule, run, slot, context, late=late)

    def _perform_scheduled(
        self, schedule: Schedule, run: Run, slot: datetime, context: JobContext, *, late: bool
    ) -> None:
        job = self.jobs.get(schedule.job)
        if job is None:
            logger.error("schedule %s asks for the job %s, which there is not", schedule.id, schedule.job)
            return
        with reading(context.engine) as db:
            before = runs.last_result(db, run.job, run.subject, before=run.slot)
        occurrence = Occurrence(schedule, slot, late, before)
        day = slot.date() - timedelta(days=1)
        self._perform(job, run, replace(context, day=day, occurrence=occurrence), late=late)

    def _perform(self, job: Job, run: Run, context: JobContext, *, late: bool = False) -> None:
        """Do the work and note the end. A schedule's run that the database failed is left to be taken over."""
        failed, ran = False, Ran("")
        with self._beating(context.engine, run, context):
            try:
                ran = _ran(job.run(context))
            except (MetricError, StoreError) as error:
                if not run.subject:
                    self._release(run, context)
                    raise
                failed, ran = True, Ran(str(error))
            except Exception:
                if not run.subject:
                    self._release(run, context)
                raise
        with transaction(context.engine) as db:
            runs.finish(
                db, run, owner=self.owner, now=context.now, said=ran.said, failed=failed, late=late, result=ran.result
            )
        level = logging.ERROR if failed else logging.INFO
        logger.log(level, "job %s %s %s: %s", job.id, run.subject, run.slot, ran.said)

    def _release(self, run: Run, context: JobContext) -> None:
        """A day's job that failed is due again at once."""
        with transaction(context.engine) as db:
            runs.finish(db, run, owner=self.owner, now=context.now, said="failed", failed=True)

    @contextmanager
    def _beating(self, engine: Engine, run: Run, context: JobContext) -> Iterator[None]:
        """Keep the lease while the work is done."""
        done = Event()

        def beat() -> None:
            every = self.lease / 3
            now = context.now
            while not done.wait(every.total_seconds()):
                now += every
                try:
                    with transaction(engine) as db:
                        runs.keep(db, run, owner=self.owner, now=now, lease=self.lease)
                except SQLAlchemyError:
                    logger.warning("the lease of %s could not be kept", run, exc_info=True)

        heart = Thread(target=beat, name=f"lease of {run.job}", daemon=True)
        heart.start()
        try:
            yield
        finally:
            done.set()
            heart.join()


def run_due(jobs: Iterable[Job], context: JobContext) -> None:
    """Run what is due of each job, as a process of its own would."""
    Runner({job.id: job for job in jobs}).run_due(context)


def _ran(answer: str | Ran) -> Ran:
    return Ran(answer) if isinstance(answer, str) else answer
