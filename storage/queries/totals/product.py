"""Use of the product in the 28 days that end with the period's last day with usage."""

from collections import Counter
from itertools import chain

from metrics.facts import ProductTotals
from storage.queries.product_use import features_by_customer, features_tracked, people, use, window_of
from storage.queries.totals import Scope, Totals
from storage.session import Session


def load(db: Session, scope: Scope) -> ProductTotals:
    """The use of the book's accounts; of features, that of its customers. Nothing where the data ended long before."""
    window = window_of(db, scope.period)
    if window is None:
        return ProductTotals()
    used = [features for _, features in features_by_customer(db, scope.book, window)]
    counted = Counter(chain.from_iterable(features for features in used if features))
    found = people(db, scope.book, window)
    use_now, use_before = use(db, scope.book, window)
    return ProductTotals(
        customers=len(used),
        known=True,
        by_feature={feature: counted[feature] for feature in features_tracked(db, window)},
        using=sum(features is not None for features in used),
        daily_users=found.daily_users,
        users=found.users,
        user_weeks=found.user_weeks,
        sessions=found.sessions,
        minutes=found.minutes,
        use_now=use_now,
        use_before=use_before,
    )


TOTALS = Totals(id="product", facts=ProductTotals, load=load)
