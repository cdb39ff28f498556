"""The Bolt app: one listener a kind. A listener acknowledges and hands over; nothing slow happens in it."""

import logging
import re
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any

from slack_bolt import Ack, App, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from bot.desk import Desk
from bot.home import Events
from bot.interactions import Interaction, Payload, Surface, pressed, submitted, typed
from bot.landings import private_message, view_of
from bot.people import Workspace
from bot.pools import Pool
from bot.sending import TITLE
from bot.slack_client import SLACK_FAULTS, Slack, code_of
from commands.core.reply import Answer, Invalid, Modal, Reply
from commands.core.request import Translator
from commands.ui.blocks import section
from commands.ui.text import translator
from metrics.types import Sentence

logger = logging.getLogger(__name__)

BUSY = Sentence("I am very busy right now. Please try again in a moment.")
TRY_LATER = 503
"""The answer to an event for which there is no room: Slack sends it again."""

_ANY = re.compile("")


@dataclass(frozen=True, slots=True)
class Listeners:
    """What Bolt calls. Each returns in well under Slack's three seconds."""

    desk: Desk
    events: Events
    slack: Slack
    answers: Pool
    turned_away: Pool
    """Tells people that there was no room; small, and separate because the other one is full."""

    def command(self, body: Payload, ack: Ack) -> None:
        """A typed command: taken up, or turned away in the acknowledgement itself."""
        to = typed(body)
        if self.answers.offer(lambda: self.desk.command(to), lambda: self._turn_away(to)):
            ack()
            return
        self._count_turned_away()
        ack(private_message(self._t(to)(BUSY), (), replace=False))

    def action(self, body: Payload, ack: Ack) -> BoltResponse | None:
        """A pressed button; one that only opens an address (`url`) needs no answer but arrives all the same.

        A customer's answer is kept before it is acknowledged: whoever saw that it arrived does not tap again.
        """
        to = pressed(body)
        if self.desk.is_kept_first(to):
            answer = self.desk.kept(to)
            ack()
            self.answers.offer(lambda: self.desk.later(to, answer), lambda: self._turn_away(to))
            return None
        if "url" not in body["actions"][0]:
            taken = self.answers.offer(lambda: self.desk.action(to), lambda: self._turn_away(to))
            if not (taken or self._turn_away(to)):
                return BoltResponse(status=TRY_LATER)
        ack()
        return None

    def submission(self, body: Payload, ack: Ack) -> None:
        """A submitted modal: its inputs are judged within the acknowledgement, so its handlers must be quick."""
        to = submitted(body)
        answer = self.desk.submission(to)
        ack(_acknowledgement(answer, self._t(to)))
        if answer is not None and not isinstance(answer, Invalid | Modal | Reply):
            self.answers.offer(lambda: self.desk.later(to, answer), lambda: self._turn_away(to))

    def event(self, body: dict[str, Any]) -> BoltResponse | None:
        """Anything Slack tells: acknowledged when it is taken up, sent again when there is no room."""
        return None if self.answers.offer(lambda: self.events.take(body)) else BoltResponse(status=TRY_LATER)

    def options(self, ack: Ack) -> None:
        """No menu of ours asks for its options yet; one in an old message gets none."""
        ack(options=[])

    def _t(self, to: Interaction) -> Translator:
        return translator(self.desk.people.locale(to.user_id))

    def _count_turned_away(self) -> None:
        self.desk.telemetry.count("answers", "no_room")

    def _turn_away(self, to: Interaction) -> bool:
        """Have the person told that there is no room; False when there is none for that either."""
        self._count_turned_away()
        return self.turned_away.offer(lambda: self._tell_busy(to))

    def _tell_busy(self, to: Interaction) -> None:
        text = self._t(to)(BUSY)
        try:
            if to.response_url is not None and to.surface is Surface.CONVERSATION:
                self.slack.respond(to.response_url, private_message(text, (), replace=False))
            else:
                self.desk.sender.write(to.user_id, Reply(text))
        except SLACK_FAULTS as error:
            logger.warning("could not say that there is no room: %s", code_of(error))


def bolt_app(
    listeners: Listeners, client: WebClient, token: str, workspace: Workspace, secret: str, executor: Executor
) -> App:
    """The app with all listeners. Authorisation is what auth.test said at start: no request asks again.

    `process_before_response` has Bolt run a listener where it stands instead of polling for its ack every 10 ms.
    `client` carries no token: the one that the authorisation hands out is used.
    """
    app = App(
        logger=_quiet_logger(),
        name="latido",
        client=client,
        signing_secret=secret,
        authorize=_authorize(token, workspace),
        process_before_response=True,
        listener_executor=executor,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
    app.command(_ANY)(listeners.command)
    app.action(_ANY)(listeners.action)
    app.view_submission(_ANY)(listeners.submission)
    app.view_closed(_ANY)(_closed)
    app.options(_ANY)(listeners.options)
    app.event(_ANY)(listeners.event)
    return app


def _closed(ack: Ack) -> None:
    ack()


def _authorize(token: str, workspace: Workspace) -> Callable[..., AuthorizeResult]:
    result = AuthorizeResult(
        enterprise_id=workspace.enterprise_id,
        team_id=workspace.team_id,
        bot_token=token,
        bot_id=workspace.bot_id,
        bot_user_id=workspace.bot_user_id,
    )

    def authorize() -> AuthorizeResult:
        """The one installation there is."""
        return result

    return authorize


def _quiet_logger() -> logging.Logger:
    """Bolt logs whole requests at INFO when a signature is wrong."""
    quiet = logging.getLogger("latido.bolt")
    quiet.setLevel(logging.ERROR)
    return quiet


def _acknowledgement(answer: Answer, t: Translator) -> Any:  # noqa: ANN401 - what Bolt's ack takes
    """A submission's acknowledgement: errors at the inputs, another view in its place, or nothing, which closes it."""
    match answer:
        case Invalid():
            return {"response_action": "errors", "errors": dict(answer.errors)}
        case Modal():
            return {"response_action": "update", "view": view_of(answer)}
        case Reply():
            shown = Modal(TITLE, answer.blocks or (section(answer.text),), close=t("Close"))
            return {"response_action": "update", "view": view_of(shown)}
    return ""
