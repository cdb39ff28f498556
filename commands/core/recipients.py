"""Whom and where somebody chooses to send what only colleagues may read."""

from commands.core.request import Request, Role
from metrics.types import Sentence


def wrong_channel(request: Request, channel: object) -> Sentence | None:
    """Why nothing can be sent to the channel that was chosen in a form; None: it can."""
    place = request.conversations.get(channel) if isinstance(channel, str) else None
    if place is None or not place.known or not place.member:
        return Sentence("I am not in this channel. Invite me there with /invite, then try again.")
    if place.external:
        return Sentence("People from outside the company, or guests, read this channel. Choose another one.")
    return None


def wrong_person(request: Request, user_id: object) -> Sentence | None:
    """Why nothing can be given to the person who was chosen in a menu; None: it can.

    Whoever was not chosen just now but stands there already is not asked about: before each message Slack is.
    """
    role = request.people.get(user_id, Role.MEMBER) if isinstance(user_id, str) else Role.MEMBER
    if role < Role.MEMBER:
        return Sentence("This is nobody of the company: guests, bots and people from outside get nothing from me.")
    return None
