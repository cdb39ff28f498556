"""Who may see what: the only way to an account, and the gate in front of every command, button and modal.

Fails closed: a person of whom Slack tells too little is an outsider, a conversation of which it tells too little is
external (commands.core.request), and neither gets to know whether a customer of that name exists.
"""

from typing import NamedTuple

from commands.core.errors import NotAllowed, UserError
from commands.core.request import Place, Request, Role
from metrics.types import Account, Sentence
from storage.queries.accounts import search
from storage.session import Session

CANDIDATES = 5
NEAREST = 3


_OUTSIDERS = Sentence(
    "People from outside the company read along here. Ask me in a direct message and I will answer there."
)
_UNKNOWN = Sentence("I cannot see who reads along here. Invite me with /invite, or ask me in a direct message.")


class Choice(NamedTuple):
    """No account is clearly meant: `accounts` are offered as buttons."""

    text: str
    """What was asked for."""
    accounts: tuple[Account, ...]
    """Several that fit, or, if `near`, the closest of those that do not; empty where there is no account at all."""
    near: bool


def admit(request: Request, least_role: Role, place: Place) -> None:
    """Let the request pass, or raise NotAllowed with a sentence that names nothing internal."""
    if request.actor.role < least_role:
        raise NotAllowed(_too_low(request.actor.role))
    if place is Place.INTERNAL and request.audience.external:
        raise NotAllowed(_OUTSIDERS if request.audience.known else _UNKNOWN)


def account_for(request: Request, db: Session, text: str) -> Account | Choice:
    """The account that `text` means to a person who may see it: its key, or its name or domain, partial or misspelt.

    NotAllowed for people and places that may not see accounts.
    """
    admit(request, Role.MEMBER, Place.INTERNAL)
    wanted = text.strip()
    matches = search(db, wanted, limit=CANDIDATES)
    if matches.hit is not None:
        return matches.hit
    offered = matches.candidates[:NEAREST] if matches.near else matches.candidates
    return Choice(wanted, offered, matches.near)


def account_known(request: Request, db: Session, key: str) -> Account:
    """The account that a button stands for; UserError if it is gone."""
    found = account_for(request, db, key)
    if isinstance(found, Choice):
        raise UserError(Sentence("This account is no longer there."))
    return found


def _too_low(role: Role) -> Sentence:
    """Only colleagues learn that there are admins to ask."""
    if role is Role.MEMBER:
        return Sentence("Only admins of Latido may do that. Ask one of them.")
    return Sentence("Sorry, these figures are for the company's own people only.")
