"""A command about figures: one question, the same buttons and modal, whatever its card shows of the answer."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from commands.core.arguments import render
from commands.core.asked import arguments_of
from commands.core.button_values import unpacked
from commands.core.filters import Filter, changed, choices_of
from commands.core.reply import Document, Modal, Reply
from commands.core.request import Place, Request, Role, Translator
from commands.core.spec import Action, Handler
from commands.core.surroundings import Surroundings, alone, shared
from storage.session import Session

A = TypeVar("A")
"""The answer that a command's card, explanation and file tell."""


def _no_lead(_request: Request, text: str) -> tuple[str, str]:
    return "", text


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
    lead: Callable[[Request, str], tuple[str, str]] = _no_lead
    """What stands before period and book in a question (a metric's name), and the rest of it."""
    needed: frozenset[Filter] = frozenset()
    """What every question names, so that its menu has no line for all."""

    def show(self, request: Request, db: Session) -> Reply:
        """Answer what was typed."""
        return self._card(request, db, request.text, alone(request))

    def step(self, request: Request, db: Session) -> Reply:
        """The same for the period before or after, in the place of the card whose button was pressed."""
        return self._instead(request, db, unpacked(request.text).text)

    def narrow(self, request: Request, db: Session) -> Reply:
        """The same for what was chosen in a menu, in the place of the card that the menu stands in."""
        lead, rest = self.lead(request, unpacked(request.block_id).text)
        asked = changed(arguments_of(request, db, self.command, rest), request.text, request)
        return self._instead(request, db, f"{lead} {render(asked)}".strip())

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
        return self._card(request, db, unpacked(request.text).text, shared(request))

    def actions(self) -> tuple[Action, ...]:
        """The command's buttons."""
        return (
            self._action("earlier", self.step),
            self._action("later", self.step),
            self._action("filter", self.narrow),
            self._action("explain", self.explain, opens_modal=True),
            self._action("explain.back", self.explain),
            self._action("explain.next", self.explain),
            self._action("csv", self.export),
            self._action("share", self.share, once=True),
        )

    def _card(self, request: Request, db: Session, text: str, around: Surroundings) -> Reply:
        """The card with its menus."""
        around = replace(around, choices=choices_of(request, db, self.needed))
        return self.card(self.answer(request, db, text), around, request.t)

    def _instead(self, request: Request, db: Session, text: str) -> Reply:
        return replace(self._card(request, db, text, alone(request)), replace=True)

    def _action(self, name: str, run: Handler, **how: Any) -> Action:  # noqa: ANN401
        return Action(f"{self.command}.{name}", run, Role.MEMBER, Place.INTERNAL, **how)
