"""Workers that can be killed: a process that has everything imported and forks one for each line it reads.

Each line is a JSON list of WHAT, STORE_URL, API_URL, TOKEN and BOT_USER, and is answered with a process id. WHAT is
`send`, for a process that sends what is in the outbox, `everything` that leads to digests and alerts, or `surveys`.
"""

import json
import os
import signal
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from threading import Event, Thread
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from bot.broken_news import BrokenNews
from bot.delivery import Delivery
from bot.jobs import all_jobs
from bot.people import People, Workspace
from bot.posting import Posting
from bot.runner import Runner
from bot.scheduler import context_at
from bot.slack_client import connect_slack
from bot.survey_gate import SurveyGate
from commands.core.reply import Chart
from commands.core.request import Company
from metrics.asking import SurveyPolicy
from metrics.quiet_hours import QuietHours
from storage.engine import open_engine
from storage.queries.lanes import Lane, lanes

LEASE = timedelta(seconds=2)
LOOK_AFTER = timedelta(seconds=0.3)
REST_SECONDS = 0.01
JOBS = {"everything": ("snapshot", "signals", "digest", "escalate"), "surveys": ("surveys",)}
"""What digests and alerts come from, and what asks customers."""
MOST_ATTEMPTS = 1_000
"""Here many processes die of one run, and it is not the run's fault."""
SURVEY_POLICY = SurveyPolicy(remind_after=timedelta(seconds=1), expire_after=timedelta(hours=1), an_hour=3_600_000)
COMPANY = Company("USD", ZoneInfo("UTC"), quiet=QuietHours(clock_time(), clock_time(), ()), surveys=SURVEY_POLICY)
"""That may be spoken to at any hour, and reminds its customers within seconds."""


class HastyGate(SurveyGate):
    """Lets questions through as fast as they can be sent."""

    @property
    def lanes(self) -> Sequence[Lane]:
        """Without a pace."""
        return [lane._replace(pace=timedelta(0)) for lane in lanes(SURVEY_POLICY.an_hour)]


class NoCharts:
    """Nothing is drawn."""

    def id_of(self, chart: Chart) -> None:
        """No picture."""
        del chart

    def drop(self, chart: Chart) -> None:
        """Nothing to forget."""


def utc_now() -> datetime:
    """The moment."""
    return datetime.now(UTC)


def delivery_of(engine: Engine, api_url: str, token: str, bot_user: str) -> Delivery:
    """A sender in a hurry."""
    slack = connect_slack(token, api_url)
    people = People(slack.outbox, Workspace("T0US", None, bot_user, None))
    return Delivery(
        engine,
        Posting(slack, people, NoCharts(), time.sleep),
        utc_now,
        BrokenNews(engine, people, COMPANY, utc_now),
        HastyGate(engine, people, COMPANY),
        lease=LEASE,
        pace=timedelta(0),
        look_after=LOOK_AFTER,
        try_again=LOOK_AFTER,
    )


def send(delivery: Delivery) -> None:
    """Work on the outbox until killed."""
    stop = Event()
    while True:
        if not delivery.step():
            stop.wait(REST_SECONDS)


def everything(engine: Engine, delivery: Delivery, names: Sequence[str]) -> None:
    """Tick until killed, as bot.scheduler does, only faster; what that decides is sent by a thread of its own."""
    Thread(target=send, args=[delivery], daemon=True).start()
    jobs = all_jobs()
    runner = Runner({name: jobs[name] for name in names}, lease=LEASE, most_attempts=MOST_ATTEMPTS)
    stop = Event()
    while True:
        runner.run_due(context_at(engine, COMPANY, utc_now()))
        stop.wait(REST_SECONDS)


def work(what: str, url: str, *slack: str) -> None:
    """What the line says, until killed."""
    engine = open_engine(url)
    delivery = delivery_of(engine, *slack)
    if what in JOBS:
        everything(engine, delivery, JOBS[what])
    send(delivery)


def main() -> None:
    """Fork a worker a line; they are nobody's business here once they have been killed."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            work(*json.loads(line))
        print(child, flush=True)  # noqa: T201 - how it answers


if __name__ == "__main__":
    main()
