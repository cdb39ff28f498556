"""/mrr [period] [segment|csm]: monthly recurring revenue and what moved it; /mrr reconcile: by other definitions."""

from commands.core.asked import arguments_of, so_far
from commands.core.reconcile_question import WORDS, reconciled
from commands.core.registry import first_word
from commands.core.reply import Document, Modal, Reply
from commands.core.request import Place, Request, Role, Translator
from commands.core.revenue_command import revenue_voice
from commands.core.revenue_question import RevenueAnswer
from commands.core.spec import Command
from commands.core.words import folded
from commands.ui.cards.explain import document, explanation
from commands.ui.cards.mrr import EXPLAINED, KINDS, mrr_card
from commands.ui.cards.reconcile import reconcile_card
from metrics.types import msg
from storage.session import Session

ID = "mrr"


def _explanation(answer: RevenueAnswer, page: int, t: Translator) -> Modal:
    return explanation(answer, ID, EXPLAINED, KINDS, page, t)


def _document(answer: RevenueAnswer, t: Translator) -> Document:
    return document(answer, ID, KINDS, t)


VOICE = revenue_voice(ID, mrr_card, _explanation, _document)


def run(request: Request, db: Session) -> Reply:
    """The card, or with `reconcile` in front what other tools would say of the same period."""
    word, rest = first_word(request.text)
    if folded(word) not in WORDS:
        return VOICE.show(request, db)
    asked = arguments_of(request, db, ID, rest)
    return reconcile_card(reconciled(request, db, asked, so_far(asked.period, request.today)), request.t)


COMMAND = Command(
    id=ID,
    usage=msg("[period] [segment or csm:name]"),
    summary=msg("Monthly recurring revenue: from opening to closing, and what moved it"),
    run=run,
    least_role=Role.MEMBER,
    place=Place.INTERNAL,
    examples=("", "last month", "2026-Q3", "12m", "enterprise", "reconcile"),
    actions=VOICE.actions(),
)
