"""/churn [period] [segment|csm]: customers and revenue lost, why, and whether that is acceptable."""

from commands.core.reply import Document, Modal
from commands.core.request import Place, Role, Translator
from commands.core.revenue_command import revenue_voice
from commands.core.revenue_question import RevenueAnswer
from commands.core.spec import Command
from commands.ui.cards.churn import EXPLAINED, KINDS, churn_card
from commands.ui.cards.explain import document, explanation
from metrics.types import msg

ID = "churn"


def _explanation(answer: RevenueAnswer, page: int, t: Translator) -> Modal:
    return explanation(answer, ID, EXPLAINED, KINDS, page, t)


def _document(answer: RevenueAnswer, t: Translator) -> Document:
    return document(answer, ID, KINDS, t)


VOICE = revenue_voice(ID, churn_card, _explanation, _document)

COMMAND = Command(
    id=ID,
    usage=msg("[period] [segment or csm:name]"),
    summary=msg("Customers and revenue lost: how much, why, and whether that is acceptable"),
    run=VOICE.show,
    least_role=Role.MEMBER,
    place=Place.INTERNAL,
    examples=("", "last month", "2026-Q3", "12m", "enterprise"),
    actions=VOICE.actions(),
)
