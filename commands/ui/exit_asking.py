"""CSMs are asked why their accounts have left: a message with a button, and the form behind it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from commands.core.button_values import unpacked
from commands.core.errors import UserError
from commands.core.posted import written
from commands.core.reply import Invalid, Modal
from commands.core.request import Company, Place, Request, Role
from commands.core.routing import moment_for
from commands.core.spec import Action, View
from commands.ui.cards.exit_reason import (
    ASK,
    REASON,
    SAVE,
    WORDS,
    WORDS_MOST,
    exit_reason_card,
    exit_reason_form,
    exit_reason_kept,
)
from commands.ui.text import translator
from metrics.judging import Severity
from metrics.surveys import all_surveys
from metrics.types import Sentence
from storage.queries.exit_reasons import EXIT, PURPOSE, Leaver, Told, asked, asked_in, leavers, occurrence, tell, told
from storage.queries.outbox import Draft, put
from storage.queries.people_known import Person, by_ids, people_of
from storage.queries.survey_occasions import Happened
from storage.session import Session

_GONE: Final = Sentence("This account is no longer there.")


def ask_csms(db: Session, left: Sequence[Happened], company: Company, now: datetime) -> None:
    """Ask the CSM of each account that has left, once; where nobody knows them the first lead, or admin."""
    known = asked(db, [occurrence(one.account_id, one.day) for one in left])
    new = [one for one in left if occurrence(one.account_id, one.day) not in known]
    accounts = leavers(db, {one.account_id for one in new})
    csms = people_of(db, [who.csm_email for who in accounts.values() if who.csm_email])
    otherwise = _otherwise(db, company)
    for one in new:
        who = accounts[one.account_id]
        person = csms.get((who.csm_email or "").lower(), otherwise)
        if person is None:
            continue
        content = written(
            exit_reason_card(who, one.day, told(db, who.account_id, one.day), translator(person.language))
        )
        due_at = moment_for(person, Severity.NOTICE, company, now)
        put(db, Draft(PURPOSE, occurrence(who.account_id, one.day), person.user_id, content, due_at), now=now)


def ask_reason(request: Request, db: Session) -> Modal:
    """The form."""
    who, day = _pressed(request, db)
    return exit_reason_form(who, day, told(db, who.account_id, day), request.t)


def keep_reason(request: Request, db: Session) -> Modal | Invalid:
    """Keep what the form says; the message says it from then on."""
    who, day = _pressed(request, db)
    choice, words = request.state.get(REASON), request.state.get(WORDS)
    if not isinstance(choice, str) or all_surveys()[EXIT].option(choice) is None:
        return Invalid({REASON: request.t("Choose a reason, please.")})
    comment = words.strip()[:WORDS_MOST] if isinstance(words, str) else ""
    what = Told(choice, comment or None, request.actor.user_id)
    tell(db, who.account_id, day, what, now=request.now)
    messages = asked_in(db, who.account_id, day)
    people = by_ids(db, [one.destination for one in messages])
    for one in messages:
        reader = people.get(one.destination, Person(one.destination, language=request.company.language))
        content = written(exit_reason_card(who, day, what, translator(reader.language)))
        once = f"{one.outbox_id} {request.now.isoformat()}"
        put(db, Draft(PURPOSE, once, one.destination, content, request.now, edits=one.outbox_id), now=request.now)
    return exit_reason_kept(who, day, what, request.t)


def _otherwise(db: Session, company: Company) -> Person | None:
    first = next(iter((*company.leads, *company.admins)), None)
    return None if first is None else by_ids(db, [first]).get(first, Person(first, language=company.language))


def _pressed(request: Request, db: Session) -> tuple[Leaver, date]:
    number, _, day = unpacked(request.text).text.partition(" ")
    who = leavers(db, [int(number)]).get(int(number)) if number.isdecimal() and len(number) < 10 else None
    if who is None:
        raise UserError(_GONE)
    try:
        return who, date.fromisoformat(day)
    except ValueError:
        raise UserError(_GONE) from None


LEAVING: Final = (Action(ASK, ask_reason, Role.MEMBER, Place.INTERNAL, opens_modal=True),)
LEAVING_VIEWS: Final = (View(SAVE, keep_reason, Role.MEMBER, Place.INTERNAL),)
