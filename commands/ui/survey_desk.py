"""What /survey does for colleagues, by the first word that is typed after it."""

import re
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from commands.core.errors import NotUnderstood
from commands.core.reply import Modal, Reply
from commands.core.request import Request
from commands.core.survey_short import kind_in
from commands.core.words import folded, short, words_of
from commands.ui import (
    exit_asking,
    survey_explaining,
    survey_following,
    survey_listing,
    survey_rewording,
    survey_sending,
    survey_triggering,
    verbatim_setup,
)
from metrics.surveys import all_surveys
from metrics.types import Sentence
from storage.session import Session

Page: TypeAlias = Callable[[Request, Session, str], Reply | Modal]

WORDS: Final[Mapping[str, frozenset[str]]] = {
    "new": frozenset({"", "new", "nueva", "nuevo", "новый"}),
    "list": frozenset({"list", "waves", "all", "lista", "encuestas", "список", "опросы"}),
    "wording": frozenset({"wording", "question", "questions", "texto", "preguntas", "вопросы", "формулировка"}),
    "why": frozenset({"why", "porque", "почему"}),
    "lists": frozenset({"lists", "listas", "списки"}),
    "triggers": frozenset({"triggers", "trigger", "automatic", "disparadores", "automáticas", "триггеры"}),
    "verbatims": frozenset({"verbatims", "comments", "comentarios", "комментарии"}),
}
"""What is typed for each page."""
_POR_QUE: Final = re.compile(r"^\s*por\s+qu[eé]\b", re.IGNORECASE)


def run(request: Request, db: Session) -> Reply | Modal:
    """The form; the list; why somebody was not asked; or, after a kind's name, the short way."""
    typed = kind_in(request.text)
    if typed is not None:
        return survey_sending.ask_kind(request, db, typed)
    words = words_of(_POR_QUE.sub("why", request.text))
    first, rest = (folded(words[0].bare), " ".join(one.bare for one in words[1:])) if words else ("", "")
    page = next((name for name, meant in WORDS.items() if first in {folded(one) for one in meant}), None)
    if page is None:
        raise NotUnderstood(
            Sentence(
                "“{words}” is no survey. Type one of {kinds}, or one of {pages}.",
                {"words": short(request.text), "kinds": ", ".join(all_surveys()), "pages": ", ".join(PAGES)},
            ),
            suggestions=("/survey", "/survey list"),
        )
    return PAGES[page](request, db, rest)


PAGES: Final[Mapping[str, Page]] = {
    "new": lambda request, db, _rest: survey_sending.ask_new(request, db),
    "list": lambda request, db, _rest: survey_following.show(request, db),
    "wording": lambda request, db, _rest: survey_rewording.show(request, db),
    "why": survey_explaining.explain,
    "lists": lambda request, db, _rest: survey_listing.show_lists(request, db),
    "triggers": lambda request, db, _rest: survey_triggering.triggers(request, db),
    "verbatims": lambda request, db, _rest: verbatim_setup.verbatims(request, db),
}
ACTIONS: Final = (
    *survey_sending.SENDING,
    *survey_following.FOLLOWING,
    *survey_listing.LISTING,
    *survey_rewording.REWORDING,
    *survey_triggering.TRIGGER_ACTIONS,
    *exit_asking.LEAVING,
    *verbatim_setup.VERBATIM_ACTIONS,
)
VIEWS: Final = (
    *survey_sending.SENDING_VIEWS,
    *survey_following.FOLLOWING_VIEWS,
    *survey_listing.LISTING_VIEWS,
    *survey_rewording.REWORDING_VIEWS,
    *survey_triggering.TRIGGER_VIEWS,
    *exit_asking.LEAVING_VIEWS,
    *verbatim_setup.VERBATIM_VIEWS,
)
