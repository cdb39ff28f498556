"""/latido csat [period] [segment|csm]: how many customers are satisfied."""

from functools import partial

from commands.core.request import Place, Role
from commands.core.spec import Command
from commands.core.survey_breakdowns import by_segment, margins, shares
from commands.ui.cards.topic import Accounts, Picture, Topic
from commands.ui.cards.topic_voice import voice_of
from metrics.types import msg
from storage.queries.voice_lists import low_answers, verbatims

TOPIC = Topic(
    command="csat",
    title=msg("CSAT"),
    headline="csat",
    rows=(),
    picture=Picture(metrics=("csat",)),
    nothing=msg("No survey answers yet. Import them with `latido import survey_responses.csv`."),
    accounts=(
        Accounts(
            "low_answers",
            msg("Dissatisfied: call them"),
            partial(low_answers, kind="csat"),
            empty=msg("Nobody is dissatisfied."),
        ),
    ),
    breakdowns=(
        partial(margins, kinds=("csat",)),
        partial(shares, kind="csat", by_score=True),
        partial(verbatims, kind="csat"),
        partial(by_segment, kind="csat"),
    ),
    entities=("survey_responses",),
)
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
