"""The last look before a customer is asked: is it still wanted, is the person there and awake, what do they speak.

What is known was known when the survey was planned, hours or days ago; here Slack and the store are asked once more.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import Engine

from bot.people import People
from commands.core.posted import written
from commands.core.request import Company
from commands.core.survey_zones import clocks
from commands.ui.survey_messages import question_of, reminder_of
from commands.ui.text import LOCALES, best_locale
from metrics.asking import Reason
from storage.queries import delivering, respondents, survey_asks, survey_wanted
from storage.queries.lanes import Lane, lanes
from storage.queries.letters import Letter
from storage.queries.respondents import Respondent
from storage.queries.survey_wanted import Question
from storage.session import reading, transaction

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SurveyGate:
    """What it takes: the store, Slack's word on the person, what the company has decided."""

    engine: Engine
    people: People
    """Asks Slack once, without retries."""
    company: Company

    @property
    def lanes(self) -> Sequence[Lane]:
        """What goes first, and how fast customers are asked."""
        return lanes(self.company.surveys.an_hour)

    def let_through(self, letter: Letter, now: datetime) -> Letter | None:
        """The question as it is to be sent; None: not now or not at all, which has been written down.

        SlackApiError or OSError where Slack does not tell who the person is.
        """
        today = now.astimezone(self.company.zone).date()
        with reading(self.engine) as db:
            question = survey_wanted.question(db, letter.id, today=today)
        if question is None:
            logger.error("message %s to a customer is no question of a survey; it is not sent", letter.id)
            self._never(letter, None, None, now)
            return None
        if question.ask.state != ("sent" if question.reminder else "queued"):
            self._never(letter, question, None, now)
            return None
        if question.not_wanted is not None:
            self._never(letter, question, question.not_wanted, now)
            return None
        return self._to_person(letter, question, now)

    def _to_person(self, letter: Letter, question: Question, now: datetime) -> Letter | None:
        """Of a channel nothing more is known than there was."""
        zone, language = question.zone, question.ask.language
        if letter.destination.startswith(("U", "W")):
            person = respondent_from(self.people.respondent(letter.destination))
            with transaction(self.engine) as db:
                respondents.remember(db, person, now=now)
            if person.gone:
                self._never(letter, question, Reason.DEACTIVATED, now)
                return None
            zone, language = person.zone or zone, person.language or language
        with reading(self.engine) as db:
            (clock,) = clocks(db, [(zone, question.country)], self.company, now)
        awake = clock.next_moment(now)
        if awake > now:
            self._not_now(letter, question, now, awake)
            return None
        if language == question.ask.language:
            return letter
        return self._in_other_words(letter, question, language)

    def _not_now(self, letter: Letter, question: Question, now: datetime, awake: datetime) -> None:
        """They rest until then: a question waits, however long it takes; a reminder that comes too late is none."""
        ends = question.ask.expires_at
        if ends is None or awake < ends:
            with transaction(self.engine) as db:
                delivering.postpone(db, letter, now=now, until=awake)
        elif question.reminder:
            self._never(letter, question, None, now)
        else:
            with transaction(self.engine) as db:
                ends = survey_asks.postponed(db, question.ask.id, until=awake)
                delivering.postpone(db, letter, now=now, until=awake, expires_at=ends)

    def _in_other_words(self, letter: Letter, question: Question, language: str) -> Letter:
        """Slack knows their language better than whoever planned the survey."""
        put = reminder_of if question.reminder else question_of
        ask = question.ask._replace(language=language)
        reply = put(ask, question.wording, self.company, anonymous=question.anonymous, shared=question.shared)
        with transaction(self.engine) as db:
            survey_asks.reworded(db, ask.id, language)
        return letter._replace(content=written(reply))

    def _never(self, letter: Letter, question: Question | None, reason: Reason | None, now: datetime) -> None:
        """A reminder that is not sent leaves its question as it is."""
        with transaction(self.engine) as db:
            ours = delivering.withdrawn(db, letter, now=now)
            if not ours or question is None or question.reminder:
                return
            if reason is None:
                survey_asks.not_asked(db, question.ask.id)
            else:
                state = "failed" if reason is Reason.DEACTIVATED else "withdrawn"
                survey_asks.never_asked(db, question.ask.id, state, reason, now=now)


def respondent_from(user: Mapping[str, Any]) -> Respondent:
    """The person whom users.info describes."""
    locale = str(user.get("locale") or "")
    language = best_locale(locale) if locale else None
    spoken = language is not None and locale.lower().startswith(LOCALES)
    return Respondent(
        user_id=str(user["id"]),
        team_id=str(user["team_id"]) if user.get("team_id") else None,
        zone=str(user["tz"]) if _zone(user.get("tz")) else None,
        language=language if spoken else None,
        gone=bool(user.get("deleted")),
        email=_address(user),
    )


def _address(user: Mapping[str, Any]) -> str | None:
    """In lower case; None where whoever calls it theirs need not be the one who reads what is sent there."""
    if user.get("is_bot") or user.get("is_email_confirmed") is False:
        return None
    return str((user.get("profile") or {}).get("email") or "").strip().lower() or None


def _zone(name: object) -> ZoneInfo | None:
    try:
        return ZoneInfo(str(name)) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None
