"""A command about figures: one question, the same buttons and modal, whatever its card shows of the answer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from commands.core.button_values import unpacked
from commands.core.reply import Document, Modal, Reply
from commands.core.request import Place, Request, Role, Translator
from commands.core.spec import Action, Handler
from commands.core.surroundings import Surroundings, alone, shared
from storage.session import Session

A = TypeVar("A")
"""The answer that a command's card, explanation and file tell."""


@dataclass(frozen=True, slots=True)
class FigureVoice(Generic[A]):
    """How one command finds and tells the answer: its card, its explanation (by page) and its file."""

    command: str
    answer: Callable[[Request, Session, str], A]
    """Of the question as it was typed, or as a button carries it."""
    card: Callable[[A, Surroundings, Translator], Reply]
    explanation: Callable[[A, int, Translator], Modal]
    document: Callable[[A, Translator], Document]
    answer_for_file: Callable[[Request, Session, str], A] | None = None
    """The answer with what only the file has room for; None: the same answer."""

    def show(self, request: Request, db: Session) -> Reply:
        """Answer what was typed."""
        return self.card(self.answer(request, db, request.text), alone(request), request.t)

    def step(self, request: Request, db: Session) -> Reply:
        """The same for the period before or after, in the place of the card whose button was pressed."""
        found = self.answer(request, db, unpacked(request.text).text)
        card = self.card(found, alone(request), request.t)
        return Reply(card.text, card.blocks, card.chart, card.chart_at, replace=True)

    def explain(self, request: Request, db: Session) -> Modal:
        """How the card's figures are computed, from which accounts."""
        pressed = unpacked(request.text)
        return self.explanation(self.answer(request, db, pressed.text), pressed.page, request.t)

    def export(self, request: Request, db: Session) -> Document:
        """The accounts behind the figures as a file."""
        answer = self.answer_for_file or self.answer
        return self.document(answer(request, db, unpacked(request.text).text), request.t)

    def share(self, request: Request, db: Session) -> Reply:
        """The same question asked afresh, for everybody in the channel."""
        around = shared(request)
        return self.card(self.answer(request, db, unpacked(request.text).text), around, request.t)

    def actions(self) -> tuple[Action, ...]:
        """The command's buttons."""
        return (
            self._action("earlier", self.step),
            self._action("later", self.step),
            self._action("explain", self.explain, opens_modal=True),
            self._action("explain.back", self.explain),
            self._action("explain.next", self.explain),
            self._action("csv", self.export),
            self._action("share", self.share, once=True),
        )

    def _action(self, name: str, run: Handler, **how: Any) -> Action:  # noqa: ANN401
        return Action(f"{self.command}.{name}", run, Role.MEMBER, Place.INTERNAL, **how)
