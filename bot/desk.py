"""Takes up what people do: who asks and who reads along, the gate, the answer, its delivery, its picture.

The person always gets to read something: the answer, a sentence, or a reference.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from bot.answering import Answering, Task, apology, settle
from bot.interactions import Interaction, Surface
from bot.landings import Landing
from bot.mentions import plain
from bot.people import People
from bot.pictures import Pictures
from bot.pools import Pool
from bot.sending import Sender
from bot.slack_client import SLACK_FAULTS, code_of, is_refusal
from bot.telemetry import Telemetry
from commands.core.errors import UserError
from commands.core.reply import Answer, Document, Paper, Reply
from commands.core.request import Actor, Audience, Request, Role, Translator
from commands.core.spec import REPEATED
from commands.ui.text import translator
from metrics.types import Sentence, msg

logger = logging.getLogger(__name__)

UNCONFIRMED = Sentence(
    "Slack did not confirm my answer. Please look whether it is there; if it is not, ask your question anew."
)

PRINTING = msg("One moment: I am drawing {name} and will send it to you in a direct message.")
NOT_PRINTED = msg("I could not draw {name}. Please try again; if it stays like this, tell the people who run me.")
TOO_MUCH = msg("I have too much to draw at the moment. Please try again in a minute.")

TaskOf: TypeAlias = Callable[[str, str], Task]
"""From a command's name, a button's id or a modal's id, and its text, to what is to be run."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What it takes to answer a person."""

    answering: Answering
    people: People
    sender: Sender
    pictures: Pictures
    drawing_pool: Pool
    telemetry: Telemetry

    def command(self, to: Interaction) -> None:
        """Answer a typed command."""

        def task_of(slash: str, text: str) -> Task:
            return self.answering.command(slash, plain(text, self.people.email_of))

        self._answer(to, task_of)

    def action(self, to: Interaction) -> None:
        """Answer a pressed button."""
        self._answer(to, self.answering.action)

    def submission(self, to: Interaction) -> Answer:
        """What a submitted modal leads to, to be sent within its acknowledgement."""
        return self._before_acknowledged(to, self.answering.view)

    def is_kept_first(self, to: Interaction) -> bool:
        """Whether what a button stands for is kept before Slack hears that it has arrived: nobody would tap again."""
        action = self.answering.registry.action(to.id)
        return action is not None and action.writes

    def kept(self, to: Interaction) -> Answer:
        """What such a button leads to, to be sent once it is acknowledged."""
        return self._before_acknowledged(to, self.answering.action)

    def _before_acknowledged(self, to: Interaction, task_of: TaskOf) -> Answer:
        started = time.perf_counter()

        def work() -> Answer:
            task, request = self._admitted(to, task_of)
            return self.answering.run(task, request, to.once_key)

        answer, outcome = settle(work, lambda: self._t(to))
        self.telemetry.count("answers", outcome)
        self.telemetry.took(time.perf_counter() - started)
        return answer

    def later(self, to: Interaction, answer: Answer) -> None:
        """Send what an acknowledgement cannot carry: to where a button stands, of a modal by direct message."""
        self._deliver(to, answer, "")

    def _answer(self, to: Interaction, task_of: TaskOf) -> None:
        started = time.perf_counter()
        waiting = ""

        def work() -> Answer:
            nonlocal waiting
            task, request = self._admitted(to, task_of)
            if task.opens_modal and (task.on_top or to.surface is not Surface.MODAL):
                waiting = self.sender.open_waiting(to, request.t)
            return self.answering.run(task, request, to.once_key)

        answer, outcome = settle(work, lambda: self._t(to))
        if isinstance(answer, Document) and answer.paper is not None:
            answer = self._print_later(to, answer, answer.paper)
        landing = self._deliver(to, answer, waiting)
        self.telemetry.count("answers", outcome)
        self.telemetry.took(time.perf_counter() - started)
        if landing is not None and isinstance(answer, Reply) and answer.chart is not None:
            self._draw(landing, answer, to.user_id)

    def _admitted(self, to: Interaction, task_of: TaskOf) -> tuple[Task, Request]:
        """What is to be run and the request for it, past the gate."""
        task = task_of(to.id, to.text)
        actor, audience = self._who(to, task)
        in_modal = to.surface is Surface.MODAL
        request = self.answering.request(task, actor, audience, inputs=to.inputs, in_modal=in_modal)
        conversations = {one: self.people.readers(one) for one in to.conversations}
        people = {one: self.people.role(one) for one in to.people}
        return task, replace(
            request, block_id=to.block_id, moment=to.moment, conversations=conversations, people=people
        )

    def _t(self, to: Interaction) -> Translator:
        return translator(self.people.locale(to.user_id))

    def _who(self, to: Interaction, task: Task) -> tuple[Actor, Audience]:
        """A modal and App Home are seen by the asker alone, wherever they were opened."""
        look_up = self.people.anybody if task.least_role is Role.OUTSIDER else self.people.actor
        actor = look_up(to.user_id, to.team_id)
        if to.channel_id is None or to.surface is not Surface.CONVERSATION:
            return actor, Audience(to.user_id, external=False, direct=True)
        return actor, self.people.audience(to.channel_id, to.user_id)

    def _deliver(self, to: Interaction, answer: Answer, waiting: str) -> Landing | None:
        """Send the answer; if that fails, a sentence about it; if that fails too, the log knows."""
        t = self._t(to)
        try:
            return self.sender.send(to, answer, t, waiting)
        except (UserError, *SLACK_FAULTS) as error:
            instead = self._instead(to, answer, error, t)
        try:
            self._tell(to, instead, t, waiting)
        except (UserError, *SLACK_FAULTS) as error:
            what = to.id.partition(REPEATED)[0]  # the number behind it may be somebody's answer
            logger.error("%s could not be told that %s failed: %s", to.user_id, what, code_of(error))  # noqa: TRY400
            self.telemetry.count("undelivered", code_of(error))
        return None

    def _instead(self, to: Interaction, answer: Answer, error: Exception, t: Translator) -> Reply:
        """What is said of an answer that was not sent. One that has certainly not been shared may be shared after all.

        Only sharing is undone so: what another button has written stays written, whether or not its answer arrived.
        """
        if not isinstance(error, UserError) and not is_refusal(error):
            logger.warning("the answer to %s was not confirmed: %s", to.id, error)
            return Reply(t(UNCONFIRMED))
        if isinstance(answer, Reply) and answer.shared:
            self.answering.forget(to.once_key)
        return apology(error, t)

    def _tell(self, to: Interaction, instead: Reply, t: Translator, waiting: str) -> None:
        """Where the answer was to go; by direct message if nobody can say whether it came there either."""
        try:
            self.sender.send(to, instead, t, waiting)
        except OSError as unknown:
            what = to.id.partition(REPEATED)[0]
            logger.warning("%s gets a direct message about %s: %s", to.user_id, what, unknown)
            self.sender.write(to.user_id, instead)

    def _print_later(self, to: Interaction, document: Document, paper: Paper) -> Reply:
        """Have the pages laid out and sent when they are there; what is said meanwhile."""
        t = self._t(to)
        if self.drawing_pool.offer(lambda: self._print(to, document, paper)):
            return Reply(t(PRINTING, name=document.filename))
        self.telemetry.count("pictures", "no_room")
        return Reply(t(TOO_MUCH))

    def _print(self, to: Interaction, document: Document, paper: Paper) -> None:
        content = self.pictures.pdf(paper)
        if content is None:
            self._deliver(to, Reply(self._t(to)(NOT_PRINTED, name=document.filename)), "")
        else:
            self._deliver(to, replace(document, content=content, paper=None), "")

    def _draw(self, landing: Landing, reply: Reply, user_id: str) -> None:
        if not self.drawing_pool.offer(lambda: self.pictures.add(landing, reply, user_id)):
            self.telemetry.count("pictures", "no_room")
