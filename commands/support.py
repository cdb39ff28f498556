"""/latido support [period] [segment|csm]: how soon customers are answered, how tickets end, who has most of them."""

from fractions import Fraction
from typing import Final

from commands.core.request import Place, Role
from commands.core.spec import Command
from commands.ui.cards.topic import Accounts, Picture, Topic
from commands.ui.cards.topic_voice import voice_of
from metrics.facts import ServiceTotals
from metrics.formulas import all_metrics
from metrics.types import Breakdown, BreakdownRow, Sentence, Value, msg, plural
from storage.queries import service_lists
from storage.queries.totals import Scope
from storage.session import Session

HOUR: Final = 60


def by_priority(db: Session, scope: Scope) -> Breakdown:
    """All tickets together, then those of each priority: how many, the first response, how many were escalated."""
    parts = service_lists.by_priority(db, scope)
    rows = [BreakdownRow(priority or Sentence("no priority"), _told(facts)) for priority, facts in parts]
    if parts:
        rows.insert(0, BreakdownRow(Sentence("all priorities"), _told(_together([facts for _, facts in parts]))))
    if scope.definitions.business_hours is None:
        title = Sentence("First response by priority, in calendar time: nights and weekends count")
    else:
        title = Sentence("First response by priority, in business hours")
    return Breakdown(title, tuple(rows))


def _together(parts: list[ServiceTotals]) -> ServiceTotals:
    return ServiceTotals(
        known=True,
        response_minutes=tuple(sorted(minutes for facts in parts for minutes in facts.response_minutes)),
        opened=sum(facts.opened for facts in parts),
        escalated=sum(facts.escalated for facts in parts),
    )


def _told(facts: ServiceTotals) -> tuple[Value, ...]:
    metrics = all_metrics()
    response = metrics["first_response_time"].measure(facts)
    told: list[Value] = [plural("{count} ticket", "{count} tickets", facts.opened)]
    if response.value is None:
        told.append(Sentence("no response yet"))
    else:
        told.append(Sentence("median {time}", {"time": _time(response.value)}))
        told.append(Sentence("90th percentile {time}", {"time": _time(response.inputs["percentile_90"])}))
    told.append(Sentence("escalated {share}", {"share": metrics["escalation_rate"].measure(facts).value}))
    return tuple(told)


def _time(minutes: int | Fraction) -> Sentence:
    """45 min, 3 h 30 min, 49 h 30 min: never days, which business hours do not have 24 of."""
    whole = int(minutes + Fraction(1, 2))
    if whole < HOUR:
        return Sentence("{number} min", {"number": whole})
    return Sentence("{hours} h {minutes} min", {"hours": whole // HOUR, "minutes": whole % HOUR})


TOPIC = Topic(
    command="support",
    title=msg("Support"),
    headline="first_response_time",
    rows=(("first_contact_resolution", "contacts_per_resolution"), ("tickets_per_account", "escalation_rate")),
    picture=Picture(metrics=("first_response_time",)),
    nothing=msg("No tickets yet. Import them with `latido import tickets.csv`."),
    accounts=(
        Accounts(
            "escalations",
            msg("Escalations still open"),
            service_lists.open_escalations,
            empty=msg("No escalation is open."),
        ),
        Accounts("tickets", msg("Most tickets"), service_lists.most_tickets),
    ),
    breakdowns=(by_priority,),
    entities=("tickets",),
)
VOICE = voice_of(TOPIC)

COMMAND = Command(
    id="support",
    usage=msg("[period] [segment or csm:name]"),
    summary=msg("Support: how soon customers are answered, how their tickets end, and who has most of them"),
    run=VOICE.show,
    least_role=Role.MEMBER,
    place=Place.INTERNAL,
    examples=("", "last month", "12m", "enterprise"),
    own_name=False,
    actions=VOICE.actions(),
)
