"""POC departure: a person we talk to has left the account, or none of them is seen any more."""

from metrics.account_facts import ContactFacts
from metrics.dials import Calmer, Dial, Dials, DialUnit
from metrics.judging import Finding, RiskFacts, Rule, Severity
from metrics.types import Sentence, msg, plural


def check(facts: RiskFacts, dials: Dials) -> Finding | None:
    """Urgent when a point of contact left and nobody, or after a champion no other champion, remains.

    A warning when a champion left and another remains; a notice when another point of contact left, or when those who
    are there have not been seen for 28 days. None without contacts, or when all is well.
    """
    people = facts.account.contacts
    if people is None:
        return None
    left_on, as_of = people.last_left_on, facts.account.as_of
    left = people.points_left_90 or people.champions_left_90
    if left and left_on is not None and (as_of - left_on).days < dials["recent_days"]:
        return Finding(_severity(people), _who_left(people), left_on)
    if people.points and people.points_active_28 == 0:
        why = plural(
            "{count} point of contact, not seen for 28 days",
            "{count} points of contact, none seen for 28 days",
            people.points,
        )
        return Finding(Severity.NOTICE, why)
    return None


def _severity(people: ContactFacts) -> Severity:
    if people.points == 0 or (people.champions_left_90 and people.champions == 0):
        return Severity.URGENT
    return Severity.WARNING if people.champions_left_90 else Severity.NOTICE


def _who_left(people: ContactFacts) -> Sentence:
    if people.last_left_name is None:
        return plural(
            "A point of contact left on {day}, {count} remains",
            "A point of contact left on {day}, {count} remain",
            people.points,
            day=people.last_left_on,
        )
    return plural(
        "{name} left on {day}, {count} point of contact remains",
        "{name} left on {day}, {count} points of contact remain",
        people.points,
        name=people.last_left_name,
        day=people.last_left_on,
    )


RULE = Rule(
    id="poc_departure",
    title=msg("Point of contact gone or silent"),
    advice=msg("Find out who took over or what changed, and book a call this week."),
    check=check,
    dials={
        "recent_days": Dial(msg("A departure counts for"), 90, DialUnit.DAYS, 1, 90, Calmer.LOWER),
    },
)
