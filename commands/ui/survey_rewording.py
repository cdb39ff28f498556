"""/survey wording: the usual questions in the company's own words."""

from typing import Final

from commands.core.button_values import unpacked
from commands.core.errors import UserError
from commands.core.reply import Invalid, Modal, Reply
from commands.core.request import Place, Request, Role
from commands.core.spec import Action, View
from commands.core.survey_draft import LANGUAGES, WORDING_MOST
from commands.ui.cards.survey_sample import whole_questions
from commands.ui.cards.survey_waves import WORDING
from commands.ui.cards.survey_wording import (
    FIELD,
    REWORD,
    REWORD_LOOK,
    REWORD_SAVE,
    wording_card,
    wording_form,
    wording_saved,
)
from metrics.surveying import Survey
from metrics.surveys import all_surveys
from metrics.types import Sentence
from storage.queries.survey_wordings import reword, wordings
from storage.session import Session


def show(request: Request, db: Session) -> Reply:
    """Every question as it is asked."""
    kinds = list(all_surveys().values())
    own = {survey.id: wordings(db, survey.id) for survey in kinds}
    return wording_card(kinds, own, request.company.surveys, request.t)


def ask(request: Request, db: Session) -> Modal:
    """The form for one kind."""
    survey = _kind(request)
    return wording_form(survey, wordings(db, survey.id), request.t)


def look(request: Request, _db: Session) -> Modal:
    """The form with the messages that come of it."""
    survey, words = _kind(request), _entered(request)
    shown = whole_questions(survey, words, LANGUAGES, request.company.surveys, request.t)
    return wording_form(survey, words, request.t, preview=shown)


def save(request: Request, db: Session) -> Modal | Invalid:
    """Keep what the form says."""
    survey, words = _kind(request), _entered(request)
    strange = {
        FIELD.format(language): request.t("Only {mark} may stand in braces.", mark="{product}")
        for language, text in words.items()
        if any(sign in text.replace("{product}", "") for sign in "{}")
    }
    if strange:
        return Invalid(strange)
    for language in LANGUAGES:
        reword(db, survey.id, language, words.get(language, ""))
    return wording_saved(survey, wordings(db, survey.id), request.company.surveys, request.t)


def _entered(request: Request) -> dict[str, str]:
    texts = {one: str(request.state.get(FIELD.format(one)) or "").strip()[:WORDING_MOST] for one in LANGUAGES}
    return {language: " ".join(text.split()) for language, text in texts.items() if text}


def _kind(request: Request) -> Survey:
    found = all_surveys().get(unpacked(request.text).text)
    if found is None:
        raise UserError(Sentence("There is no such survey any more."))
    return found


REWORDING: Final = (
    Action(WORDING, show, Role.MEMBER, Place.INTERNAL),
    Action(REWORD, ask, Role.MEMBER, Place.INTERNAL, opens_modal=True),
    Action(REWORD_LOOK, look, Role.MEMBER, Place.INTERNAL),
)
REWORDING_VIEWS: Final = (View(REWORD_SAVE, save, Role.MEMBER, Place.INTERNAL, repeatable=True),)
