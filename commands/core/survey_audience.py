"""Whom a survey is for, in words, and what people write for it."""

from typing import Final

from metrics.asking import Audience, To
from metrics.types import Sentence, msg
from storage.errors import NotFound
from storage.queries.accounts import by_key
from storage.queries.contact_search import contact_by_key
from storage.queries.saved_lists import by_id as list_by_id
from storage.session import Session

GONE: Final = msg("somebody who is no longer there")
_OF_ACCOUNT: Final = {
    To.POINTS: msg("the points of contact of {account}"),
    To.ACCOUNT: msg("everybody at {account}"),
}


def named(db: Session, audience: Audience) -> Sentence:
    """Whom it is for, in the middle of a sentence."""
    match audience.to:
        case To.EVERYBODY:
            return Sentence("the points of contact of all customers")
        case To.SEGMENT:
            return Sentence("the points of contact of the segment {segment}", {"segment": audience.value})
        case To.CSM:
            return Sentence("the points of contact of {csm}'s accounts", {"csm": audience.value})
        case To.LIST:
            return _list(db, audience.value)
        case To.CONTACT:
            person = contact_by_key(db, audience.value)
            if person is None:
                return Sentence(GONE)
            return Sentence("{person}, {account}", {"person": person.name, "account": person.account_name})
    try:
        return Sentence(_OF_ACCOUNT[audience.to], {"account": by_key(db, audience.value).name})
    except NotFound:
        return Sentence(GONE)


def _list(db: Session, list_id: str) -> Sentence:
    found = list_by_id(db, int(list_id)) if list_id.isdecimal() else None
    if found is None:
        return Sentence("a list that is no longer there")
    return Sentence("the list “{list}”", {"list": found.name})
