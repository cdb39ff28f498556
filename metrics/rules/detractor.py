"""Detractor: somebody at the account gave a low answer of late."""

from collections.abc import Iterator

from metrics.account_facts import Answered
from metrics.dials import Calmer, Dial, Dials, DialUnit
from metrics.judging import Finding, RiskFacts, Rule, Severity, worst_of
from metrics.surveys import scales
from metrics.types import Sentence, Value, msg


def check_each(facts: RiskFacts, dials: Dials) -> Iterator[Finding]:
    """A warning for each NPS detractor and each CSAT or CES of 1 or 2 of late; urgent for the very lowest.

    One that is older was dealt with, or it is too late. Nothing without a low answer.
    """
    voice = facts.account.voice
    for answer in () if voice is None else voice.low:
        if (facts.account.as_of - answer.on).days <= dials["recent_days"]:
            urgent = answer.score <= dials["urgent_nps" if answer.kind == "nps" else "urgent_rating"]
            severity = Severity.URGENT if urgent else Severity.WARNING
            yield Finding(severity, _why(answer), answer.on, f"answer {answer.id}")


def _why(answer: Answered) -> Sentence:
    _, best = scales()[answer.kind]
    values: dict[str, Value] = {"kind": answer.kind.upper(), "score": answer.score, "best": best, "day": answer.on}
    said = {**values, "comment": answer.comment}
    if answer.who is None:
        if answer.comment:
            return Sentence("{kind} answer {score} of {best} on {day}: “{comment}”", said)
        return Sentence("{kind} answer {score} of {best} on {day}, without a comment", values)
    if answer.comment:
        return Sentence("{who}: {kind} {score} of {best} on {day}: “{comment}”", {"who": answer.who, **said})
    return Sentence("{who}: {kind} {score} of {best} on {day}, without a comment", {"who": answer.who, **values})


RULE = Rule(
    id="detractor",
    title=msg("A low survey answer"),
    advice=msg("Thank them within a day, ask what went wrong and say what will be done about it."),
    check=worst_of(check_each),
    check_each=check_each,
    dials={
        "recent_days": Dial(msg("A low answer counts for"), 30, DialUnit.DAYS, 1, 180, Calmer.LOWER),
        "urgent_nps": Dial(msg("Urgent up to an NPS answer of"), 3, DialUnit.COUNT, 0, 6, Calmer.LOWER),
        "urgent_rating": Dial(msg("Urgent up to a CSAT or CES answer of"), 1, DialUnit.COUNT, 1, 2, Calmer.LOWER),
    },
    feeds=("survey_responses",),
)
