"""What would become of a draft: who is asked and who is not, in which languages, and when the questions go out."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from commands.core.request import Request
from commands.core.survey_audience import named
from commands.core.survey_draft import LANGUAGES, ONCE, Draft
from commands.core.survey_plan import Plan, plan
from commands.core.survey_zones import clocks
from metrics.asking import SMALL_GROUP, Reason, SurveyPolicy
from metrics.spreading import moments
from metrics.types import Sentence
from storage.queries.survey_waves import NewWave
from storage.queries.survey_wordings import wordings
from storage.session import Session


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft and what would become of it."""

    draft: Draft
    to: Sentence
    """Whom it is for."""
    plan: Plan
    wording: Mapping[str, str]
    """By language, where it is not the one that comes with Latido: the draft's, else the company's own."""
    readers: Mapping[str, int]
    """How many are asked in each language, the most first."""
    policy: SurveyPolicy
    start_at: datetime
    """Aware UTC."""
    first_at: datetime
    """When the first question goes out, by everybody's night and weekend; with nobody to ask that is `start_at`."""
    last_at: datetime

    @property
    def reasons(self) -> Mapping[Reason, int]:
        """How many are not asked for each reason, the most frequent first."""
        return dict(Counter(one.why.reason for one in self.plan.skipped).most_common())

    @property
    def standard(self) -> Mapping[str, int]:
        """How many are asked in each language for which only the standard question is there, though others have more.

        Empty where it is asked in no words of the company's own at all.
        """
        if not any(self.wording.values()):
            return {}
        return {language: count for language, count in self.readers.items() if not self.wording.get(language)}

    @property
    def never_shown(self) -> bool:
        """It is anonymous and so few are asked that no figure of it will ever be shown."""
        return self.draft.anonymous and len(self.plan.asked) < SMALL_GROUP

    @property
    def repeats(self) -> bool:
        """Others are asked at later moments."""
        return self.draft.repeats != ONCE


def wave_of(draft: Draft, request: Request, db: Session) -> NewWave:
    """The wave that a draft wants, in the words that hold at this moment."""
    return NewWave(
        occurrence=f"form {draft.stamp}",
        kind=draft.survey.id,
        audience=draft.audience,
        start_at=draft.start_at or request.now,
        name=draft.name,
        place=draft.place,
        thread=draft.thread,
        wording=dict(wordings(db, draft.kind)) | dict(draft.wording),
        one_in=draft.one_in,
        anonymous=draft.anonymous,
        started_by=request.actor.user_id,
    )


def checked(draft: Draft, request: Request, db: Session) -> Checked:
    """What would become of the draft as everything stands now."""
    wave = wave_of(draft, request, db)
    found = plan(db, wave, request.company, wave.start_at)
    theirs = clocks(db, [(one.zone, one.country) for one in found.asked], request.company, request.now)
    policy = request.company.surveys
    due = moments(theirs, wave.start_at, policy.an_hour) or [wave.start_at]
    languages = Counter(language_of(one.language, request) for one in found.asked)
    return Checked(
        draft=draft,
        to=named(db, draft.audience),
        plan=found,
        wording=wave.wording,
        readers=dict(languages.most_common()),
        policy=policy,
        start_at=wave.start_at,
        first_at=min(due),
        last_at=max(due),
    )


def language_of(known: str | None, request: Request) -> str:
    """The language in which somebody is asked: their own where it is one of ours; the company's where it is unknown."""
    language = (known or request.company.language)[:2].lower()
    return language if language in LANGUAGES else LANGUAGES[0]
