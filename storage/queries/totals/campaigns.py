"""Campaigns of periods: unique recipients, summed over campaigns, days and accounts."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select

from metrics.facts import CampaignTotals
from metrics.periods import Period
from storage.queries.consecutive import Consecutive, days_of
from storage.queries.tables import campaign
from storage.queries.totals import Scope, Totals
from storage.queries.within import within
from storage.session import Session

_c = campaign.c

COUNTED = and_(_c.sent.is_not(None), _c.opened.is_not(None), _c.clicked.is_not(None))
"""Rows that tell all three counts: a share of the recipients of others would take what is not known for nobody."""
COUNTS = (func.sum(_c.sent), func.sum(_c.opened), func.sum(_c.clicked))
"""The fields of CampaignTotals, in their order."""


def load(db: Session, scope: Scope) -> CampaignTotals:
    """The campaigns of the period."""
    return series(db, scope, (scope.period,))[0]


def series(db: Session, scope: Scope, periods: Sequence[Period]) -> Sequence[CampaignTotals]:
    """The campaigns of several periods that follow one another, read in one pass."""
    days = days_of(periods)
    number, by = days.key(_c.day)
    found = db.execute(select(number, *COUNTS).where(*_sent(db, scope, days)).group_by(*by))
    totals = {at: _totals(counts) for at, *counts in found}
    return [totals.get(at, CampaignTotals()) for at in range(len(periods))]


def by_account(db: Session, scope: Scope) -> Mapping[int, CampaignTotals]:
    """The campaigns of each account that was sent any in the period; what names no account is in none."""
    found = db.execute(
        select(_c.account_id, *COUNTS)
        .where(*_sent(db, scope, days_of((scope.period,))), _c.account_id.is_not(None))
        .group_by(_c.account_id)
    )
    return {account_id: _totals(counts) for account_id, *counts in found}


def _sent(db: Session, scope: Scope, days: Consecutive) -> tuple[ColumnElement[bool], ...]:
    return days.during(_c.day), COUNTED, *within(db, scope.book, _c.account_id)


def _totals(counts: Sequence[Any]) -> CampaignTotals:
    return CampaignTotals(*(int(count or 0) for count in counts))


TOTALS = Totals(
    id="campaigns",
    facts=CampaignTotals,
    load=load,
    by_account=by_account,
    series=series,
    some_of_nobody=True,
    rests_on=("campaign",),
    in_money=False,
)
