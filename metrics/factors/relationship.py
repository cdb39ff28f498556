"""Relationship: whether there are people to talk to, a champion among them, and whether any left of late."""

from metrics.account_facts import AccountFacts, ContactFacts
from metrics.judging import Factor
from metrics.leaving import who_left
from metrics.scales import FULL, blend, scale, share
from metrics.types import Reading, Sentence, msg, plural

POINTS = scale((0, 0), (1, 600), (2, 850), (3, 1000))
"""By points of contact who are there: with one alone, everything hangs on one person."""

CHAMPIONS = scale((0, 300), (1, 1000))
"""By champions and decision makers who are there; many good accounts have none on record."""

SEEN = scale((0, 0), (1, 700), (2, 1000))
"""By points of contact seen in 28 days."""

POINTS_LEFT = scale((0, 1000), (1, 800), (2, 600), (4, 300))
"""By points of contact who left in 90 days: takes its part of everything."""

CHAMPIONS_LEFT = scale((0, 1000), (1, 600), (2, 350))
"""By champions and decision makers who left in 90 days: takes its part of everything."""

WEIGHTS = (4, 3, 3)
"""Of points of contact, champions and people seen."""


def relationship(facts: AccountFacts) -> Reading | None:
    """People there, champions and people seen by weight, less what departures take; None without any contacts.

    Whether people were seen is left out where nothing tells them apart.
    """
    people = facts.contacts
    if people is None:
        return None
    there, champions, seen = WEIGHTS
    parts = [(there, share(people.points, POINTS)), (champions, share(people.champions, CHAMPIONS))]
    if people.points_active_28 is not None:
        parts.append((seen, share(people.points_active_28, SEEN)))
    left = share(people.points_left_90, POINTS_LEFT) * share(people.champions_left_90, CHAMPIONS_LEFT)
    return Reading(blend(parts) * left // FULL**2, _fact, (people,))


def _fact(people: ContactFacts) -> Sentence:
    if people.last_left_on is not None and people.last_left_name is not None:
        return who_left(people)
    if people.points == 0:
        return Sentence("No point of contact")
    if people.points_active_28 == 0:
        return plural(
            "{count} point of contact, not seen for 28 days",
            "{count} points of contact, none seen for 28 days",
            people.points,
        )
    if people.champions == 0:
        return plural(
            "{count} point of contact, no champion",
            "{count} points of contact, no champion among them",
            people.points,
        )
    return plural(
        "{count} point of contact, a champion is there",
        "{count} points of contact, a champion is there",
        people.points,
    )


FACTOR = Factor(
    id="relationship",
    title=msg("Relationship"),
    points=15,
    explanation=msg(
        "Points of contact who are there (3 earn all points, one alone earns 60%), a champion or decision maker "
        "(without one 30%) and points of contact seen in 28 days (2 earn all, one earns 70%), weighed 4 to 3 to 3. A "
        "point of contact who left in 90 days takes away a fifth of that, a champion who left takes 40%. Whose mail "
        "bounces, whose Slack account was deactivated and who left the shared channel counts as gone, too."
    ),
    read=relationship,
)
