"""Advocate: somebody at the account would recommend the product, and nobody has asked the account for a good word."""

from collections.abc import Iterator

from metrics.account_facts import Answered
from metrics.dials import Calmer, Dial, Dials, DialUnit
from metrics.judging import Finding, RiskFacts, Rule, Severity, Signal, worst_of
from metrics.surveys import scales
from metrics.types import Sentence, msg


def check_each(facts: RiskFacts, dials: Dials) -> Iterator[Finding]:
    """A notice for each promoter of late whose name is known.

    Nothing where a colleague of theirs is a detractor, or where the account did something for us in public lately.
    """
    account = facts.account
    voice, asked = account.voice, account.advocated_on
    if voice is None or voice.detractors:
        return
    if asked is not None and (account.as_of - asked).days <= dials["pause_days"]:
        return
    for answer in voice.promoting:
        if (account.as_of - answer.on).days <= dials["recent_days"]:
            yield Finding(Severity.NOTICE, _why(answer), answer.on, f"contact {answer.contact_id}")


def _why(answer: Answered) -> Sentence:
    _, best = scales()[answer.kind]
    values = {"who": answer.who, "kind": answer.kind.upper(), "score": answer.score, "best": best, "day": answer.on}
    if answer.comment:
        said = {**values, "comment": answer.comment}
        return Sentence("{who}: {kind} {score} of {best} on {day}: “{comment}”", said)
    return Sentence("{who}: {kind} {score} of {best} on {day}, without a comment", values)


RULE = Rule(
    id="advocate",
    title=msg("A promoter to ask for a good word"),
    advice=msg("Thank them, and ask for a review or whether they would be a reference."),
    check=worst_of(check_each),
    check_each=check_each,
    dials={
        "recent_days": Dial(msg("A promoter's answer counts for"), 30, DialUnit.DAYS, 1, 180, Calmer.LOWER),
        "pause_days": Dial(msg("Nothing after a review or reference for"), 180, DialUnit.DAYS, 0, 730),
    },
    signal=Signal.EXPANSION,
    feeds=("survey_responses",),
    once=True,
)
