"""/latido ces [period] [segment|csm]: how easy customers find it to get something done."""

from commands.core.request import Place, Role
from commands.core.spec import Command
from commands.ui.cards.survey_topic import survey_topic
from commands.ui.cards.topic_voice import voice_of
from metrics.types import msg

TOPIC = survey_topic("ces", msg("CES"), low=msg("Found it hard: call them"), nobody=msg("Nobody found it hard."))
VOICE = voice_of(TOPIC)

COMMAND = Command(
    id="ces",
    usage=msg("[period] [segment or csm:name]"),
    summary=msg("Customer effort score: how easy it was, and for whom it was not"),
    run=VOICE.show,
    least_role=Role.MEMBER,
    place=Place.INTERNAL,
    examples=("", "last month", "12m", "enterprise"),
    own_name=False,
    actions=VOICE.actions(),
)
