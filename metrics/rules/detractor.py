"""Detractor: somebody at the account gave a low answer of late."""

from metrics.account_facts import VoiceFacts
from metrics.dials import Calmer, Dial, Dials, DialUnit
from metrics.judging import Finding, RiskFacts, Rule, Severity
from metrics.types import SURVEY_SCALES, Sentence, msg


def check(facts: RiskFacts, dials: Dials) -> Finding | None:
    """A warning for an NPS detractor or a CSAT or CES of 1 or 2 of late; urgent for the very lowest.

    One that is older was dealt with, or it is too late.

    None without a low answer.
    """
    voice = facts.account.voice
    if voice is None or voice.last_low_on is None or voice.last_low_score is None or voice.last_low_kind is None:
        return None
    if (facts.account.as_of - voice.last_low_on).days > dials["recent_days"]:
        return None
    urgent = voice.last_low_score <= dials["urgent_nps" if voice.last_low_kind == "nps" else "urgent_rating"]
    severity = Severity.URGENT if urgent else Severity.WARNING
    return Finding(severity, _why(voice, voice.last_low_kind), voice.last_low_on)


def _why(voice: VoiceFacts, kind: str) -> Sentence:
    _, best = SURVEY_SCALES[kind]
    values = {
        "kind": kind.upper(),
        "score": voice.last_low_score,
        "best": best,
        "day": voice.last_low_on,
        "comment": voice.last_low_comment,
    }
    if voice.last_low_comment:
        return Sentence("{kind} answer {score} of {best} on {day}: “{comment}”", values)
    return Sentence("{kind} answer {score} of {best} on {day}, without a comment", values)


RULE = Rule(
    id="detractor",
    title=msg("A low survey answer"),
    advice=msg("Thank them within a day, ask what went wrong and say what will be done about it."),
    check=check,
    dials={
        "recent_days": Dial(msg("A low answer counts for"), 30, DialUnit.DAYS, 1, 180, Calmer.LOWER),
        "urgent_nps": Dial(msg("Urgent up to an NPS answer of"), 3, DialUnit.COUNT, 0, 6, Calmer.LOWER),
        "urgent_rating": Dial(msg("Urgent up to a CSAT or CES answer of"), 1, DialUnit.COUNT, 1, 2, Calmer.LOWER),
    },
    feeds=("survey_responses",),
)
