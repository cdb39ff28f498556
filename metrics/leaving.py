"""How it is said that a person has left an account."""

from metrics.account_facts import ContactFacts
from metrics.types import LeftBy, Sentence, Value, plural


def who_left(people: ContactFacts) -> Sentence:
    """Who left last, when, how it is known, and how many points of contact remain; needs `last_left_on`."""
    values: dict[str, Value] = {"name": people.last_left_name, "day": people.last_left_on}
    if people.last_left_name is None:
        return plural(
            "A point of contact left on {day}, {count} remains",
            "A point of contact left on {day}, {count} remain",
            people.points,
            day=people.last_left_on,
        )
    match people.last_left_by:
        case LeftBy.BOUNCED:
            return plural(
                "Mail to {name} has bounced since {day}, {count} point of contact remains",
                "Mail to {name} has bounced since {day}, {count} points of contact remain",
                people.points,
                **values,
            )
        case LeftBy.DEACTIVATED:
            return plural(
                "The Slack account of {name} was deactivated on {day}, {count} point of contact remains",
                "The Slack account of {name} was deactivated on {day}, {count} points of contact remain",
                people.points,
                **values,
            )
        case LeftBy.LEFT_CHANNEL:
            return plural(
                "{name} left the shared channel on {day}, {count} point of contact remains",
                "{name} left the shared channel on {day}, {count} points of contact remain",
                people.points,
                **values,
            )
    return plural(
        "{name} left on {day}, {count} point of contact remains",
        "{name} left on {day}, {count} points of contact remain",
        people.points,
        **values,
    )
