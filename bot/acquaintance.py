"""Who the members of accounts' shared channels are whom no data name: asked of Slack, and known by their address.

A contact whose Slack account is not in the data gets the one whose address is theirs; a name proves nothing.
"""

import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from slack_sdk.errors import SlackApiError
from sqlalchemy import Engine

from bot.directory import Directory
from bot.slack_client import code_of, is_refusal
from bot.survey_gate import respondent_from
from storage.queries.respondents import Respondent, remember
from storage.queries.strangers import may_be_found, recognise, strangers
from storage.session import loading, reading, transaction

logger = logging.getLogger(__name__)

MOST_AT_ONCE: Final = 10
"""A channel may have hundreds of members, and the next channel's are as important."""
ASK_AGAIN: Final = timedelta(days=30)
"""Addresses change, and companies begin to show them."""


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """Asks who somebody is, at most once in a while, and keeps it; SlackApiError or OSError where Slack is silent."""

    engine: Engine
    directory: Directory
    today: date
    now: datetime

    def make(self, channel_id: str, members: Collection[str]) -> int:
        """Find contacts among some members of a channel that accounts share; how often Slack was asked for it.

        Where all contacts that have an address are known, nobody is asked about.
        """
        with reading(self.engine) as db:
            if not may_be_found(db, channel_id, on=self.today):
                return 0
            unknown = strangers(db, channel_id, members, since=self.now - ASK_AGAIN, most=MOST_AT_ONCE)
        for user_id in unknown:
            person = self._person(user_id)
            with transaction(self.engine) as db:
                remember(db, person, now=self.now)
        with loading(self.engine) as db:
            found = recognise(db, channel_id, members)
        if found:
            logger.info("%s contacts are known by their address in %s", found, channel_id)
        return len(unknown)

    def _person(self, user_id: str) -> Respondent:
        """Of colleagues, bots of ours and whom Slack does not show no more is kept than that it was asked."""
        nobody = Respondent(user_id, None, None, None, gone=False)
        try:
            user = self.directory.anybody(user_id)
        except SlackApiError as error:
            if not is_refusal(error) or code_of(error) == "ratelimited":
                raise
            logger.info("Slack does not tell who %s is: %s", user_id, code_of(error))
            return nobody
        if user is None or user.get("deleted") or self.directory.is_ours(user):
            return nobody
        return respondent_from(user)
