"""/latido revenue [period] [segment|csm]: what a customer brings and costs, and who pays how much."""

from commands.core.request import Place, Role
from commands.core.spec import Command
from commands.ui.cards.topic import Accounts, Picture, Topic
from commands.ui.cards.topic_voice import voice_of
from metrics.arithmetic import half_up
from metrics.customer_value import lifetime
from metrics.facts import ValueFacts
from metrics.types import Breakdown, BreakdownRow, Sentence, msg, plural
from storage.queries.totals import Scope, facts_of
from storage.queries.value_lists import by_plan, by_segment, largest_accounts
from storage.session import Session


def expected_lifetime(db: Session, scope: Scope) -> Breakdown:
    """The lifetime that CLV rests on, and where it comes from; nothing where there is no CLV."""
    title, facts = Sentence("What CLV rests on"), facts_of(db, ValueFacts, scope)
    if not facts.revenue.customers_closing:
        return Breakdown(title, ())
    months = lifetime(facts.churn)
    if any(lost for _, lost in facts.churn):
        why = Sentence("mean logo churn of the last twelve full months: {churn}", {"churn": 1 / months})
    else:
        why = Sentence("capped: nobody left in the last twelve full months")
    stays = plural("{count} month", "{count} months", half_up(months.numerator, months.denominator))
    rows = (
        BreakdownRow(Sentence("Expected lifetime"), (stays, why)),
        BreakdownRow(Sentence("Gross margin"), (facts.gross_margin,)),
    )
    return Breakdown(title, rows)


TOPIC = Topic(
    command="revenue",
    title=msg("Revenue"),
    headline="arpa",
    rows=(
        ("arpu", "arr"),
        ("clv", "clv_to_crc"),
        ("crc", "crc_per_customer", "crc_share"),
        ("nrr_12m", "grr_12m"),
        ("quick_ratio",),
    ),
    picture=Picture(metrics=("arpa",)),
    nothing=msg(
        "No subscriptions yet, so there is no MRR to speak of. "
        "Import them with `latido import subscriptions.csv accounts.csv`, or a folder with both."
    ),
    accounts=(Accounts("largest", msg("Largest accounts"), largest_accounts),),
    breakdowns=(expected_lifetime, by_segment, by_plan),
    entities=("subscriptions", "invoices", "costs"),
)
VOICE = voice_of(TOPIC)

COMMAND = Command(
    id="revenue",
    usage=msg("[period] [segment or csm:name]"),
    summary=msg("What a customer brings and costs: ARPA, lifetime value, retention cost, the largest accounts"),
    run=VOICE.show,
    least_role=Role.MEMBER,
    place=Place.INTERNAL,
    examples=("", "last month", "12m", "enterprise"),
    own_name=False,
    actions=VOICE.actions(),
)
