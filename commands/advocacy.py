"""/latido advocacy [period] [segment|csm]: who speaks up for us, and who would if we asked."""

from commands.core.request import Place, Role
from commands.core.spec import Command
from commands.ui.cards.topic import Accounts, Picture, Topic
from commands.ui.cards.topic_voice import voice_of
from metrics.types import msg
from storage.queries.advocacy_lists import advocates, by_kind, promoters_not_asked

TOPIC = Topic(
    command="advocacy",
    title=msg("Advocacy"),
    headline="advocacy",
    rows=(),
    picture=Picture(metrics=("advocacy",)),
    nothing=msg("No referrals, reviews or case studies yet. Import them with `latido import advocacy.csv`."),
    accounts=(
        Accounts("advocates", msg("Advocates"), advocates),
        Accounts("promoters", msg("Promoters not asked yet"), promoters_not_asked),
    ),
    breakdowns=(by_kind,),
    entities=("advocacy",),
)
VOICE = voice_of(TOPIC)

COMMAND = Command(
    id="advocacy",
    usage=msg("[period] [segment or csm:name]"),
    summary=msg("Advocacy: referrals, reviews, case studies, references and talks, and which promoters to ask next"),
    run=VOICE.show,
    least_role=Role.MEMBER,
    place=Place.INTERNAL,
    examples=("", "last month", "12m", "enterprise"),
    own_name=False,
    actions=VOICE.actions(),
)
