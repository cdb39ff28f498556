"""Runs jobs: by hand for given days, or whatever is due."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy.exc import SQLAlchemyError

from bot.jobs import Job, JobContext
from metrics.errors import MetricError
from storage.errors import StoreError

logger = logging.getLogger(__name__)


def run_days(job: Job, context: JobContext, *, since: date | None = None) -> Iterator[str]:
    """Run `job` for each day from `since` (None: only the context's day) to the context's day, saying what was done."""
    day = since or context.day
    while day <= context.day:
        yield job.run(replace(context, day=day))
        day += timedelta(days=1)


def run_due(jobs: Iterable[Job], context: JobContext) -> None:
    """Run what is due of each job; one that fails is logged and does not keep the others from running."""
    for job in jobs:
        try:
            for day in job.due(context):
                logger.info("job %s: %s", job.id, job.run(replace(context, day=day)))
        except (MetricError, StoreError) as error:
            logger.error("job %s cannot run; it is tried again at the next tick: %s", job.id, error)  # noqa: TRY400  # the sentence says all
        except SQLAlchemyError:
            logger.exception("job %s failed; it is tried again at the next tick", job.id)
