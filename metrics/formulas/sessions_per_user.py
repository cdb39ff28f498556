"""Sessions per user: how often an active user uses the product in a week."""

from metrics import terms_product as terms
from metrics.arithmetic import ratio
from metrics.facts import ProductTotals
from metrics.types import Better, Figure, Metric, Unit, msg


def sessions_per_user(facts: ProductTotals) -> Figure:
    """Sessions per active user and week. None where no user is known, or where nobody counts sessions.

    >>> sessions_per_user(ProductTotals(sessions=90, user_weeks=40)).value
    Fraction(9, 4)
    """
    inputs = {"sessions": facts.sessions, "user_weeks": facts.user_weeks}
    # Active users without a single session: sessions are not counted.
    return Figure(ratio(facts.sessions, facts.user_weeks) if facts.sessions else None, inputs)


METRIC = Metric(
    id="sessions_per_user",
    title=msg("Sessions per user and week"),
    definition=msg(
        "Sessions of named users in 28 days, for each active user and week: a user counts in the weeks in which they"
        " were active."
    ),
    formula=msg("{sessions} ÷ {user_weeks}"),
    terms={"sessions": terms.SESSIONS, "user_weeks": terms.USER_WEEKS},
    unit=Unit.MEAN,
    better=Better.UP,
    source=msg("Our own choice: by active week, so that somebody who is away for a week does not lower it."),
    facts=ProductTotals,
    measure=sessions_per_user,
)
