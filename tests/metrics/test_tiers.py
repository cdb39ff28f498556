"""Customers by what they are worth to the company."""

from collections.abc import Iterable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from metrics.tiers import Customer, Tier, TierPolicy, tiers
from metrics.types import Band


def customer(number: int, mrr: int, **values: Any) -> Customer:
    return Customer(number, mrr, None, None, None)._replace(**values)


def placed(customers: Iterable[Customer], policy: TierPolicy | None = None) -> list[Tier]:
    return [one.tier for one in tiers(list(customers), policy or TierPolicy())]


TEN = [customer(number, 1_000 - 100 * number) for number in range(10)]
"""They pay 1000, 900 … 100."""


def test_the_fifth_that_pays_most_are_vip_and_the_next_two_core():
    assert placed(TEN) == [Tier.VIP] * 2 + [Tier.CORE] * 4 + [Tier.NON_CORE] * 4


def test_a_large_customer_in_poor_health_is_core_until_it_recovers():
    assert placed([TEN[0]._replace(band=Band.POOR), *TEN[1:]])[:3] == [Tier.CORE, Tier.VIP, Tier.CORE]
    assert placed([TEN[0]._replace(band=Band.AVERAGE), *TEN[1:]])[0] is Tier.VIP


def test_who_could_pay_twice_as_much_has_potential_unless_in_poor_health():
    assert placed([*TEN[:9], customer(9, 100, potential_mrr=200)])[9] is Tier.POTENTIAL
    assert placed([*TEN[:9], customer(9, 100, potential_mrr=199)])[9] is Tier.NON_CORE
    assert placed([*TEN[:9], customer(9, 100, potential_mrr=200, band=Band.POOR)])[9] is Tier.NON_CORE
    assert placed([TEN[0]._replace(potential_mrr=90_000), *TEN[1:]])[0] is Tier.VIP
    core = [*TEN[:4], TEN[4]._replace(potential_mrr=5_000), *TEN[5:]]
    assert placed(core)[4] is Tier.POTENTIAL


def test_who_is_being_brought_on_board_has_yet_to_show_what_it_is():
    assert placed([*TEN[:9], customer(9, 100, lifecycle_stage="onboarding")])[9] is Tier.POTENTIAL
    assert placed([*TEN[:9], customer(9, 100, lifecycle_stage="value")])[9] is Tier.NON_CORE


def test_equal_customers_are_equal():
    assert placed(customer(number, 49) for number in range(100)) == [Tier.CORE] * 100
    two = [customer(1, 500), customer(2, 500), *(customer(number, 10) for number in range(3, 7))]
    assert placed(two) == [Tier.VIP] * 2 + [Tier.CORE] * 4


def test_a_single_customer_is_vip():
    assert placed([customer(1, 10)]) == [Tier.VIP]
    assert placed([]) == []


def test_the_edges_are_the_policys():
    half = TierPolicy(vip_percent=50, core_percent=50, potential_times=3)
    assert placed(TEN, half) == [Tier.VIP] * 5 + [Tier.NON_CORE] * 5
    assert placed([*TEN[:9], customer(9, 100, potential_mrr=299)], half)[9] is Tier.NON_CORE


def test_ranks_are_shared():
    ranks = [one.rank for one in tiers([customer(1, 5), customer(2, 9), customer(3, 5), customer(4, 1)])]
    assert ranks == [2, 1, 2, 4]


customers = st.lists(
    st.builds(
        Customer,
        account_id=st.just(0),
        mrr=st.integers(1, 6),
        potential_mrr=st.none() | st.integers(0, 12),
        lifecycle_stage=st.sampled_from((None, "onboarding", "value")),
        band=st.none() | st.sampled_from(Band),
    ),
    max_size=20,
)


@given(customers, st.permutations(range(20)))
def test_the_order_does_not_matter_and_everybody_has_a_tier(found, order):
    numbered = [one._replace(account_id=number) for number, one in enumerate(found)]
    shuffled = [numbered[place] for place in order if place < len(numbered)]
    assert {one.account_id: one for one in tiers(numbered)} == {one.account_id: one for one in tiers(shuffled)}
    assert len(list(tiers(numbered))) == len(found)


@given(customers, st.integers(1, 5))
def test_better_health_never_costs_a_tier(found, mrr):
    order = list(Tier)
    worse = placed([*found, Customer(0, mrr, None, None, Band.POOR)])[-1]
    better = placed([*found, Customer(0, mrr, None, None, Band.GOOD)])[-1]
    assert order.index(better) <= order.index(worse)
