"""Senders that can be killed: a process that has everything imported and forks one for each line it reads.

`python -m tests.bot.sender_process STORE_URL API_URL TOKEN BOT_USER` answers each line with a process id.
"""

import os
import signal
import sys
import time
from datetime import UTC, datetime, timedelta
from threading import Event
from zoneinfo import ZoneInfo

from bot.broken_news import BrokenNews
from bot.delivery import Delivery
from bot.people import People, Workspace
from bot.posting import Posting
from bot.slack_client import connect_slack
from commands.core.reply import Chart
from commands.core.request import Company
from storage.engine import open_engine

LEASE = timedelta(seconds=2)
LOOK_AFTER = timedelta(seconds=0.3)


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


def send(url: str, api_url: str, token: str, bot_user: str) -> None:
    """Work on the outbox until killed."""
    engine = open_engine(url)
    slack = connect_slack(token, api_url)
    people = People(slack.outbox, Workspace("T0US", None, bot_user, None))
    company = Company("EUR", ZoneInfo("UTC"))
    delivery = Delivery(
        engine,
        Posting(slack, people, NoCharts(), time.sleep),
        utc_now,
        BrokenNews(engine, people, company, utc_now),
        lease=LEASE,
        pace=timedelta(0),
        look_after=LOOK_AFTER,
        try_again=LOOK_AFTER,
    )
    stop = Event()
    while True:
        if not delivery.step():
            stop.wait(0.01)


def main() -> None:
    """Fork a sender a line; they are nobody's business here once they have been killed."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            send(*sys.argv[1:])
        print(child, flush=True)  # noqa: T201 - how it answers


if __name__ == "__main__":
    main()
