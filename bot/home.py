"""App Home and the events that change who reads along; each event has its effect once."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.answering import Answering, Task
from bot.people import People
from bot.slack_client import SLACK_FAULTS, Slack, code_of
from commands.core.errors import NotAllowed
from commands.core.registry import shown
from commands.core.reply import Block, Reply
from commands.core.request import Actor, Audience, Place, Request, Role
from commands.ui.cards.home import Home, closed_home, home_view
from commands.ui.text import translator
from storage.queries.accounts import book_of
from storage.queries.seen import first_time
from storage.queries.snapshots import latest_scores
from storage.session import Session, reading, transaction

logger = logging.getLogger(__name__)

CHANNEL_EVENTS = frozenset(
    {"channel_shared", "channel_unshared", "channel_id_changed", "member_joined_channel", "member_left_channel"}
)
MOST_TO_TRY = 5


@dataclass(frozen=True, slots=True)
class Events:
    """What the bot does when Slack tells it something that nobody asked it."""

    answering: Answering
    people: People
    slack: Slack

    def take(self, body: Mapping[str, Any]) -> None:
        """Act on one delivery; a repeated one does nothing more."""
        event = body["event"]
        kind = event.get("type")
        if kind == "app_home_opened" and event.get("tab") == "home":
            self._open_home(str(event["user"]), body.get("team_id"), str(body.get("event_id", "")))
        elif kind in CHANNEL_EVENTS:
            self._forget_channel(event)
        elif kind == "user_change":
            self.people.forget_user(str(event["user"]["id"]))

    def _forget_channel(self, event: Mapping[str, Any]) -> None:
        """Harmless when repeated: the next question asks Slack anew."""
        for name in ("channel", "channel_id", "old_channel_id", "new_channel_id"):
            if isinstance(event.get(name), str):
                self.people.forget_channel(event[name])

    def _open_home(self, user_id: str, team_id: str | None, event_id: str) -> None:
        if not self._is_new(event_id):
            return
        try:
            self.slack.posts.views_publish(user_id=user_id, view=self._home_of(user_id, team_id))
        except SLACK_FAULTS as error:
            logger.warning("the home of %s could not be published: %s", user_id, code_of(error))

    def _is_new(self, event_id: str) -> bool:
        """Showing a home is the whole effect, so the mark has a transaction of its own, before Slack is called."""
        with transaction(self.answering.engine) as db:
            return first_time(db, f"event:{event_id}", now=self.answering.clock())

    def _home_of(self, user_id: str, team_id: str | None) -> Block:
        t = translator(self.people.locale(user_id))
        try:
            actor = self.people.actor(user_id, team_id)
            t = translator(actor.locale)
            request = self.answering.request(_HOME, actor, Audience(user_id, external=False, direct=True))
        except NotAllowed as refused:
            return closed_home(refused.sentence, t)
        with reading(self.answering.engine) as db:
            return home_view(self._home(db, request), t)

    def _home(self, db: Session, request: Request) -> Home:
        actor, company = request.actor, self.answering.company
        accounts = book_of(db, actor.email) if actor.email else ()
        scores = latest_scores(db, [account.id for account in accounts], day=request.today)
        return Home(
            today=request.today,
            accounts=[(account, scores.get(account.id)) for account in accounts],
            to_try=self._to_try(actor, company.command_prefix),
            knows_reader=actor.email is not None,
        )

    def _to_try(self, actor: Actor, prefix: str) -> list[str]:
        """Each command once, with its first example."""
        commands = self.answering.registry.commands.values()
        typed = [shown(c, (*c.examples, "")[0], prefix) for c in commands if c.least_role <= actor.role]
        return typed[:MOST_TO_TRY]


def _nothing(_request: Request, _db: Session) -> Reply:
    return Reply("")


_HOME = Task(_nothing, "", Role.MEMBER, Place.INTERNAL)
"""App Home passes the same gate as every question."""
