"""Digests into the outbox: the main message, and the lists in its thread."""

from datetime import datetime
from typing import NamedTuple

from commands.core.digest_question import Digest
from commands.core.posted import written
from commands.ui.cards.digest import digest_cards
from commands.ui.text import translator
from storage.queries.outbox import Draft, put
from storage.session import Session


class Sending(NamedTuple):
    """To whom, when and for which occurrence a digest is put into the outbox."""

    purpose: str
    occurrence: str
    destination: str
    language: str
    due_at: datetime
    expires_at: datetime | None = None
    owner: str | None = None
    late_since: datetime | None = None
    """The local moment at which it was due; None: it is in time."""


def post(db: Session, one: Digest, to: Sending, *, now: datetime) -> int:
    """Put both messages into the outbox, where they stay what they are if they are there already; the main one's id."""
    posted = digest_cards(one, translator(to.language), due=to.late_since)
    draft = Draft(
        purpose=to.purpose,
        occurrence=to.occurrence,
        destination=to.destination,
        content=written(posted.main),
        due_at=to.due_at,
        expires_at=to.expires_at,
        owner=to.owner,
    )
    main = put(db, draft, now=now)
    if posted.thread is not None:
        thread = draft._replace(
            purpose=f"{to.purpose}-thread", content=written(posted.thread), thread_of=main, owner=None
        )
        put(db, thread, now=now)
    return main
