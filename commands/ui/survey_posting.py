"""Surveys into the outbox: a wave's questions, and those that what happened asks for.

Who is asked, who is not and why, and the messages are written in one transaction: either all of it is there or nothing.
"""

import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from commands.core.posted import written
from commands.core.request import Company
from commands.core.stencil import Fill, stencil
from commands.core.survey_plan import plan, why_not
from commands.core.survey_zones import clocks
from commands.ui.cards.survey_question import question_card
from commands.ui.text import best_locale, translator
from metrics.asking import Candidate, Decision, Reason
from metrics.spreading import moments
from metrics.surveys import all_surveys
from storage.errors import NotFound
from storage.queries.chunks import chunks
from storage.queries.outbox import Draft, put_many, put_root
from storage.queries.survey_asking import NewAsk, add_asks, counts, decided
from storage.queries.survey_asks import PURPOSE
from storage.queries.survey_candidates import DIRECT, candidates_of
from storage.queries.survey_waves import Wave, begin, carry_on, ends, planning, wave
from storage.queries.survey_wordings import wordings
from storage.session import Session

_TOKEN_BYTES: Final = 18
_WITHDRAWN: Final = Decision(Reason.TOLD_BY_OTHERS, {})


class Started(NamedTuple):
    """How many are asked, and how many not."""

    asked: int
    skipped: int


class Occasion(NamedTuple):
    """Something happened for which somebody may be asked."""

    occasion: str
    """Unique for ever: "ticket 881 c55"; at most 200 characters."""
    contact_id: int
    happened: Mapping[str, object]
    """Plain JSON: what tells whether it still holds, and what sentences are made of."""


class _Decided(NamedTuple):
    """What was decided about somebody."""

    who: Candidate
    occasion: str
    why: Decision | None
    """Why they are not asked; None: they are."""
    happened: Mapping[str, object]


def start(db: Session, wave_id: int, company: Company, now: datetime) -> Started:
    """Ask everybody of a waiting wave: all questions are put into the outbox in this transaction.

    A wave that no longer waits is left as it is, and what it came to is told again. NotFound where there is no such
    wave.
    """
    planning(db)
    found = _wave(db, wave_id)
    if begin(db, wave_id):
        planned = plan(db, found, company, now)
        asked = [_Decided(who, _occasion(found, who), None, {}) for who in planned.asked]
        skipped = [_Decided(one.who, _occasion(found, one.who), one.why, {}) for one in planned.skipped]
        _write(db, found, [*asked, *skipped], company, now)
    return Started(*counts(db, wave_id))


def ask_occasions(db: Session, wave_id: int, occasions: Sequence[Occasion], company: Company, now: datetime) -> Started:
    """Ask the people whom occasions are about in a trigger's wave: each occasion once for ever, whatever the wave.

    The same holds for them as for everybody in a wave; who is not asked is written down, too. The wave runs from then
    on. Told is what has been decided now. NotFound where there is no such wave.
    """
    planning(db)
    found = _wave(db, wave_id)
    known = decided(db, [one.occasion for one in occasions])
    new = {one.occasion: one for one in occasions if one.occasion not in known}
    if not new:
        return Started(0, 0)
    people = _people(db, {one.contact_id for one in new.values()}, found, company, now)
    runs = carry_on(db, wave_id)
    made: list[_Decided] = []
    asked: set[str | None] = set()
    for one in (one for one in new.values() if one.contact_id in people):
        who = people[one.contact_id]
        if who.destination in asked:
            who = who._replace(open_kind=found.kind)
        why = why_not(who, found, company, now, drawn_by=one.occasion) if runs else _WITHDRAWN
        if why is None:
            asked.add(who.destination)
        made.append(_Decided(who, one.occasion, why, one.happened))
    _write(db, found, made, company, now)
    skipped = len([one for one in made if one.why is not None])
    return Started(len(made) - skipped, skipped)


