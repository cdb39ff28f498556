"""Leads created in periods, and what has become of them by now."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, select

from metrics.facts import PipelineTotals
from metrics.periods import Period
from storage.queries.consecutive import days_of
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
    found = db.execute(
        select(number, *COUNTS).where(days.during(_c.created_on), *within(db, scope.book, _c.account_id)).group_by(*by)
    )
    totals = {at: PipelineTotals(*counts) for at, *counts in found}
    return [totals.get(at, PipelineTotals()) for at in range(len(periods))]


TOTALS = Totals(id="pipeline", facts=PipelineTotals, load=load, series=series, rests_on=("lead",), in_money=False)
