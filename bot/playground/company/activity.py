"""How the example company's customers use the product: day by day, person by person, feature by feature."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from bot.playground.company.customers import FEATURES, Customer

KNOWN_FOR = 730
"""So many days back the use is known."""
HABIT = 0.5
"""How likely a person is to use the product on a usual working day."""
LEARNING = 60
"""Days until that is their habit."""
SATURDAY = 5
WEEKEND = 0.06
"""How busy a weekend day is, of a working day."""
DAYS_A_FEATURE = 14
"""How long it takes a customer to discover one feature more."""

Row = tuple[str, ...]

HEADER = ("account_id", "day", "user_id", "feature", "sessions", "events", "minutes")


def usage(customer: Customer, random: Random, today: date) -> Iterator[Row]:
    """Rows in the order of HEADER, from the start to yesterday; the story's activity says how busy a day was."""
    gone = dict(customer.story.left)
    for ago in range(min(customer.started, KNOWN_FOR), 0, -1):
        if is_away(customer, ago):
            continue
        day = today - timedelta(days=ago)
        busy = customer.story.activity(ago) * (WEEKEND if day.weekday() >= SATURDAY else 1.0)
        age = customer.started - ago
        chance = HABIT * busy * min(1.0, 0.3 + age / LEARNING)
        known = FEATURES[: max(1, min(customer.depth, 1 + age // DAYS_A_FEATURE))]
        for person in range(customer.users):
            if random.random() < chance and gone.get(person, 0) < ago:
                yield from _visit(customer, random, day.isoformat(), person, known)


def is_away(customer: Customer, ago: int) -> bool:
    """Whether the customer was none on that day: after an end, before a return."""
    ends = [end.ago for end in customer.story.ends if end.ago >= ago]
    if not ends:
        return False
    back = [term.ago for term in customer.story.terms if term.ago < min(ends)]
    return not back or max(back) < ago


def user_key(customer: Customer, person: int) -> str:
    """The product's id of a customer's person; points of contact have the id that contacts have."""
    return f"{customer.key}-{person}"


def _visit(customer: Customer, random: Random, day: str, person: int, known: tuple[str, ...]) -> Iterator[Row]:
    """One feature, or two different ones."""
    first = int(random.random() * len(known))
    second = int(random.random() * 3 * len(known))
    who = user_key(customer, person)
    for place in {first, second}:
        if place < len(known):
            sessions = 1 + int(random.expovariate(1.2))
            events, minutes = sessions * (3 + int(random.random() * 18)), sessions * (2 + int(random.random() * 13))
            yield customer.key, day, who, known[place], str(sessions), str(events), str(minutes)
