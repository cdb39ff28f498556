"""Leads by the period of their creation."""

from datetime import UTC, date

from metrics.facts import PipelineTotals
from metrics.money import home_only
from metrics.periods import month_of
from metrics.types import BookFilter
from storage.queries.totals import Scope, facts_by_account, facts_by_period, facts_of
from storage.session import Session
from tests.storage.queries import rows

OCTOBER = month_of(date(2026, 10, 1))
SCOPE = Scope(OCTOBER, home_only("USD", OCTOBER.last), UTC)


def lead(db: Session, key: str, created_on: date, **values: object) -> None:
    rows.add(db, "lead", key=key, created_on=created_on, **values)


def test_leads_are_followed_from_the_period_of_their_creation(db: Session) -> None:
    lead(db, "l1", date(2026, 9, 30), converted_on=date(2026, 10, 20))
    lead(db, "l2", date(2026, 10, 1), mql_on=date(2026, 10, 2), sql_on=date(2026, 11, 5))
    lead(db, "l3", date(2026, 10, 31), mql_on=date(2026, 11, 2), converted_on=date(2026, 12, 1))
    lead(db, "l4", date(2026, 10, 31))
    lead(db, "l5", date(2026, 11, 1))
    september, october = facts_by_period(db, PipelineTotals, SCOPE, [OCTOBER.previous(), OCTOBER])
    assert september == PipelineTotals(leads=1, converted=1)
    assert october == facts_of(db, PipelineTotals, SCOPE) == PipelineTotals(leads=3, mql=2, sql=1, converted=1)


def test_a_trial_without_qualification_is_no_step_from_mql_to_sql(db: Session) -> None:
    lead(db, "l1", date(2026, 10, 1), sql_on=date(2026, 10, 5))
    assert facts_of(db, PipelineTotals, SCOPE) == PipelineTotals(leads=1)


def test_a_book_has_the_leads_of_its_accounts_alone(db: Session) -> None:
    smb = rows.account(db, segment="smb")
    lead(db, "l1", date(2026, 10, 1), converted_on=date(2026, 10, 5), account_id=smb)
    lead(db, "l2", date(2026, 10, 1))
    found = facts_of(db, PipelineTotals, SCOPE._replace(book=BookFilter(segment="smb")))
    assert found == PipelineTotals(leads=1, converted=1)


def test_an_empty_store_has_no_leads(db: Session) -> None:
    assert facts_of(db, PipelineTotals, SCOPE) == PipelineTotals()


def test_each_account_has_its_own_leads_and_those_of_nobody_are_in_none(db: Session) -> None:
    smb, other = rows.account(db, segment="smb"), rows.account(db)
    lead(db, "l1", date(2026, 10, 1), mql_on=date(2026, 10, 2), converted_on=date(2026, 10, 5), account_id=smb)
    lead(db, "l2", date(2026, 10, 1))
    lead(db, "l3", date(2026, 10, 31), account_id=other)
    lead(db, "l4", date(2026, 11, 1), account_id=other)
    found = facts_by_account(db, PipelineTotals, SCOPE)
    assert found == {smb: PipelineTotals(leads=1, mql=1, converted=1), other: PipelineTotals(leads=1)}
