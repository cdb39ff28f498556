"""What stands in Slack for a question that somebody was asked: itself, its reminder, or why it is closed."""

from collections.abc import Mapping

from commands.core.reply import Reply
from commands.core.request import Company
from commands.ui.cards.survey_question import expired_card, question_card, reminder_card, withdrawn_card
from commands.ui.text import translator
from metrics.surveys import all_surveys
from storage.queries.survey_asks import Ask


def question_of(
    ask: Ask, wording: Mapping[str, str], company: Company, *, anonymous: bool = False, shared: bool = False
) -> Reply:
    """The question with its buttons; `wording` has the company's own words by language, where there are any."""
    survey, t = all_surveys()[ask.kind], translator(ask.language)
    own = wording.get(ask.language, "")
    return question_card(survey, own, ask.token, t, company.surveys, anonymous=anonymous, shared=shared)


def reminder_of(
    ask: Ask, wording: Mapping[str, str], company: Company, *, anonymous: bool = False, shared: bool = False
) -> Reply:
    """The same once more, for whoever has not answered."""
    survey, t = all_surveys()[ask.kind], translator(ask.language)
    own = wording.get(ask.language, "")
    return reminder_card(survey, own, ask.token, t, company.surveys, anonymous=anonymous, shared=shared)


def closed(ask: Ask, wording: Mapping[str, str], company: Company, *, expired: bool) -> Reply:
    """In the place of a question that nobody can answer any more, because its time is over or it was withdrawn."""
    survey, t = all_surveys()[ask.kind], translator(ask.language)
    card = expired_card if expired else withdrawn_card
    return card(survey, wording.get(ask.language, ""), t, company.surveys)
