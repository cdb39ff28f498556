"""Tickets in the periods they belong to."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from metrics.business_hours import parse
from metrics.facts import ServiceTotals
from metrics.money import home_only
from metrics.periods import Period, month_of
from metrics.types import BookFilter, Definitions
from storage.queries.totals import Scope, facts_by_account, facts_by_period, facts_of
from storage.session import Session
from tests.storage.queries import rows

OCTOBER = month_of(date(2026, 10, 1))
NOVEMBER = month_of(date(2026, 11, 1))
MADRID = ZoneInfo("Europe/Madrid")
_HOUR = timedelta(hours=1)


def scope(period: Period = OCTOBER, book: BookFilter = BookFilter()) -> Scope:  # noqa: B008 - it is immutable
    return Scope(period, home_only("USD", period.last), MADRID, book)


def at(month: int, day: int, hour: int = 12, minute: int = 0, second: int = 0, micro: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, second, micro, tzinfo=UTC)


def opened(db: Session, account_id: int, moment: datetime, key: str, **values: object) -> None:
    rows.add(db, "ticket", key=key, account_id=account_id, opened_at=moment, **values)


def test_a_ticket_counts_where_it_was_opened_and_where_it_was_resolved(db: Session) -> None:
    one = rows.account(db)
    answered = {"first_response_at": at(10, 5, 14), "resolved_at": at(11, 2), "customer_contacts": 1}
    opened(db, one, at(10, 5), "t1", escalated=True, **answered)
    opened(db, one, at(10, 6), "t2", first_response_at=at(10, 6, 12, 10), resolved_at=at(10, 7), customer_contacts=3)
    opened(db, one, at(11, 6), "t3", escalated=False)
    october, november = facts_by_period(db, ServiceTotals, scope(), [OCTOBER, NOVEMBER])
    assert october == ServiceTotals(True, (10, 120), 2, 1, 1, 0, 3)
    assert november == ServiceTotals(True, (), 1, 0, 1, 1, 1)
    assert [facts_of(db, ServiceTotals, scope(month)) for month in (OCTOBER, NOVEMBER)] == [october, november]


def test_days_begin_at_midnight_in_the_companys_zone(db: Session) -> None:
    one = rows.account(db)
    opened(db, one, at(9, 30, 22), "t1")  # midnight in Madrid
    opened(db, one, at(9, 30, 21, 59, 59), "t2")
    opened(db, one, at(10, 31, 22, 59, 59), "t3")
    opened(db, one, at(10, 31, 23), "t4")  # an hour later after the change to winter time
    assert facts_of(db, ServiceTotals, scope()).opened == 2


def test_minutes_are_whole_ones_ascending(db: Session) -> None:
    one = rows.account(db)
    for number, waited in enumerate((119, 60, 59, 0, 60)):
        opened(db, one, at(10, 5), f"t{number}", first_response_at=at(10, 5) + timedelta(seconds=waited))
    assert facts_of(db, ServiceTotals, scope()).response_minutes == (0, 0, 1, 1, 1)


def test_fractions_of_a_second_are_cut_off(db: Session) -> None:
    opened(db, rows.account(db), at(10, 5, 12, 0, 0, 900_000), "t1", first_response_at=at(10, 5, 12, 1, 0, 100_000))
    assert facts_of(db, ServiceTotals, scope()).response_minutes == (1,)


def test_an_answer_before_the_question_is_no_time_at_all(db: Session) -> None:
    opened(db, rows.account(db), at(10, 5), "t1", first_response_at=at(10, 5) - _HOUR)
    assert facts_of(db, ServiceTotals, scope()) == ServiceTotals(known=True, opened=1)


def test_a_resolution_without_a_number_of_contacts_tells_nothing(db: Session) -> None:
    opened(db, rows.account(db), at(10, 5), "t1", resolved_at=at(10, 6))
    assert facts_of(db, ServiceTotals, scope()).resolved == 0


def test_tickets_are_known_once_anybody_has_one(db: Session) -> None:
    smb, _ = rows.account(db, segment="smb"), rows.account(db, segment="mid")
    opened(db, smb, at(10, 31), "t1")
    september = OCTOBER.previous()
    known = [one.known for one in facts_by_period(db, ServiceTotals, scope(), [september, OCTOBER, NOVEMBER])]
    assert known == [False, True, True]
    others = facts_of(db, ServiceTotals, scope(book=BookFilter(segment="mid")))
    assert others == ServiceTotals(known=True)


def test_a_book_has_its_own_tickets_and_customers(db: Session) -> None:
    smb, mid = rows.account(db, segment="smb"), rows.account(db, segment="mid")
    rows.subscribe(db, smb, rows.paid(date(2026, 10, 10)))
    rows.subscribe(db, mid, rows.paid(date(2026, 1, 1)))
    for number, account_id in enumerate((smb, smb, mid)):
        opened(db, account_id, at(10, 5), f"t{number}", resolved_at=at(10, 6), customer_contacts=2)
    found = facts_of(db, ServiceTotals, scope(book=BookFilter(segment="smb")))
    assert (found.opened, found.resolved, found.contacts, found.customers) == (2, 2, 4, Fraction(1, 2))
    assert facts_of(db, ServiceTotals, scope()).customers == Fraction(3, 2)


def test_nobody_knows_of_any_ticket_in_an_empty_store(db: Session) -> None:
    assert facts_of(db, ServiceTotals, scope()) == ServiceTotals()


def test_periods_with_a_gap_are_refused(db: Session) -> None:
    with pytest.raises(ValueError, match="without a gap"):
        facts_by_period(db, ServiceTotals, scope(), [OCTOBER.previous(), NOVEMBER])


def test_each_account_has_its_own_tickets_and_a_customer_without_any_is_one_all_the_same(db: Session) -> None:
    smb, quiet, gone = (rows.account(db, segment=segment) for segment in ("smb", "mid", "mid"))
    for account_id, day in ((smb, date(2026, 10, 10)), (quiet, date(2026, 1, 1))):
        rows.subscribe(db, account_id, rows.paid(day))
    rows.subscribe(db, gone, rows.paid(date(2026, 1, 1), date(2026, 9, 1)))
    opened(db, smb, at(10, 5), "t1", escalated=True, first_response_at=at(10, 5, 13))
    opened(db, smb, at(10, 6), "t2", first_response_at=at(10, 6, 12, 10))
    opened(db, smb, at(9, 6), "t3", resolved_at=at(10, 7), customer_contacts=1)
    found = facts_by_account(db, ServiceTotals, scope())
    assert found == {
        smb: ServiceTotals(True, (10, 60), 2, 1, 1, 1, 1, Fraction(1, 2)),
        quiet: ServiceTotals(known=True, customers=Fraction(1)),
    }
    of_smb = scope(book=BookFilter(segment="smb"))
    assert facts_by_account(db, ServiceTotals, of_smb) == {smb: facts_of(db, ServiceTotals, of_smb)}


def test_the_tickets_of_an_account_wait_in_business_hours_too(db: Session) -> None:
    one = rows.account(db)
    opened(db, one, at(10, 5, 6), "t1", first_response_at=at(10, 5, 8))  # from 8 to 10 in Madrid, on a Monday
    hours = scope()._replace(definitions=Definitions(business_hours=parse("mon-fri 09:00-17:00")))
    assert facts_by_account(db, ServiceTotals, hours)[one].response_minutes == (60,)
