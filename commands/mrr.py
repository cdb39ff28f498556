"""/mrr [period] [segment|csm]: monthly recurring revenue, how it moved and why."""

from commands.core.reply import Document, Modal
from commands.core.request import Place, Role, Translator
from commands.core.revenue_command import RevenueVoice
from commands.core.revenue_question import RevenueAnswer
from commands.core.spec import Command
from commands.ui.cards.explain import document, explanation
from commands.ui.cards.mrr import EXPLAINED, KINDS, mrr_card
from metrics.types import msg

ID = "mrr"


def _explanation(answer: RevenueAnswer, page: int, t: Translator) -> Modal:
    return explanation(answer, ID, EXPLAINED, KINDS, page, t)


def _document(answer: RevenueAnswer, t: Translator) -> Document:
    return document(answer, ID, KINDS, t)


VOICE = RevenueVoice(ID, mrr_card, _explanation, _document)

COMMAND = Command(
    id=ID,
    usage=msg("[period] [segment or csm:name]"),
    summary=msg("Monthly recurring revenue: from opening to closing, and what moved it"),
    run=VOICE.show,
    least_role=Role.MEMBER,
    place=Place.INTERNAL,
    examples=("", "last month", "2026-Q3", "12m", "enterprise"),
    actions=VOICE.actions(),
)
