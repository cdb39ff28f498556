"""/latido ces [period] [segment|csm]: how easy customers find it to get something done."""

from functools import partial

from commands.core.request import Place, Role
from commands.core.spec import Command
from commands.core.survey_breakdowns import by_segment, margins, shares
from commands.ui.cards.topic import Accounts, Picture, Topic
from commands.ui.cards.topic_voice import voice_of
from metrics.types import msg
from storage.queries.voice_lists import low_answers, verbatims

TOPIC = Topic(
    command="ces",
    title=msg("CES"),
    headline="ces",
    rows=(),
    picture=Picture(metrics=("ces",)),
    nothing=msg("No survey answers yet. Import them with `latido import survey_responses.csv`."),
    accounts=(
        Accounts(
            "low_answers",
            msg("Found it hard: call them"),
            partial(low_answers, kind="ces"),
            empty=msg("Nobody found it hard."),
        ),
    ),
    breakdowns=(
        partial(margins, kinds=("ces",)),
        partial(shares, kind="ces", by_score=True),
        partial(verbatims, kind="ces"),
        partial(by_segment, kind="ces"),
    ),
    entities=("survey_responses",),
)
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
