"""Who will be asked in a wave, who will not, and why: the same answer for the preview and for the real thing."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple, TypeAlias

from commands.core.request import Company
from metrics.asking import Candidate, Decision, Reason, decide, sampled
from storage.queries.survey_candidates import candidates
from storage.queries.survey_waves import NewWave, Wave
from storage.session import Session

Wanted: TypeAlias = NewWave | Wave
"""A wave that is only thought of, or one that is kept."""


class Skipped(NamedTuple):
    """Somebody of the audience who is not asked."""

    who: Candidate
    why: Decision


class Plan(NamedTuple):
    """What becomes of an audience: each of its people, or channels, is in one of the two, by account and name."""

    asked: list[Candidate]
    skipped: list[Skipped]


def plan(db: Session, wanted: Wanted, company: Company, now: datetime) -> Plan:
    """Who of the wave's audience would be asked at the aware moment, and who not.

    A wave that is only thought of and the one that becomes of it have the same sample if they have the same
    `occurrence`.
    """
    found = candidates(db, wanted.audience, kind=wanted.kind, place=wanted.place, now=now, zone=company.zone)
    return _divided(found, wanted, company, now)


def why_not(who: Candidate, wanted: Wanted, company: Company, now: datetime, *, drawn_by: str) -> Decision | None:
    """Why a wave does not ask somebody; None: it does. `drawn_by` is what decides about the sample."""
    why = decide(who, company.surveys, wanted.kind, now)
    if why is not None:
        return why
    place = who.destination or ""
    if wanted.place == "thread" and (wanted.thread or "").partition(" ")[0] != place:
        return Decision(Reason.UNREACHABLE, {})  # the thread is in another customer's channel
    if not sampled(drawn_by, place, wanted.one_in):
        return Decision(Reason.NOT_SAMPLED, {"one_in": wanted.one_in})
    return None


def _divided(found: Iterable[Candidate], wanted: Wanted, company: Company, now: datetime) -> Plan:
    """Nobody, and no channel, is asked twice in a wave."""
    asked: dict[str | None, Candidate] = {}
    skipped: list[Skipped] = []
    for who in found:
        why = why_not(who, wanted, company, now, drawn_by=wanted.occurrence)
        if why is None and who.destination in asked:
            why = Decision(Reason.SAME_PERSON, {"account": asked[who.destination].account_name})
        if why is None:
            asked[who.destination] = who
        else:
            skipped.append(Skipped(who, why))
    return Plan(list(asked.values()), skipped)
