"""What data there is: when each entity of the data contract last came in, until which day it goes, and its rhythm."""

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from commands.core.request import Request
from metrics.feeds import Feed
from storage.queries.feed import feeds
from storage.queries.freshness import imported_on, last_days
from storage.session import Session

ENTITIES: Final = (
    *("usage", "tickets", "survey_responses", "invoices", "campaigns"),
    *("subscriptions", "accounts", "contacts", "leads", "advocacy", "fx_rates", "costs", "targets"),
)
"""The entities of the data contract, those that come in as feeds first."""

UNDER_WAY: Final = 2
"""Days for which data may be under way: today's comes in at night, and yesterday's may not have yet."""


class EntityState(NamedTuple):
    """One entity of the data contract, as of today."""

    entity: str
    imported_on: date | None
    """The day on which it last came in new or changed; None: it never did."""
    feed: Feed
    """Where it carries days, the last of them; its habit and whether it has stopped, where it is judged."""

    @property
    def known(self) -> bool:
        """Whether anything of it is there."""
        return self.imported_on is not None or self.feed.last_on is not None

    def late(self, today: date) -> int | None:
        """For how many days nothing of a feed has come in, where that is longer than ever; None: it is not late."""
        last, longest = self.feed.last_on, self.feed.longest
        silence = 0 if last is None else (today - last).days
        return silence if longest is not None and silence > max(longest, UNDER_WAY) else None


class DataAnswer(NamedTuple):
    """All entities."""

    states: Sequence[EntityState]
    today: date


def data(request: Request, db: Session) -> DataAnswer:
    """Every entity, as of today in the company's time zone."""
    today, zone = request.today, request.company.zone
    imported = imported_on(db, ENTITIES, zone=zone)
    known = {entity: Feed(day) for entity, day in last_days(db, as_of=today).items()} | feeds(db, today, zone)
    return DataAnswer([EntityState(name, imported[name], known.get(name, Feed(None))) for name in ENTITIES], today)
