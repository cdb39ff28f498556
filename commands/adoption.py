"""/adoption [period] [segment|csm]: how many customers use what of the product, and whose use falls."""

from commands.core.request import Place, Role
from commands.core.spec import Command
from commands.ui.cards.feature_bars import feature_bars
from commands.ui.cards.topic import Accounts, Picture, Topic
from commands.ui.cards.topic_voice import voice_of
from metrics.types import msg
from storage.queries.product_lists import active_users, by_feature, one_feature_only, use_fallen

TOPIC = Topic(
    command="adoption",
    title=msg("Adoption"),
    headline="product_adoption",
    rows=(("stickiness", "usage_trend"), ("sessions_per_user", "activation_rate")),
    picture=Picture(chart="bars", data=feature_bars),
    nothing=msg("No usage data yet. Import it with `latido import usage.csv`."),
    accounts=(
        Accounts("use_fallen", msg("Use fell most"), use_fallen),
        Accounts("one_feature_only", msg("Using one feature only"), one_feature_only),
    ),
    breakdowns=(active_users, by_feature),
    entities=("usage",),
)
VOICE = voice_of(TOPIC)

COMMAND = Command(
    id="adoption",
    usage=msg("[period] [segment or csm:name]"),
    summary=msg("Product adoption: who uses which features, how often, and whose use falls"),
    run=VOICE.show,
    least_role=Role.MEMBER,
    place=Place.INTERNAL,
    examples=("", "last month", "this month", "enterprise"),
    own_name=False,
    actions=VOICE.actions(),
)
