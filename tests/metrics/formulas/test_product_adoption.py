"""Product adoption is the mean over the features, each with its share of the customers."""

from fractions import Fraction

import pytest

from metrics.facts import ProductTotals
from metrics.formulas.product_adoption import product_adoption


def test_it_is_the_mean_of_the_features_shares():
    facts = ProductTotals(customers=20, by_feature={"reports": 15, "exports": 5, "api": 1})
    assert product_adoption(facts).value == (Fraction(15, 20) + Fraction(5, 20) + Fraction(1, 20)) / 3
    assert product_adoption(facts).inputs == {"uses": 21, "features": 3, "customers": 20}


def test_a_tracked_feature_that_nobody_uses_any_more_counts():
    assert product_adoption(ProductTotals(customers=4, by_feature={"reports": 4, "fax": 0})).value == Fraction(1, 2)


def test_features_that_nobody_uses_at_all_are_an_adoption_of_zero():
    assert product_adoption(ProductTotals(customers=4, by_feature={"fax": 0})).value == 0


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param(ProductTotals(), id="nothing"),
        pytest.param(ProductTotals(customers=4), id="no feature"),
        pytest.param(ProductTotals(by_feature={"reports": 0}), id="no customer"),
    ],
)
def test_without_features_or_customers_there_is_no_answer(facts: ProductTotals):
    assert product_adoption(facts).value is None
