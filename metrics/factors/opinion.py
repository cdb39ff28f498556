"""Opinion: what a colleague who knows the account thinks of it, for as long as that holds."""

from metrics.account_facts import AccountFacts
from metrics.judging import Factor
from metrics.scales import FULL, scale, share
from metrics.types import Reading, Sentence, Value, msg

BEST = 5

SCALE = scale((1, 0), (BEST, FULL))
"""By the score that was given."""


def opinion(facts: AccountFacts) -> Reading | None:
    """The share of the score that was given; None where nobody's opinion holds."""
    given = facts.opinion
    if given is None:
        return None
    values: dict[str, Value] = {
        "score": given.score,
        "best": BEST,
        "author": given.author,
        "day": given.last_on,
    }
    return Reading(share(given.score, SCALE), Sentence("{score} of {best} by {author}, until {day}", values))


FACTOR = Factor(
    id="opinion",
    title=msg("Opinion"),
    points=10,
    explanation=msg(
        "What a colleague thinks, from 1 (no points) to 5 (all points), a quarter of the points a step. The latest "
        "opinion counts until its last day or until it is withdrawn. It is optional: without one the other factors "
        "count for more, and the coverage does not miss it."
    ),
    read=opinion,
    optional=True,
)
