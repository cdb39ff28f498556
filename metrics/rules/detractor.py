"""Detractor: somebody at the account gave a low answer of late."""

from metrics.account_facts import VoiceFacts
from metrics.judging import Finding, RiskFacts, Rule, Severity
from metrics.types import SURVEY_SCALES, Sentence, msg

RECENT_DAYS = 30
"""A low answer that is older was dealt with, or it is too late."""

NPS_URGENT = 3
RATING_URGENT = 1
"""An answer of at most so much is urgent: NPS, or CSAT and CES."""


def check(facts: RiskFacts) -> Finding | None:
    """A warning for an NPS detractor or a CSAT or CES of 1 or 2 within 30 days; urgent for the very lowest.

    None without a low answer.
    """
    voice = facts.account.voice
    if voice is None or voice.last_low_on is None or voice.last_low_score is None or voice.last_low_kind is None:
        return None
    if (facts.account.as_of - voice.last_low_on).days > RECENT_DAYS:
        return None
    urgent = voice.last_low_score <= (NPS_URGENT if voice.last_low_kind == "nps" else RATING_URGENT)
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
)
