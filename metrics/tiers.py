"""Tiers of customers: whom to spend time on, from what they pay, could pay, their stage and their health."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from metrics.types import Band

ONBOARDING = "onboarding"


class Tier(StrEnum):
    """What a customer is to the company, most valuable first."""

    VIP = "vip"
    CORE = "core"
    POTENTIAL = "potential"
    NON_CORE = "non_core"


@dataclass(frozen=True, slots=True)
class TierPolicy:
    """Where the tiers begin."""

    vip_percent: int = 20
    """The customers that pay most are the candidates for VIP: so many percent of all, rounded up."""
    core_percent: int = 60
    """Customers among so many percent that pay most are at least core."""
    potential_times: int = 2
    """Who could pay so many times what they pay now has potential."""


class Customer(NamedTuple):
    """What decides a customer's tier."""

    account_id: int
    mrr: int
    potential_mrr: int | None
    """In the same minor units; None: nobody has said."""
    lifecycle_stage: str | None
    band: Band | None
    """None: no health score."""


class Placed(NamedTuple):
    """A customer's tier, and its rank by MRR: 1 pays most; those that pay the same have the same rank."""

    account_id: int
    tier: Tier
    rank: int


DEFAULTS = TierPolicy()


def tiers(customers: Collection[Customer], policy: TierPolicy = DEFAULTS) -> Iterator[Placed]:
    """Each customer's tier: the first of these that fits.

    - VIP: among the `vip_percent` that pay most, and not in poor health.
    - potential: could pay `potential_times` as much or is being brought on board, not in poor health, and not among
      those that pay most.
    - core: among the `core_percent` that pay most; so a large customer in poor health is core until it has recovered.
    - non-core: everybody else.

    Customers that pay the same are never split by rank: at the upper edge they count as the last of them, so that a
    thousand equal customers are not all VIP, at the lower edge as the first.

    >>> two = [Customer(1, 900, None, None, Band.GOOD), Customer(2, 100, 500, None, None)]
    >>> [(one.tier.value, one.rank) for one in tiers(two)]
    [('vip', 1), ('potential', 2)]
    """
    ascending = sorted(customer.mrr for customer in customers)
    count = len(ascending)
    most = -(-count * policy.vip_percent // 100)
    for customer in customers:
        more = count - bisect_right(ascending, customer.mrr)
        at_least = count - bisect_left(ascending, customer.mrr)
        top = at_least <= most
        upper = 100 * more < policy.core_percent * count
        yield Placed(customer.account_id, _tier(customer, policy, top=top, upper=upper), more + 1)


def _tier(customer: Customer, policy: TierPolicy, *, top: bool, upper: bool) -> Tier:
    poor = customer.band is Band.POOR
    if top:
        return Tier.CORE if poor else Tier.VIP
    if not poor and _has_potential(customer, policy):
        return Tier.POTENTIAL
    return Tier.CORE if upper else Tier.NON_CORE


def _has_potential(customer: Customer, policy: TierPolicy) -> bool:
    if customer.lifecycle_stage == ONBOARDING:
        return True
    return customer.potential_mrr is not None and customer.potential_mrr >= policy.potential_times * customer.mrr
