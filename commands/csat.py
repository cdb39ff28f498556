"""/latido csat [period] [segment|csm]: how many customers are satisfied."""

from commands.core.request import Place, Role
from commands.core.spec import Command
from commands.ui.cards.survey_topic import survey_topic
from commands.ui.cards.topic_voice import voice_of
from metrics.types import msg

TOPIC = survey_topic("csat", msg("CSAT"), low=msg("Dissatisfied: call them"), nobody=msg("Nobody is dissatisfied."))
VOICE = voice_of(TOPIC)

COMMAND = Command(
    id="csat",
    usage=msg("[period] [segment or csm:name]"),
    summary=msg("Customer satisfaction: how many are satisfied, who is not and why"),
    run=VOICE.show,
    least_role=Role.MEMBER,
    place=Place.INTERNAL,
    examples=("", "last month", "12m", "enterprise"),
    own_name=False,
    actions=VOICE.actions(),
)
