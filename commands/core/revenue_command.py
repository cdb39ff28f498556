"""A command about recurring revenue: the same question, buttons and modal, whatever its card shows of the answer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from commands.core.button_values import unpacked
from commands.core.reply import Document, Modal, Reply
from commands.core.request import Place, Request, Role, Translator
from commands.core.revenue_question import RevenueAnswer, answer, arguments_of
from commands.core.spec import Action, Handler
from commands.core.surroundings import Surroundings, alone, shared
from storage.session import Session


@dataclass(frozen=True, slots=True)
class RevenueVoice:
    """How one command tells the answer: its card, its explanation (by page) and its file."""

    command: str
    card: Callable[[RevenueAnswer, Surroundings, Translator], Reply]
    explanation: Callable[[RevenueAnswer, int, Translator], Modal]
    document: Callable[[RevenueAnswer, Translator], Document]

    def show(self, request: Request, db: Session) -> Reply:
        """Answer what was typed."""
        return self.card(self._answer(request, db, request.text), alone(request), request.t)

    def step(self, request: Request, db: Session) -> Reply:
        """The same for the period before or after, in the place of the card whose button was pressed."""
        found = self._answer(request, db, unpacked(request.text).text)
        card = self.card(found, alone(request), request.t)
        return Reply(card.text, card.blocks, card.chart, card.chart_at, replace=True)

    def explain(self, request: Request, db: Session) -> Modal:
        """How the card's figures are computed, from which accounts."""
        pressed = unpacked(request.text)
        return self.explanation(self._answer(request, db, pressed.text), pressed.page, request.t)

    def export(self, request: Request, db: Session) -> Document:
        """The accounts behind the figures as a file."""
        return self.document(self._answer(request, db, unpacked(request.text).text), request.t)

    def share(self, request: Request, db: Session) -> Reply:
        """The same question asked afresh, for everybody in the channel."""
        around = shared(request)
        return self.card(self._answer(request, db, unpacked(request.text).text), around, request.t)

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

    def _answer(self, request: Request, db: Session, text: str) -> RevenueAnswer:
        return answer(request, db, arguments_of(request, db, self.command, text))
