"""Where a card is shown, which decides what may be done with it."""

from dataclasses import dataclass

from commands.core.access import admit
from commands.core.filters import Choices
from commands.core.request import Audience, Place, Request, Role


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A conversation, and who shared the card there."""

    audience: Audience
    shared_by: str | None = None
    """The Slack user who shared it; None: for the asker alone."""
    choices: Choices | None = None
    """What its figures can be narrowed down to by menus; None: there are no menus."""

    @property
    def may_share(self) -> bool:
        """Whether **Share here** makes sense: so far only the asker sees the card, and nobody but colleagues would."""
        return self.shared_by is None and not self.audience.external and not self.audience.direct


def alone(request: Request) -> Surroundings:
    """The card is for the asker alone."""
    return Surroundings(request.audience)


def shared(request: Request) -> Surroundings:
    """The card is for everybody in the conversation; NotAllowed where outsiders read along."""
    admit(request, Role.MEMBER, Place.INTERNAL)
    return Surroundings(request.audience, request.actor.user_id)
