"""/latido funnel [period] [segment|csm]: where leads come from and how many become customers."""

from commands.core.request import Place, Role
from commands.core.spec import Command
from commands.ui.cards.topic import Accounts, Picture, Topic
from commands.ui.cards.topic_voice import voice_of
from metrics.types import msg
from storage.queries.pipeline_lists import by_cohort, by_content, by_source, converted, trials

TOPIC = Topic(
    command="funnel",
    title=msg("Funnel"),
    headline="leads",
    rows=(("mql_to_sql", "lead_conversion"),),
    picture=Picture(metrics=("mql_to_sql", "lead_conversion")),
    nothing=msg("No leads yet. Import them with `latido import leads.csv`."),
    accounts=(Accounts("converted", msg("Leads that became customers"), converted),),
    breakdowns=(by_source, by_content, by_cohort, trials),
    entities=("leads",),
)
VOICE = voice_of(TOPIC)

COMMAND = Command(
    id="funnel",
    usage=msg("[period] [segment or csm:name]"),
    summary=msg("Funnel: leads by source and content, how many asked for a trial and how many became customers"),
    run=VOICE.show,
    least_role=Role.MEMBER,
    place=Place.INTERNAL,
    examples=("", "last month", "2026-Q3", "12m"),
    own_name=False,
    actions=VOICE.actions(),
)
