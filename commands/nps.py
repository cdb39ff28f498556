"""/latido nps [period] [segment|csm]: how many customers would recommend us, and how many would not."""

from commands.core.request import Place, Role
from commands.core.spec import Command
from commands.ui.cards.survey_topic import survey_topic
from commands.ui.cards.topic_voice import voice_of
from metrics.types import msg

TOPIC = survey_topic("nps", msg("NPS"), low=msg("Detractors: call them"), nobody=msg("Nobody is a detractor."))
VOICE = voice_of(TOPIC)

COMMAND = Command(
    id="nps",
    usage=msg("[period] [segment or csm:name]"),
    summary=msg("Net promoter score: promoters, passives and detractors, in figures and in their own words"),
    run=VOICE.show,
    least_role=Role.MEMBER,
    place=Place.INTERNAL,
    examples=("", "last month", "12m", "enterprise"),
    own_name=False,
    actions=VOICE.actions(),
)
