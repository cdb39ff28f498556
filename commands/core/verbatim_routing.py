"""Where comments of customers flow: what the form says of a line."""

from typing import Final

from commands.core.button_values import unpacked
from commands.core.conditions import name_in, text_in
from commands.core.errors import UserError
from commands.core.recipients import wrong_channel
from commands.core.reply import Invalid
from commands.core.request import Request
from metrics.surveying import Survey
from metrics.surveys import all_surveys
from metrics.types import Sentence
from storage.queries import verbatim_routes
from storage.queries.verbatim_routes import VerbatimRoute
from storage.session import Session

CHANNEL: Final = "verbatim_channel"
KIND: Final = "verbatim_kind"
LOWEST: Final = "verbatim_lowest"
HIGHEST: Final = "verbatim_highest"
SEGMENT: Final = "verbatim_segment"
"""Ids of the form's inputs; frozen."""


def verbatim_route_pressed(request: Request, db: Session) -> VerbatimRoute | None:
    """The line whose button was pressed; None for a new one, UserError if it is gone."""
    text = unpacked(request.text).text
    if not text:
        return None
    found = next((one for one in verbatim_routes.verbatim_routes(db) if str(one.id) == text), None)
    if found is None:
        raise UserError(Sentence("This route is no longer there."))
    return found


def verbatim_route_in(request: Request, route_id: int) -> VerbatimRoute | Invalid:
    """What a submitted form says; Invalid says at which input what is wrong."""
    state = request.state
    channel = state.get(CHANNEL)
    kind = name_in(state.get(KIND))
    survey = None if kind is None else all_surveys().get(kind)
    scores = {name: text_in(state.get(name)) for name in (LOWEST, HIGHEST)}
    wrong = {name: words for name, text in scores.items() if (words := _wrong_score(survey, text)) is not None}
    if (place := wrong_channel(request, channel)) is not None:
        wrong[CHANNEL] = place
    lowest, highest = (None if text is None or name in wrong else int(text) for name, text in scores.items())
    if lowest is not None and highest is not None and lowest > highest:
        wrong[HIGHEST] = Sentence("The highest score is below the lowest one.")
    if wrong:
        return Invalid({name: request.t(words) for name, words in wrong.items()})
    return VerbatimRoute(
        str(channel), kind, lowest, highest, name_in(state.get(SEGMENT)), request.actor.user_id, route_id
    )


def save_verbatim_route(db: Session, route: VerbatimRoute) -> None:
    """Keep a new line, or one in the place of what it was; UserError if that is gone."""
    if not route.id:
        verbatim_routes.add(db, route)
    elif not verbatim_routes.change(db, route):
        raise UserError(Sentence("This route is no longer there."))


def _wrong_score(survey: Survey | None, text: str | None) -> Sentence | None:
    if text is None:
        return None
    if survey is None or survey.scale is None:
        return Sentence("Choose a kind of survey that has scores, or leave this empty.")
    lowest, best = survey.scale
    if not (text.isascii() and text.isdecimal()) or len(text) > 3 or not lowest <= int(text) <= best:
        return Sentence("A whole number from {lowest} to {best}, please.", {"lowest": lowest, "best": best})
    return None
