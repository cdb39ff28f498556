"""/onboarding [period] [segment|csm]: who got through onboarding, how long it took, and who is stuck on the way."""

from commands.core.request import Place, Role
from commands.core.spec import Command
from commands.ui.cards.topic import Accounts, Picture, Topic
from commands.ui.cards.topic_voice import voice_of
from metrics.types import msg
from storage.queries.onboarding_lists import on_their_way, progress, stalled, through

TOPIC = Topic(
    command="onboarding",
    title=msg("Onboarding"),
    headline="onboardings",
    rows=(("time_to_onboard", "activation_rate"),),
    picture=Picture(metrics=("onboardings",)),
    nothing=msg(
        "No onboardings yet. Import them with `latido import accounts.csv contacts.csv`: onboarding_started_on and "
        "activated_on of accounts, started_on and activated_on of contacts."
    ),
    accounts=(
        Accounts("stalled", msg("Stalled onboardings"), stalled),
        Accounts("in_progress", msg("In progress"), on_their_way),
        Accounts("completed", msg("Completed in the period"), through, on_card=3),
    ),
    breakdowns=(progress,),
    entities=("accounts", "contacts"),
)
VOICE = voice_of(TOPIC)

COMMAND = Command(
    id="onboarding",
    usage=msg("[period] [segment or csm:name]"),
    summary=msg("Onboarding: how many got through and how fast, who is on the way, who is stuck"),
    run=VOICE.show,
    least_role=Role.MEMBER,
    place=Place.INTERNAL,
    examples=("", "last month", "12m", "enterprise"),
    own_name=False,
    actions=VOICE.actions(),
)
