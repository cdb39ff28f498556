"""/metric <name> [period] [segment|csm|plan]: any one figure, with its last twelve months and how it is computed."""

from typing import Any, Final

from commands.core.asked import arguments_of
from commands.core.button_values import unpacked
from commands.core.errors import NotUnderstood
from commands.core.figure_accounts import FigureAccounts, accounts_behind
from commands.core.figure_command import FigureVoice
from commands.core.figure_question import FiguresAnswer, answer
from commands.core.metric_values import RESTS_ON, metric_named
from commands.core.registry import first_word
from commands.core.reply import Document, Modal, Reply
from commands.core.request import Place, Request, Role, Translator
from commands.core.spec import Action, Command
from commands.core.surroundings import Surroundings
from commands.core.words import squeezed
from commands.ui.cards.definition import ACCOUNTS
from commands.ui.cards.figure_accounts import accounts_document, accounts_modal
from commands.ui.cards.metric_list import metric_list
from commands.ui.cards.topic import Picture, Topic
from commands.ui.cards.topic_card import topic_card
from commands.ui.cards.topic_explain import topic_document, topic_explanation
from metrics.formulas import all_metrics
from metrics.types import Metric, msg
from storage.session import Session

ID = "metric"
WORDS_MOST: Final = 6
"""Words in the longest title of a figure."""


def _topic(metric_id: str) -> Topic:
    """A topic of that figure alone."""
    return Topic(
        command=ID,
        title=all_metrics()[metric_id].title,
        headline=metric_id,
        rows=(),
        picture=Picture(metrics=(metric_id,)),
        nothing=msg("Nothing is known yet that this figure could be computed from. Import data with `latido import`."),
    )


def _answer(request: Request, db: Session, text: str) -> FiguresAnswer:
    metric, rest = _named(text, request.t)
    asked = arguments_of(request, db, f"{ID} {metric.id}", rest)
    rests_on = RESTS_ON.get(metric.facts, ())
    ids = (metric.id,)
    return answer(request, db, asked, metrics=ids, series=ids, entities=rests_on, lead=metric.id)


def _named(text: str, t: Translator) -> tuple[Metric[Any], str]:
    """The metric that the text begins with, by its id or its title, and what follows; NotUnderstood names others."""
    words = text.split()
    names = {squeezed(name): metric for metric in all_metrics().values() for name in (metric.title, t(metric.title))}
    for count in range(min(WORDS_MOST, len(words)), 1, -1):
        if (found := names.get(squeezed(" ".join(words[:count])))) is not None:
            return found, " ".join(words[count:])
    word, rest = first_word(text)
    if (found := names.get(squeezed(word))) is not None:
        return found, rest
    try:
        return metric_named(word), rest
    except NotUnderstood as unknown:
        offered = tuple(f"/{ID} {name} {rest}".strip() for name in unknown.suggestions)
        raise NotUnderstood(unknown.sentence, suggestions=offered) from None


def _card(answer: FiguresAnswer, where: Surroundings, t: Translator) -> Reply:
    return topic_card(_topic(answer.lead), answer, where, t)


def _explanation(answer: FiguresAnswer, page: int, t: Translator) -> Modal:
    return topic_explanation(_topic(answer.lead), answer, page, t)


def _document(answer: FiguresAnswer, t: Translator) -> Document:
    return topic_document(_topic(answer.lead), answer, t)


def show(request: Request, db: Session) -> Reply:
    """The figure; all that there are where none is named."""
    if not request.text.strip():
        return metric_list(tuple(all_metrics().values()), request.t)
    return VOICE.show(request, db)


def _behind(request: Request, db: Session) -> tuple[FigureAccounts, int]:
    """The accounts behind the figure that a button names, and the page it asks for."""
    pressed = unpacked(request.text)
    metric, rest = _named(pressed.text, request.t)
    asked = arguments_of(request, db, f"{ID} {metric.id}", rest)
    return accounts_behind(request, db, metric, asked), pressed.page


def show_accounts(request: Request, db: Session) -> Modal:
    """The accounts behind one figure of any card, each with its own numbers."""
    answer, page = _behind(request, db)
    return accounts_modal(answer, page, request.t)


def export_accounts(request: Request, db: Session) -> Document:
    """All of them as a file."""
    return accounts_document(_behind(request, db)[0], request.t)


def _lead(request: Request, text: str) -> tuple[str, str]:
    metric, rest = _named(text, request.t)
    return metric.id, rest


VOICE = FigureVoice(ID, _answer, _card, _explanation, _document, lead=_lead)

COMMAND = Command(
    id=ID,
    usage=msg("<figure> [period] [segment, csm:name or plan:name]"),
    summary=msg("Any one figure: its value, twelve months of it, and how it is computed"),
    run=show,
    least_role=Role.MEMBER,
    place=Place.INTERNAL,
    examples=("", "nrr", "quick_ratio last month", "arpa 2026-Q3 enterprise"),
    own_name=False,
    actions=(
        *VOICE.actions(),
        Action(ACCOUNTS, show_accounts, Role.MEMBER, Place.INTERNAL, opens_modal=True, on_top=True),
        Action(f"{ACCOUNTS}.back", show_accounts, Role.MEMBER, Place.INTERNAL),
        Action(f"{ACCOUNTS}.next", show_accounts, Role.MEMBER, Place.INTERNAL),
        Action(f"{ACCOUNTS}.csv", export_accounts, Role.MEMBER, Place.INTERNAL),
    ),
)
