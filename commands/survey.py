"""/survey: asks customers, and takes what they answer."""

from typing import Final

from commands.core.request import Place, Role
from commands.core.spec import Command
from commands.ui import survey_desk
from commands.ui.survey_replies import ANSWERING, ANSWERING_VIEWS
from metrics.types import msg

ID: Final = "survey"

COMMAND = Command(
    id=ID,
    usage=msg("[nps | csat | ces | exit] [account, person, segment]"),
    summary=msg("Ask customers: NPS, CSAT, CES or why they leave"),
    run=survey_desk.run,
    least_role=Role.MEMBER,
    place=Place.INTERNAL,
    examples=("", "list", "nps acme", "csat enterprise", "why ana"),
    actions=(*ANSWERING, *survey_desk.ACTIONS),
    views=(*ANSWERING_VIEWS, *survey_desk.VIEWS),
)
