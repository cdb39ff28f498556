"""Stickiness: the users of an average day, as a share of all who used the product in 28 days."""

from metrics import terms_product as terms
from metrics.arithmetic import ratio
from metrics.facts import ProductTotals
from metrics.types import Better, Figure, Metric, Unit, msg

DAYS = 28


def stickiness(facts: ProductTotals) -> Figure:
    """Mean daily active users ÷ active users of the 28 days. None where no user is known.

    >>> stickiness(ProductTotals(daily_users=70, users=10)).value
    Fraction(1, 4)
    """
    inputs = {"daily_users": facts.daily_users, "days": DAYS, "users": facts.users}
    return Figure(ratio(facts.daily_users, DAYS * facts.users), inputs)


METRIC = Metric(
    id="stickiness",
    title=msg("Stickiness"),
    definition=msg(
        "Active users of an average day, as a share of all active users of the same 28 days: 1 ÷ 28 where everybody"
        " came once, 100% where everybody came every day."
    ),
    formula=msg("{daily_users} ÷ {days} ÷ {users}"),
    terms={"daily_users": terms.DAILY_USERS, "days": terms.DAYS, "users": terms.USERS},
    unit=Unit.RATIO,
    better=Better.UP,
    source=msg("Common practice (DAU ÷ MAU); 28 days, so that every weekday is in it four times."),
    facts=ProductTotals,
    measure=stickiness,
)
