"""Adoption: how much of the product the account uses, and how many of the people it pays for."""

from metrics.account_facts import AccountFacts, UsageFacts
from metrics.judging import Factor
from metrics.scales import FULL, blend, scale, share
from metrics.types import Reading, Sentence, msg, plural

BREADTH = scale((0, 0), (100, 250), (300, 600), (600, 900), (800, 1000))
"""By features used in 14 days, in thousandths of those tracked."""

SEATS = scale((0, 0), (200, 300), (500, 700), (800, 950), (900, 1000))
"""By people who used the product in 28 days, in thousandths of the seats paid for."""

PEOPLE = scale((0, 0), (500, 400), (1000, 800), (1250, 1000))
"""Where the seats are not known: by people in 28 days, in thousandths of the 28 days before."""


def adoption(facts: AccountFacts) -> Reading | None:
    """The mean of the shares for features and for people, of those that are known; None where neither is.

    People count only where the source names them: use without names says nothing about how many there are.
    """
    usage = facts.usage
    if usage is None:
        return None
    seats = facts.seats_purchased or 0
    parts = []
    if usage.features_tracked:
        parts.append((1, share(FULL * usage.features_14 // usage.features_tracked, BREADTH)))
    people = _people(usage, seats)
    if people is not None:
        parts.append((1, people))
    if not parts:
        return None
    return Reading(blend(parts), _fact, (usage, seats, people))


def _people(usage: UsageFacts, seats: int) -> int | None:
    """The share for people; None where nobody is named although the product is used."""
    if not usage.users_28 and not usage.users_before and (usage.active_days_28 or not seats):
        return None
    if seats:
        return share(FULL * usage.users_28 // seats, SEATS)
    return share(FULL * usage.users_28 // usage.users_before, PEOPLE) if usage.users_before else FULL


def _fact(usage: UsageFacts, seats: int, people: int | None) -> Sentence:
    users = usage.users_28
    if people is None:
        return Sentence(
            "{used} of {tracked} features used in 14 days",
            {"used": usage.features_14, "tracked": usage.features_tracked},
        )
    if usage.features_tracked and seats:
        return Sentence(
            "{used} of {tracked} features used in 14 days, {users} of {seats} seats in 28 days",
            {"used": usage.features_14, "tracked": usage.features_tracked, "users": users, "seats": seats},
        )
    if seats:
        return Sentence("{users} of {seats} seats used in 28 days", {"users": users, "seats": seats})
    return plural(
        "{count} person uses it, {before} in the 28 days before",
        "{count} people use it, {before} in the 28 days before",
        users,
        before=usage.users_before,
    )


FACTOR = Factor(
    id="adoption",
    title=msg("Adoption"),
    points=15,
    explanation=msg(
        "The mean of two shares: features used in 14 days of those tracked (80% earns all points, 30% earns 60%), "
        "and people who used the product in 28 days of the seats paid for (90% earns all, half earns 70%; without a "
        "number of seats, compared with the people of the 28 days before). What is not known is left out."
    ),
    read=adoption,
    feed="usage",
)
