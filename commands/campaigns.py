"""/latido campaigns [period] [segment|csm]: who opens and clicks what we send, and who has stopped."""

from commands.core.request import Place, Role
from commands.core.spec import Command
from commands.ui.cards.topic import Accounts, Picture, Topic
from commands.ui.cards.topic_voice import voice_of
from metrics.types import msg
from storage.queries.campaign_lists import by_campaign, silent

TOPIC = Topic(
    command="campaigns",
    title=msg("Campaigns"),
    headline="campaign_open_rate",
    rows=(("campaign_click_rate", "campaign_click_to_open"),),
    picture=Picture(metrics=("campaign_open_rate", "campaign_click_rate", "campaign_click_to_open")),
    nothing=msg(
        "No campaigns yet with their recipients, openings and clicks. Import them with `latido import campaigns.csv`."
    ),
    accounts=(
        Accounts(
            "silent",
            msg("Opened campaigns before, but none in 90 days"),
            silent,
            empty=msg("Nobody has stopped opening campaigns."),
        ),
    ),
    breakdowns=(by_campaign,),
    entities=("campaigns",),
)
VOICE = voice_of(TOPIC)

COMMAND = Command(
    id="campaigns",
    usage=msg("[period] [segment or csm:name]"),
    summary=msg("Campaigns: who opens and clicks, campaign by campaign, and which accounts have stopped opening"),
    run=VOICE.show,
    least_role=Role.MEMBER,
    place=Place.INTERNAL,
    examples=("", "last month", "12m", "enterprise"),
    own_name=False,
    actions=VOICE.actions(),
)
