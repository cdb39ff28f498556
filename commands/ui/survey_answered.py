"""The messages of a question once somebody has answered it: brought up to date through the outbox.

A tapped message is replaced at once by whoever answers the tap; this is for all others: the question when the reminder
was tapped, a message whose answer was changed in a modal, a channel's question when its time is over.
"""

from datetime import datetime
from typing import Final

from commands.core.posted import written
from commands.core.reply import Reply
from storage.queries.outbox import Draft, put, standing_of
from storage.queries.survey_answers import Asked
from storage.session import Session

PURPOSE: Final = "survey-answered"


def show(db: Session, asked: Asked, card: Reply, *, now: datetime, tapped: int | None = None) -> int:
    """Put the card in the place of a person's messages, but not of the one that was `tapped`; how many those are."""
    messages = [one for one in (asked.outbox_id, asked.reminder_id) if one is not None and one != tapped]
    stand = [one for one in messages if _stands(db, one)]
    for outbox_id in stand:
        _edit(db, asked, outbox_id, card, f"{asked.id} {now.isoformat()} {outbox_id}", due_at=now, now=now)
    return len(stand)


def close_later(db: Session, asked: Asked, card: Reply, *, now: datetime) -> None:
    """Take a channel's buttons away when its question expires: until then others of the customer may answer."""
    if asked.outbox_id is not None and asked.expires_at is not None and _stands(db, asked.outbox_id):
        _edit(db, asked, asked.outbox_id, card, f"{asked.id} over", due_at=asked.expires_at, now=now)


def _stands(db: Session, outbox_id: int) -> bool:
    """Whether the message was sent: one that waits would otherwise be sent as what was to take its place."""
    standing = standing_of(db, outbox_id)
    return standing is not None and standing.state == "sent"


def _edit(
    db: Session, asked: Asked, outbox_id: int, card: Reply, occurrence: str, *, due_at: datetime, now: datetime
) -> None:
    draft = Draft(
        purpose=PURPOSE,
        occurrence=occurrence,
        destination=asked.destination,
        content=written(card),
        due_at=due_at,
        edits=outbox_id,
        to_customer=True,
    )
    put(db, draft, now=now)
