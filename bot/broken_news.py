"""The owner of a destination that is broken is told of it, once, by direct message."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine

from bot.people import People
from commands.core.posted import written
from commands.core.request import Company
from commands.ui.cards.delivery import broken_notice
from commands.ui.text import translator
from storage.queries import destinations
from storage.queries.destinations import Broken
from storage.queries.outbox import Draft, put
from storage.session import reading, transaction

logger = logging.getLogger(__name__)

PURPOSE = "broken"
WORTH_TELLING = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class BrokenNews:
    """What it takes to tell: the store, Slack's word on people's languages, the company's admins, the clock."""

    engine: Engine
    people: People
    company: Company
    clock: Callable[[], datetime]

    def tell(self) -> bool:
        """Put the notices about one broken destination into the outbox; False when everybody has been told."""
        with reading(self.engine) as db:
            broken = destinations.untold(db)
        if broken is None:
            return False
        drafts = [self._notice(broken, user_id) for user_id in self._whom(broken)]  # asks Slack: no transaction open
        with transaction(self.engine) as db:
            if destinations.told(db, broken, now=self.clock()):
                for draft in drafts:
                    put(db, draft, now=draft.due_at)
        if not drafts:
            logger.error("nobody can be told that %s is broken: %s", broken.destination, broken.reason)
        return True

    def _whom(self, broken: Broken) -> tuple[str, ...]:
        """The owner, else the admins; never the one to whom nothing can be written."""
        owner = () if broken.owner in {None, broken.destination} else (broken.owner,)
        return owner or tuple(each for each in self.company.admins if each != broken.destination)

    def _notice(self, broken: Broken, user_id: str) -> Draft:
        now = self.clock()
        reply = broken_notice(broken, translator(self.people.language(user_id, self.company.language)))
        return Draft(
            PURPOSE,
            f"{broken.destination} {broken.since.isoformat()}",
            user_id,
            written(reply),
            due_at=now,
            expires_at=now + WORTH_TELLING,
        )
