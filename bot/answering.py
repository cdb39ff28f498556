"""From a question to an answer: what runs, the gate, one transaction, one policy for whatever goes wrong.

Slack's requests and the terminal's come through here alike.
"""

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Engine

from bot.interactions import Inputs
from bot.turns import Turns
from commands.core.access import admit
from commands.core.errors import NotUnderstood, UserError
from commands.core.registry import Asked, Registry
from commands.core.reply import Answer, Invalid, Reply
from commands.core.request import Actor, Audience, Company, Place, Request, Role, Translator
from commands.core.spec import ASK, REPEATED, Handler
from commands.ui.blocks import actions, button, section
from commands.ui.text import translator
from metrics.types import Sentence
from storage.queries.seen import first_time, forget
from storage.session import Session, reading, transaction

logger = logging.getLogger(__name__)

DONE_BEFORE = Sentence(
    "I have done this already, or Slack did not confirm that I have. If you do not see it, ask your question anew."
)


@dataclass(frozen=True, slots=True)
class Task:
    """What a question asks to be run, with the text it gets and who may have it where."""

    run: Handler
    text: str
    least_role: Role
    place: Place
    opens_modal: bool = False
    on_top: bool = False
    once: bool = False
    """May write, and must not happen twice."""
    writes: bool = False
    """May write, and may happen again. Neither: it only reads."""


@dataclass(frozen=True, slots=True)
class Answering:
    """What every answer needs: the store, the commands, the company and the clock (aware UTC)."""

    engine: Engine
    registry: Registry
    company: Company
    clock: Callable[[], datetime]
    written: Callable[[], object] = lambda: None
    """Called after a transaction that may have put something into the outbox."""
    turns: Turns = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "turns", Turns(self.engine))

    def command(self, slash: str, text: str) -> Task:
        """The task of a typed command; NotUnderstood for one that there is not."""
        return _task_of(self.registry.resolve(slash, text, self.company.command_prefix))

    def line(self, text: str) -> Task:
        """The task of a whole typed line, with or without the company's prefix: `/health acme`."""
        return _task_of(self.registry.resolve_text(text, self.company.command_prefix))

    def action(self, action_id: str, value: str) -> Task:
        """The task of a pressed button; NotUnderstood for one in an old message that means nothing any more."""
        if action_id.partition(REPEATED)[0] == ASK:
            return self.line(value)
        action = self.registry.action(action_id)
        if action is None:
            raise _outlived()
        return Task(
            action.run,
            value,
            action.least_role,
            action.place,
            opens_modal=action.opens_modal,
            on_top=action.on_top,
            once=action.once,
            writes=action.writes,
        )

    def view(self, callback_id: str, metadata: str) -> Task:
        """The task of a submitted modal; NotUnderstood for one that is no longer declared."""
        view = self.registry.view(callback_id)
        if view is None:
            raise _outlived()
        again = view.repeatable
        return Task(view.run, metadata, view.least_role, view.place, once=not again, writes=again)

    def request(
        self, task: Task, actor: Actor, audience: Audience, *, inputs: Inputs | None = None, in_modal: bool = False
    ) -> Request:
        """The question as a command gets it, past the gate; NotAllowed for a person or place that may not have it."""
        request = Request(
            text=task.text,
            actor=actor,
            audience=audience,
            now=self.clock(),
            company=self.company,
            t=translator(actor.locale),
            state=inputs or {},
            in_modal=in_modal,
        )
        admit(request, task.least_role, task.place)
        return request

    def run(self, task: Task, request: Request, once_key: str) -> Answer:
        """Run the task in one transaction, which is over when this returns.

        DONE_BEFORE if something that may happen only once has happened under `once_key`. Invalid leaves nothing
        behind, so that the mended inputs can be submitted.
        """
        if not (task.once or task.writes):
            with self.turns.turn(), reading(self.engine) as db:
                return task.run(request, db)
        try:
            with self.turns.turn(), transaction(self.engine) as db:
                answer = _written(task, request, db, once_key)
        except _NotTaken as refused:
            return refused.answer
        self.written()
        return answer

    def forget(self, once_key: str) -> None:
        """Let it happen after all: what was to be sent has certainly not been."""
        with transaction(self.engine) as db:
            forget(db, once_key)


class _NotTaken(Exception):
    """Rolls the transaction back for inputs that are not right."""

    def __init__(self, answer: Invalid) -> None:
        super().__init__()
        self.answer = answer


def _written(task: Task, request: Request, db: Session, once_key: str) -> Answer:
    if task.once and not first_time(db, once_key, now=request.now):
        return Reply(request.t(DONE_BEFORE))
    answer = task.run(request, db)
    if isinstance(answer, Invalid):
        raise _NotTaken(answer)
    return answer


class Settled(NamedTuple):
    """An answer, and whether it is one: `answered`, `refused` with a sentence or `failed` with a reference."""

    answer: Answer
    outcome: str


def settle(work: Callable[[], Answer], t: Callable[[], Translator]) -> Settled:
    """What the work answers. The one error policy: whatever goes wrong becomes something to read, in `t`'s language."""
    try:
        return Settled(work(), "answered")
    except UserError as error:
        return Settled(apology(error, t()), "refused")
    except Exception as error:  # noqa: BLE001 - the policy itself
        return Settled(apology(error, t()), "failed")


def apology(error: Exception, t: Translator) -> Reply:
    """What the person reads instead of an answer: a UserError's sentence, else a reference that finds the log line."""
    if isinstance(error, UserError):
        return _refusal(error, t)
    reference = secrets.token_hex(3).upper()
    logger.error("reference %s", reference, exc_info=error)
    return Reply(
        t(
            "Something went wrong on my side. Please try again; if it stays like this, tell the people who run me "
            "this reference: {reference}",
            reference=reference,
        )
    )


def _refusal(error: UserError, t: Translator) -> Reply:
    text = t(error.sentence)
    if not error.suggestions:
        return Reply(text)
    offered = [button(typed, ASK, typed) for typed in error.suggestions]
    return Reply(text, (section(t.md(error.sentence)), actions(*offered)))


def _task_of(asked: Asked) -> Task:
    command, text = asked
    return Task(command.run, text, command.least_role, command.place)


def _outlived() -> NotUnderstood:
    return NotUnderstood(Sentence("That button is from an older version of mine and does nothing any more."))
