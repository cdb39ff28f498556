"""/latido data: when each kind of data last came in, how regularly it does, and what has stopped."""

from commands.core.data_question import data
from commands.core.reply import Reply
from commands.core.request import Place, Request, Role
from commands.core.spec import Command
from commands.ui.cards.data import data_card
from metrics.types import msg
from storage.session import Session


def run(request: Request, db: Session) -> Reply:
    """All of it: there is nothing to ask for."""
    return data_card(data(request, db), request.t)


COMMAND = Command(
    id="data",
    usage="",
    summary=msg("The data behind the answers: until when it goes, how regularly it comes in, and what has stopped"),
    run=run,
    least_role=Role.MEMBER,  # whoever reads that no tickets come in may look which data does
    place=Place.INTERNAL,
    examples=("",),
    own_name=False,
)
