"""/voice [period] [segment|csm]: what customers say, in figures and in their own words."""

from commands.core.request import Place, Role
from commands.core.spec import Command
from commands.core.survey_breakdowns import by_part, margins, shares, waves
from commands.ui.cards.survey_topic import survey_picture
from commands.ui.cards.topic import Accounts, Topic
from commands.ui.cards.topic_voice import voice_of
from metrics.types import msg
from storage.queries.voice_lists import low_answers, verbatims

TOPIC = Topic(
    command="voice",
    title=msg("Voice of the customer"),
    headline="nps",
    rows=(("csat", "ces"), ("response_rate",)),
    picture=survey_picture("nps"),
    nothing=msg("No survey answers yet. Ask with `/survey`, or `latido import survey_responses.csv`."),
    accounts=(
        Accounts(
            "low_answers",
            msg("Low scores: call them"),
            low_answers,
            empty=msg("Nobody gave a low score."),
        ),
    ),
    breakdowns=(margins, shares, verbatims, waves, by_part),
    entities=("survey_responses",),
)
VOICE = voice_of(TOPIC)

COMMAND = Command(
    id="voice",
    usage=msg("[period] [segment or csm:name]"),
    summary=msg("Voice of the customer: NPS, CSAT and CES, what customers said and whom to call"),
    run=VOICE.show,
    least_role=Role.MEMBER,
    place=Place.INTERNAL,
    examples=("", "last month", "12m", "enterprise"),
    actions=VOICE.actions(),
)
