"""When the example company's customers are up for renewal: next, and in the years before."""

from collections.abc import Iterator
from typing import Final

from bot.playground.company.activity import is_away
from bot.playground.company.customers import Customer

TERM: Final = 365
"""Days of a contract."""
AT_THE_END: Final = "price"
"""Who leaves for this has waited for the end of the contract; the others leave when they have had enough."""


def renewal_in(customer: Customer) -> int:
    """Days until the next anniversary, unless the story says otherwise."""
    told = customer.story.renewal_in
    return told if told is not None else TERM - customer.started % TERM


def due_days(customer: Customer) -> Iterator[int]:
    """How many days ago a renewal was due, the latest first; those since the customer left for good are none."""
    for ago in range(_latest(customer), customer.started, TERM):
        if ago > 0 and not is_away(customer, ago + 1):
            yield ago


def _latest(customer: Customer) -> int:
    """The last day on which a contract of the customer ends, counted back; below 0: that is still to come."""
    ends = customer.story.ends
    if not ends or not is_away(customer, 1):
        return -renewal_in(customer)
    if ends[-1].detail == AT_THE_END:
        return ends[-1].ago
    return customer.started % TERM
