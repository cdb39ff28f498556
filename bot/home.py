"""App Home and the events that change who reads along; each event has its effect once."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from bot.acquaintance import Acquaintance
from bot.answering import Answering, Task, settle
from bot.directory import Directory
from bot.people import People
from bot.signs import SIGN_EVENTS, Signs
from bot.slack_client import SLACK_FAULTS, Slack, code_of
from commands.core.health_question import own_book
from commands.core.registry import shown
from commands.core.reply import Answer, Block, Reply
from commands.core.request import Actor, Audience, Place, Request, Role
from commands.ui.cards.home import Example, Home, closed_home, home_view
from commands.ui.text import translator
from storage.queries.destinations import mended
from storage.queries.seen import first_time
from storage.session import Session, reading, transaction

logger = logging.getLogger(__name__)

CHANNEL_EVENTS = frozenset(
    {"channel_shared", "channel_unshared", "channel_id_changed", "member_joined_channel", "member_left_channel"}
)
MENDING_EVENTS = frozenset({"channel_unarchive", "channel_unshared", "group_unarchive"})
"""After these a channel may be written to again; also after the bot itself has joined it."""
MOST_TO_TRY = 5


@dataclass(frozen=True, slots=True)
class Events:
    """What the bot does when Slack tells it something that nobody asked it."""

    answering: Answering
    people: People
    slack: Slack
    directory: Directory
    written: Callable[[], object] = lambda: None
    """Called after a transaction by which the outbox may have more to do."""

    def take(self, body: Mapping[str, Any]) -> None:
        """Act on one delivery; a repeated one does nothing more."""
        event = body["event"]
        kind = event.get("type")
        if kind == "app_home_opened" and event.get("tab") == "home":
            self._open_home(str(event["user"]), body.get("team_id"), str(body.get("event_id", "")))
        elif kind in CHANNEL_EVENTS:
            self._forget_channel(event)
        if kind in MENDING_EVENTS or (kind == "member_joined_channel" and self.people.is_the_bot(event.get("user"))):
            self._mend(str(event.get("channel", "")))
        if kind in SIGN_EVENTS:
            Signs(self.answering.engine, self.answering.company.zone, self.answering.clock).take(body)
        if kind == "member_joined_channel":
            self._make_acquaintance(str(event.get("channel", "")), str(event.get("user", "")))

    def _make_acquaintance(self, channel_id: str, user_id: str) -> None:
        """Nobody is asked about twice within weeks: repeated it does nothing. What Slack does not tell can wait."""
        now = self.answering.clock()
        today = now.astimezone(self.answering.company.zone).date()
        try:
            Acquaintance(self.answering.engine, self.directory, today, now).make(channel_id, {user_id})
        except SLACK_FAULTS as error:
            logger.info("who has joined %s is not known yet: %s", channel_id, code_of(error))

    def _forget_channel(self, event: Mapping[str, Any]) -> None:
        """Harmless when repeated: the next question asks Slack anew."""
        for name in ("channel", "channel_id", "old_channel_id", "new_channel_id"):
            if isinstance(event.get(name), str):
                self.people.forget_channel(event[name])

    def _mend(self, channel_id: str) -> None:
        """What waits for the channel is tried again; harmless when repeated."""
        with transaction(self.answering.engine) as db:
            mended(db, channel_id)
        self.written()

    def _open_home(self, user_id: str, team_id: str | None, event_id: str) -> None:
        if not self._is_new(event_id):
            return
        try:
            self.slack.posts.views_publish(user_id=user_id, view=self._home_of(user_id, team_id))
        except SLACK_FAULTS as error:
            logger.warning("the home of %s could not be published: %s", user_id, code_of(error))

    def _is_new(self, event_id: str) -> bool:
        """Showing a home is the whole effect, so the mark has a transaction of its own, before Slack is called.

        True also where that cannot be known: a home published twice does no harm, none at all does.
        """
        if not event_id:
            return True
        try:
            with transaction(self.answering.engine) as db:
                return first_time(db, f"event:{event_id}", now=self.answering.clock())
        except SQLAlchemyError:
            logger.warning("whether the event %s is new is not known", event_id, exc_info=True)
            return True

    def _home_of(self, user_id: str, team_id: str | None) -> Block:
        """The home; instead of one that the person may not have, or that failed, what they read about it."""
        view: Block = {}

        def work() -> Answer:
            nonlocal view
            view = self._open_to(user_id, team_id)
            return None

        answer = settle(work, lambda: translator(self.people.locale(user_id))).answer
        return closed_home(answer) if isinstance(answer, Reply) else view

    def _open_to(self, user_id: str, team_id: str | None) -> Block:
        actor = self.people.actor(user_id, team_id)
        request = self.answering.request(_HOME, actor, Audience(user_id, external=False, direct=True))
        with reading(self.answering.engine) as db:
            return home_view(self._home(db, request), request.t)

    def _home(self, db: Session, request: Request) -> Home:
        """The same accounts with the same scores as `/health` without a name."""
        actor, company = request.actor, self.answering.company
        book = own_book(request, db, actor.email) if actor.email else None
        return Home(
            today=request.today,
            accounts=[] if book is None else [(line.account, line.health) for line in book.lines],
            to_try=self._to_try(actor, company.command_prefix),
            knows_reader=actor.email is not None,
        )

    def _to_try(self, actor: Actor, prefix: str) -> list[Example]:
        """Each command once, with its first example."""
        commands = [c for c in self.answering.registry.commands.values() if c.least_role <= actor.role]
        examples = [(c, (*c.examples, "")[0]) for c in commands[:MOST_TO_TRY]]
        return [Example(shown(command, text, prefix), shown(command, text)) for command, text in examples]


def _nothing(_request: Request, _db: Session) -> Reply:
    return Reply("")


_HOME = Task(_nothing, "", Role.MEMBER, Place.INTERNAL)
"""App Home passes the same gate as every question."""
