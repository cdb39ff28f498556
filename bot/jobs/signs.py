"""Signs: once a day customers' people are compared with Slack, which repeats an event for minutes and not for hours."""

import json
import logging
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Final, NamedTuple

from bot.jobs import Job, JobContext
from bot.presence import Compared, Presence
from bot.slack_client import SLACK_FAULTS, code_of, is_refusal
from storage.queries.contact_presence import channels_to_ask, people_to_ask
from storage.queries.remembered import recall, remember
from storage.session import Session, reading, transaction

logger = logging.getLogger(__name__)

MOST: Final = 15
"""Questions at a time: Slack answers some hundred of each kind a minute, and people's commands ask it, too."""
TRIES: Final = 3
"""A channel or person of whom Slack does not tell so often is passed over until the next day."""
_NAME: Final = "signs_compared"
_COMPARE: Final[Mapping[str, Callable[[Presence, str], Compared]]] = {
    "channel": Presence.compare_channel,
    "person": Presence.compare_person,
}
_OVER: Final = "over"


class Round(NamedTuple):
    """How far the day's comparison has come: first all channels, then all people."""

    day: str
    what: str = "channel"
    after: str = ""
    """The id that was asked about last."""
    tries: int = 0
    """So often Slack did not tell of the next one."""

    @property
    def is_over(self) -> bool:
        """Whether everything has been asked."""
        return self.what == _OVER


def run(job: JobContext) -> str:
    """Ask Slack about the next channels and people, and keep what differs; a round takes as many runs as it needs."""
    if job.directory is None:
        return "Slack cannot be asked without SLACK_BOT_TOKEN"
    presence = Presence(job.engine, job.directory, job.company.zone, job.now)
    with reading(job.engine) as db:
        at = _round(db, job)
        waiting = list(_waiting(db, at, presence.today))
    found = questions = 0
    for asked, (what, name) in enumerate(waiting):
        if questions >= MOST:
            return f"{asked} asked about, {found} differ"
        try:
            compared = _COMPARE[what](presence, name)
            found, questions = found + compared.differ, questions + compared.asked
        except SLACK_FAULTS as error:
            if not is_refusal(error) or code_of(error) == "ratelimited":
                tries = at.tries + 1 if asked == 0 else 1
                if tries < TRIES:
                    _keep(job, at._replace(tries=tries))
                    return f"{asked} asked about, {found} differ; then Slack did not tell: {code_of(error)}"
            logger.info("Slack does not tell of the %s %s: %s", what, name, code_of(error))
        at = Round(at.day, what, name)
        _keep(job, at)
    if len(waiting) < MOST:
        _keep(job, Round(at.day, _OVER))
    return f"{len(waiting)} asked about, {found} differ"


def due(job: JobContext) -> tuple[date, ...]:
    """The context's day until its round is over, in a bot that can ask."""
    if job.directory is None:
        return ()
    with reading(job.engine) as db:
        return () if _round(db, job).is_over else (job.day,)


def _round(db: Session, job: JobContext) -> Round:
    """The round that is under way, else the day's: one of the day before is ended first, however long it takes."""
    kept = recall(db, _NAME)
    last = None if kept is None else Round(*json.loads(kept))
    return Round(job.day.isoformat()) if last is None or (last.is_over and last.day < job.day.isoformat()) else last


def _waiting(db: Session, at: Round, today: date) -> Iterator[tuple[str, str]]:
    """What is to be asked about next, at most MOST."""
    if at.is_over:
        return
    left = MOST
    if at.what == "channel":
        channels = channels_to_ask(db, after=at.after, on=today, most=left)
        yield from (("channel", one) for one in channels)
        left -= len(channels)
    after = at.after if at.what == "person" else ""
    yield from (("person", one) for one in people_to_ask(db, after=after, on=today, most=left))


def _keep(job: JobContext, at: Round) -> None:
    with transaction(job.engine) as db:
        remember(db, _NAME, json.dumps(at))


JOB = Job(
    id="signs",
    summary="Compare with Slack which customers' people are still there",
    run=run,
    due=due,
    asks_slack=True,
)
