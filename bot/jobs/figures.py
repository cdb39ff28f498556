"""Figures: what those of the whole company are computed from is read ahead: at many accounts it takes long."""

from datetime import date

from bot.jobs import Job, JobContext
from bot.kept_figures import figures_are_kept, keep_figures


def run(job: JobContext) -> str:
    """Read the facts that are missing; see bot.kept_figures."""
    done = keep_figures(job.engine, job.company, job.now)
    return f"facts of figures read ahead {done} {'time' if done == 1 else 'times'}"


def due(job: JobContext) -> tuple[date, ...]:
    """The context's day when facts are missing."""
    return () if figures_are_kept(job.engine, job.company, job.now) else (job.day,)


JOB = Job(id="figures", summary="Read ahead what figures of the last months and up to today rest on", run=run, due=due)
