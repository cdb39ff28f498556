"""POC departure: a person we talk to has left the account, by the data, by bounced mail or by what Slack tells."""

from metrics.account_facts import ContactFacts
from metrics.dials import Calmer, Dial, Dials, DialUnit
from metrics.judging import Finding, RiskFacts, Rule, Severity
from metrics.leaving import who_left
from metrics.types import msg


def check(facts: RiskFacts, dials: Dials) -> Finding | None:
    """Urgent when a point of contact left and nobody, or after a champion no other champion, remains.

    A warning when a champion left and another remains; a notice when another point of contact left. None without
    contacts, or when nobody left of late.
    """
    people = facts.account.contacts
    if people is None:
        return None
    left_on, as_of = people.last_left_on, facts.account.as_of
    left = people.points_left_90 or people.champions_left_90
    if not left or left_on is None or (as_of - left_on).days >= dials["recent_days"]:
        return None
    return Finding(_severity(people), who_left(people), left_on)


def _severity(people: ContactFacts) -> Severity:
    if people.points == 0 or (people.champions_left_90 and people.champions == 0):
        return Severity.URGENT
    return Severity.WARNING if people.champions_left_90 else Severity.NOTICE


RULE = Rule(
    id="poc_departure",
    title=msg("Point of contact gone"),
    advice=msg("Find out who took over or what changed, and book a call this week."),
    check=check,
    each_is_news=True,
    dials={
        "recent_days": Dial(msg("A departure counts for"), 90, DialUnit.DAYS, 1, 90, Calmer.LOWER),
    },
)
