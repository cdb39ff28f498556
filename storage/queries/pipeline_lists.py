"""Leads by where they came from, by what drew them and by when; trials; the accounts that leads have become."""

from fractions import Fraction
from itertools import dropwhile
from typing import Final

from sqlalchemy import ColumnElement, func, select

from metrics.facts import PipelineTotals
from metrics.periods import Period, month_of
from metrics.types import AccountRow, BookFilter, Breakdown, BreakdownRow, Sentence, Value, plural
from storage.queries.consecutive import days_of
from storage.queries.listed import ACCOUNT, row_of, with_mrr
from storage.queries.tables import account, lead
from storage.queries.totals import Scope, facts_by_period
from storage.queries.totals.pipeline import COUNTS
from storage.queries.within import within
from storage.session import Session

COHORTS: Final = 5
"""Months of creation that are compared at least."""

_c = lead.c


def by_source(db: Session, scope: Scope) -> Breakdown:
    """The leads created in the period by source, most leads first."""
    return Breakdown(
        _title(scope, Sentence("Leads by source")), _split(db, scope, _c.source, Sentence("source unknown"))
    )


def by_content(db: Session, scope: Scope) -> Breakdown:
    """The leads created in the period by the content that drew them, most leads first."""
    return Breakdown(
        _title(scope, Sentence("Leads by content")), _split(db, scope, _c.content, Sentence("content unknown"))
    )


def by_cohort(db: Session, scope: Scope) -> Breakdown:
    """The leads of each month of creation, the latest first: the months of the period, at least the last five.

    The last month is cut where the period ends; months before the first of them with leads are left out.
    """
    months = list(Period(month_of(scope.period.start).start, scope.period.end).months())
    while len(months) < COHORTS:
        months.insert(0, month_of(months[0].start).previous())
    found = zip(months, facts_by_period(db, PipelineTotals, scope, months), strict=True)
    rows = [BreakdownRow(f"{month.start:%Y-%m}", _told(totals)) for month, totals in dropwhile(_no_leads, found)]
    return Breakdown(_title(scope, Sentence("Leads by month of creation")), tuple(reversed(rows)))


def _no_leads(cohort: tuple[Period, PipelineTotals]) -> bool:
    return not cohort[1].leads


def _title(scope: Scope, title: Sentence) -> Sentence:
    """The title; for a part of the customers with what that means for leads."""
    if scope.book == BookFilter():
        return title
    return Sentence("{title} (only leads that have an account by now)", {"title": title})


def trials(db: Session, scope: Scope) -> Breakdown:
    """The leads that asked for a trial in the period, whenever they were created, and what has become of them."""
    asked, converted = db.execute(
        select(func.count(), func.count(_c.converted_on)).where(
            days_of((scope.period,)).during(_c.sql_on), *within(db, scope.book, _c.account_id)
        )
    ).one()
    rows = (
        BreakdownRow(Sentence("asked for in the period"), (asked,)),
        BreakdownRow(Sentence("customers by now"), (converted,)),
        BreakdownRow(Sentence("no customers yet"), (asked - converted,)),
    )
    return Breakdown(Sentence("Trials"), rows if asked else ())


def converted(db: Session, scope: Scope) -> list[AccountRow]:
    """The accounts that leads became in the period, the latest first; several leads of an account are one row."""
    found = db.execute(
        select(*ACCOUNT, func.max(_c.converted_on), func.min(_c.created_on), func.min(_c.source), func.count())
        .join_from(lead, account, account.c.id == _c.account_id)
        .where(days_of((scope.period,)).during(_c.converted_on), *within(db, scope.book, _c.account_id))
        .group_by(*ACCOUNT)
    )
    rows: list[AccountRow] = []
    for *who, day, created_on, source, leads in found:
        values: dict[str, Value] = {"day": created_on, "source": source}
        if leads > 1:
            why = plural("{count} lead, the first on {day}", "{count} leads, the first on {day}", leads, day=created_on)
        elif source:
            why = Sentence("lead since {day}, from {source}", values)
        else:
            why = Sentence("lead since {day}", values)
        rows.append(row_of(who, why, day))
    rows.sort(key=lambda row: row.key)
    rows.sort(key=lambda row: row.day or scope.period.start, reverse=True)
    return with_mrr(db, scope, rows)


def _split(db: Session, scope: Scope, column: ColumnElement[str | None], unknown: Sentence) -> tuple[BreakdownRow, ...]:
    found = db.execute(
        select(column, *COUNTS)
        .where(days_of((scope.period,)).during(_c.created_on), *within(db, scope.book, _c.account_id))
        .group_by(column)
    )
    parts = [(label, PipelineTotals(*counts)) for label, *counts in found]
    parts.sort(key=lambda part: (-part[1].leads, part[0] is None, part[0] or ""))
    return tuple(BreakdownRow(label or unknown, _told(totals)) for label, totals in parts)


def _told(totals: PipelineTotals) -> tuple[Value, ...]:
    """Leads, MQL → SQL and conversion; a share of nobody is left out."""
    told: list[Value] = [plural("{count} lead", "{count} leads", totals.leads)]
    if totals.mql:
        told.append(Sentence("MQL → SQL {share}", {"share": Fraction(totals.sql, totals.mql)}))
    if totals.leads:
        told.append(Sentence("conversion {share}", {"share": Fraction(totals.converted, totals.leads)}))
    return tuple(told)
