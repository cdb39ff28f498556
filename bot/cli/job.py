"""latido job NAME: run a job by hand."""

import argparse
from dataclasses import replace
from datetime import UTC, date, datetime

from bot.build import directory_of
from bot.cli import Verb
from bot.jobs import all_jobs
from bot.opening import keep_up, open_store
from bot.runner import run_days
from bot.scheduler import context_at
from bot.settings import SettingsError, load_settings


def configure(parser: argparse.ArgumentParser) -> None:
    """NAME, and when."""
    jobs = all_jobs()
    parser.add_argument(
        "name", choices=sorted(jobs), help="; ".join(f"{job.id}: {job.summary}" for job in jobs.values())
    )
    parser.add_argument("--at", type=_moment, help="pretend it is this moment (ISO 8601; default: now)")
    parser.add_argument("--since", type=_day, help="also run for every day from this one on (YYYY-MM-DD)")


def run(arguments: argparse.Namespace) -> int:
    """Run the job for the last complete day, or for a stretch of days, a line each."""
    settings = load_settings()
    company = settings.company()
    at = arguments.at or datetime.now(UTC)
    now = at.replace(tzinfo=company.zone) if at.tzinfo is None else at
    engine = open_store(settings.database_url)
    keep_up(engine, company, now)
    context = context_at(engine, company, now)
    if arguments.since and arguments.since > context.day:
        raise SettingsError(f"--since is {arguments.since}, but the last day that is over is {context.day}")
    job = all_jobs()[arguments.name]
    if job.asks_slack and settings.bot_token is not None:
        context = replace(context, directory=directory_of(settings))
    for line in run_days(job, context, since=arguments.since):
        print(line, flush=True)
    engine.dispose()
    return 0


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no moment such as 2026-11-23T08:00") from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day such as 2026-11-23") from None


VERB = Verb("job", "Run a scheduled job by hand", configure, run)
