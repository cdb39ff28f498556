"""Product adoption: the share of the customers that use a feature, on average over the features."""

from metrics import terms_product as terms
from metrics.arithmetic import ratio
from metrics.facts import ProductTotals
from metrics.types import Better, Figure, Metric, Unit, msg


def product_adoption(facts: ProductTotals) -> Figure:
    """The mean over the tracked features of customers using it ÷ customers. None without features or customers.

    >>> product_adoption(ProductTotals(customers=10, by_feature={"reports": 8, "exports": 3})).value
    Fraction(11, 20)
    """
    uses, features = sum(facts.by_feature.values()), len(facts.by_feature)
    inputs = {"uses": uses, "features": features, "customers": facts.customers}
    return Figure(ratio(uses, features * facts.customers), inputs)


METRIC = Metric(
    id="product_adoption",
    title=msg("Product adoption"),
    definition=msg(
        "The share of the customers that used a feature in 28 days, on average over all features that anybody used in"
        " 90 days. The 28 days end with the last day of the period that has usage data."
    ),
    formula=msg("{uses} ÷ ({features} × {customers})"),
    terms={"uses": terms.FEATURE_USERS, "features": terms.FEATURES, "customers": terms.CUSTOMERS},
    unit=Unit.RATIO,
    better=Better.UP,
    source=msg("Common practice for one feature; our own choice is that all features weigh the same in the mean."),
    facts=ProductTotals,
    measure=product_adoption,
)
