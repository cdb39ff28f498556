"""What decides customers' tiers besides their MRR and health: master data as it is now."""

from typing import NamedTuple

from sqlalchemy import select

from metrics.money import Rates
from storage.prepared import Prepared
from storage.queries.tables import account
from storage.session import Session

_a = account.c
_all = Prepared(select(_a.id, _a.key, _a.name, _a.segment, _a.lifecycle_stage, _a.potential_mrr, _a.currency))


class Master(NamedTuple):
    """An account's part."""

    key: str
    name: str
    segment: str | None
    lifecycle_stage: str | None
    potential_mrr: int | None
    """In the report's minor units; None: nobody has said, or its currency has no rate."""


def masters(db: Session, *, rates: Rates) -> dict[int, Master]:
    """All accounts by id, whether or not they are customers.

    A potential in a currency without a rate is unknown: it is a plan, and no reason to refuse an answer about money.
    """
    return {
        account_id: Master(key, name, segment, stage, _worth(potential, currency, rates))
        for account_id, key, name, segment, stage, potential, currency in _all.rows(db, {})
    }


def _worth(potential: int | None, currency: str | None, rates: Rates) -> int | None:
    code = currency or rates.own
    if potential is None or code == rates.home:
        return potential
    return rates.to_home(potential, code) if code in rates.rates else None
