"""/retention [period] [segment|csm]: who stays, what they pay, and how long customers remain."""

from commands.core.request import Place, Role
from commands.core.retention_parts import last_cohorts, retention_by_age, retention_by_segment
from commands.core.spec import Command
from commands.ui.cards.cohort_map import cohort_map
from commands.ui.cards.topic import Picture, Topic
from commands.ui.cards.topic_voice import voice_of
from metrics.types import msg

TOPIC = Topic(
    command="retention",
    title=msg("Retention"),
    headline="nrr",
    rows=(("grr", "retention_rate"), ("nrr_12m", "grr_12m"), ("renewal_rate", "logo_churn")),
    picture=Picture(chart="heat_map", data=cohort_map, load=last_cohorts),
    nothing=msg(
        "No subscriptions yet, so there is nobody to retain. "
        "Import them with `latido import subscriptions.csv accounts.csv`, or a folder with both."
    ),
    breakdowns=(retention_by_segment, retention_by_age),
    entities=("subscriptions",),
)
VOICE = voice_of(TOPIC)

COMMAND = Command(
    id="retention",
    usage=msg("[period] [segment or csm:name]"),
    summary=msg("Who stays and what they pay: retention, by segment and by month of first MRR"),
    run=VOICE.show,
    least_role=Role.MEMBER,
    place=Place.INTERNAL,
    examples=("", "last month", "2026-Q3", "12m", "enterprise"),
    own_name=True,
    actions=VOICE.actions(),
)
