"""Product: use of the product is counted ahead, because counting takes half a second and questions ask for months."""

from datetime import date

from bot.jobs import Job, JobContext
from bot.product_use import count_use, use_is_counted


def run(job: JobContext) -> str:
    """Count the windows of 28 days that are missing; see bot.product_use."""
    done = count_use(job.engine, job.company, job.now)
    return f"use of the product counted for {done} {'window' if done == 1 else 'windows'} of 28 days"


def due(job: JobContext) -> tuple[date, ...]:
    """The context's day when a window is missing."""
    return () if use_is_counted(job.engine, job.company, job.now) else (job.day,)


JOB = Job(id="product", summary="Count the use of the product in the last months and up to today", run=run, due=due)
