"""/latido nps [period] [segment|csm]: how many customers would recommend us, and how many would not."""

from functools import partial

from commands.core.request import Place, Role
from commands.core.spec import Command
from commands.core.survey_breakdowns import by_segment, margins, shares
from commands.ui.cards.topic import Accounts, Picture, Topic
from commands.ui.cards.topic_voice import voice_of
from metrics.types import msg
from storage.queries.voice_lists import low_answers, verbatims

TOPIC = Topic(
    command="nps",
    title=msg("NPS"),
    headline="nps",
    rows=(),
    picture=Picture(metrics=("nps",)),
    nothing=msg("No survey answers yet. Import them with `latido import survey_responses.csv`."),
    accounts=(
        Accounts(
            "low_answers",
            msg("Detractors: call them"),
            partial(low_answers, kind="nps"),
            empty=msg("Nobody is a detractor."),
        ),
    ),
    breakdowns=(
        partial(margins, kinds=("nps",)),
        partial(shares, kind="nps", by_score=True),
        partial(verbatims, kind="nps"),
        partial(by_segment, kind="nps"),
    ),
    entities=("survey_responses",),
)
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
