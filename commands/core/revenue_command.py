"""A command about recurring revenue: /mrr and /churn differ in what they show of the same answer."""

from collections.abc import Callable

from commands.core.asked import arguments_of
from commands.core.figure_command import FigureVoice
from commands.core.reply import Document, Modal, Reply
from commands.core.request import Request, Translator
from commands.core.revenue_question import RevenueAnswer, answer
from commands.core.surroundings import Surroundings
from storage.session import Session


def revenue_voice(
    command: str,
    card: Callable[[RevenueAnswer, Surroundings, Translator], Reply],
    explanation: Callable[[RevenueAnswer, int, Translator], Modal],
    document: Callable[[RevenueAnswer, Translator], Document],
) -> FigureVoice[RevenueAnswer]:
    """The voice of a command that shows a RevenueAnswer."""

    def answered(request: Request, db: Session, text: str) -> RevenueAnswer:
        return answer(request, db, arguments_of(request, db, command, text))

    return FigureVoice(command, answered, card, explanation, document)
