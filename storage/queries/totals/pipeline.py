"""Leads created in periods, and what has become of them by now."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, select

from metrics.facts import PipelineTotals
from metrics.periods import Period
from storage.queries.consecutive import Consecutive, days_of
from storage.queries.tables import lead
from storage.queries.totals import Scope, Totals
from storage.queries.within import within
from storage.session import Session

_c = lead.c


def _count(condition: ColumnElement[bool]) -> ColumnElement[Any]:
    return func.count(case((condition, 1)))


COUNTS = (
    func.count(),
    _count(_c.mql_on.is_not(None)),
    _count(and_(_c.mql_on.is_not(None), _c.sql_on.is_not(None))),
    _count(_c.converted_on.is_not(None)),
)
"""The fields of PipelineTotals, in their order."""


def load(db: Session, scope: Scope) -> PipelineTotals:
    """The leads created in the period."""
    return series(db, scope, (scope.period,))[0]


def series(db: Session, scope: Scope, periods: Sequence[Period]) -> Sequence[PipelineTotals]:
    """The leads created in several periods that follow one another, read in one pass."""
    days = days_of(periods)
    number, by = days.key(_c.created_on)
    found = db.execute(select(number, *COUNTS).where(*_created(db, scope, days)).group_by(*by))
    totals = {at: PipelineTotals(*counts) for at, *counts in found}
    return [totals.get(at, PipelineTotals()) for at in range(len(periods))]


def by_account(db: Session, scope: Scope) -> Mapping[int, PipelineTotals]:
    """The leads of the period that name each account; those that name none are in none."""
    found = db.execute(
        select(_c.account_id, *COUNTS)
        .where(*_created(db, scope, days_of((scope.period,))), _c.account_id.is_not(None))
        .group_by(_c.account_id)
    )
    return {account_id: PipelineTotals(*counts) for account_id, *counts in found}


def _created(db: Session, scope: Scope, days: Consecutive) -> tuple[ColumnElement[bool], ...]:
    return days.during(_c.created_on), *within(db, scope.book, _c.account_id)


TOTALS = Totals(
    id="pipeline",
    facts=PipelineTotals,
    load=load,
    by_account=by_account,
    series=series,
    some_of_nobody=True,
    rests_on=("lead",),
    in_money=False,
)