def _people(
    db: Session, contact_ids: Collection[int], of: Wave, company: Company, now: datetime
) -> dict[int | None, Candidate]:
    """The candidates by contact; contacts that are not (any more) there are left out."""
    return {
        who.contact_id: who
        for some in chunks(contact_ids)
        for who in candidates_of(db, some, kind=of.kind, now=now, zone=company.zone)
    }


def _wave(db: Session, wave_id: int) -> Wave:
    found = wave(db, wave_id)
    if found is None:
        raise NotFound(f"no survey wave has the id {wave_id}")
    return found


def _occasion(of: Wave, who: Candidate) -> str:
    return f"{of.id} a{who.account_id}" if who.contact_id is None else f"{of.id} c{who.contact_id}"


def _write(db: Session, of: Wave, made: Sequence[_Decided], company: Company, now: datetime) -> None:
    """Write the decisions and, for those who are asked, the messages."""
    asked = [one for one in made if one.why is None]
    theirs = clocks(db, [(one.who.zone, one.who.country) for one in asked], company, now)
    due = moments(theirs, max(now, of.start_at), company.surveys.an_hour)
    asks = [_ask(of, one, at, company) for one, at in zip(asked, due, strict=True)]
    card = _cards(db, of, company)
    root = put_root(db, *(of.thread or "").split(" ", 1), now=now) if of.place == "thread" and asks else None
    drafts = (_draft(ask, at, card(ask.language, ask.token or ""), root) for ask, at in zip(asks, due, strict=True))
    ids = put_many(db, drafts, now=now)
    add_asks(db, [ask._replace(outbox_id=outbox_id) for ask, outbox_id in zip(asks, ids, strict=True)], now=now)
    add_asks(db, [_skipped(of, one, one.why) for one in made if one.why is not None], now=now)
    ends(db, of.id, max((ask.expires_at for ask in asks if ask.expires_at is not None), default=now))


def _ask(of: Wave, one: _Decided, at: datetime, company: Company) -> NewAsk:
    policy, who = company.surveys, one.who
    reminded = bool(policy.remind_after) and policy.remind_after < policy.expire_after
    return NewAsk(
        wave_id=of.id,
        kind=of.kind,
        account_id=who.account_id,
        contact_id=who.contact_id,
        occasion=one.occasion,
        state="queued",
        detail=one.happened,
        token=secrets.token_urlsafe(_TOKEN_BYTES),
        destination=who.destination,
        language=best_locale(who.language) if who.language else company.language,
        asked_at=at,
        remind_at=at + policy.remind_after if reminded else None,
        expires_at=at + policy.expire_after,
    )


def _skipped(of: Wave, one: _Decided, why: Decision) -> NewAsk:
    return NewAsk(
        wave_id=of.id,
        kind=of.kind,
        account_id=one.who.account_id,
        contact_id=one.who.contact_id,
        occasion=one.occasion,
        state="skipped",
        reason=why.reason.value,
        detail={**one.happened, **why.detail},
        destination=one.who.destination,
    )


def _draft(ask: NewAsk, at: datetime, content: Mapping[str, Any], root: int | None) -> Draft:
    return Draft(
        purpose=PURPOSE,
        occurrence=ask.occasion,
        destination=ask.destination or "",
        content=content,
        due_at=at,
        expires_at=ask.expires_at,
        thread_of=root,
        to_customer=True,
    )


def _cards(db: Session, of: Wave, company: Company) -> Callable[[str, str], dict[str, Any]]:
    """What is sent, by language and token: built once for each language, as cards differ by the token alone."""
    survey, usual = all_surveys()[of.kind], wordings(db, of.kind)
    gap = secrets.token_urlsafe(_TOKEN_BYTES)
    built: dict[str, Fill] = {}

    def card(language: str, token: str) -> dict[str, Any]:
        if language not in built:
            wording = of.wording.get(language) or usual.get(language, "")
            reply = question_card(
                survey,
                wording,
                gap,
                translator(language),
                company.surveys,
                anonymous=of.anonymous,
                shared=of.place != DIRECT,
            )
            built[language] = stencil(written(reply), gap)
        content: dict[str, Any] = built[language](token)
        return content

    return card
