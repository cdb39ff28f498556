"""Accounts and users on their way to using the product."""

from datetime import UTC, date
from typing import Any

import pytest

from metrics.facts import OnboardingTotals
from metrics.money import home_only
from metrics.periods import Period, month_of
from metrics.types import BookFilter, Definitions
from storage.queries.totals import Scope, facts_by_account, facts_of
from storage.session import Session
from tests.storage.queries import rows

OCTOBER = month_of(date(2026, 10, 1))


def totals(db: Session, period: Period = OCTOBER, onboarding_days: int = 30, **book: Any) -> OnboardingTotals:
    definitions = Definitions(onboarding_days=onboarding_days)
    return facts_of(
        db, OnboardingTotals, Scope(period, home_only("USD", period.last), UTC, BookFilter(**book), definitions)
    )


def onboarded(db: Session, started_on: date | None, activated_on: date | None = None, **values: Any) -> int:
    return rows.account(db, onboarding_started_on=started_on, activated_on=activated_on, **values)


def test_a_store_without_onboardings_has_none(db: Session) -> None:
    rows.contact(db, rows.account(db), "Ana")
    assert totals(db) == OnboardingTotals()


def test_users_that_started_in_the_period_are_followed_to_its_end(db: Session) -> None:
    one = rows.account(db)
    for started_on, activated_on in (
        (date(2026, 9, 30), date(2026, 10, 2)),
        (date(2026, 10, 1), date(2026, 10, 31)),
        (date(2026, 10, 2), date(2026, 11, 1)),
        (date(2026, 10, 31), None),
        (date(2026, 11, 1), date(2026, 11, 1)),
        (None, date(2026, 10, 3)),
    ):
        rows.contact(db, one, "Ana", started_on=started_on, activated_on=activated_on)
    found = totals(db)
    assert (found.users_started, found.users_activated) == (3, 1)


def test_days_are_those_of_accounts_activated_in_the_period(db: Session) -> None:
    onboarded(db, date(2026, 9, 1), date(2026, 9, 30))
    onboarded(db, date(2026, 8, 22), date(2026, 10, 1))
    onboarded(db, date(2026, 10, 31), date(2026, 10, 31))
    onboarded(db, date(2026, 10, 20), date(2026, 10, 31))
    onboarded(db, date(2026, 10, 20), date(2026, 11, 1))
    assert totals(db).days == (0, 11, 40)


@pytest.mark.parametrize("started_on", [None, date(2026, 10, 11)])
def test_an_activation_without_a_start_before_it_has_no_length(db: Session, started_on: date | None) -> None:
    onboarded(db, started_on, date(2026, 10, 10))
    assert totals(db) == OnboardingTotals(known=started_on is not None)


@pytest.mark.parametrize(("started_on", "known"), [(date(2025, 1, 1), True), (date(2026, 11, 1), False)])
def test_onboardings_are_known_once_one_has_begun(db: Session, started_on: date, *, known: bool) -> None:
    onboarded(db, started_on, date(2026, 11, 2), segment="smb")
    assert totals(db).known == known
    assert not totals(db, segment="mid").known


def test_under_way_is_who_began_and_is_not_through_at_the_end_of_the_period(db: Session) -> None:
    onboarded(db, date(2026, 10, 31))
    onboarded(db, date(2026, 10, 1), date(2026, 11, 1), lifecycle_stage="value")
    onboarded(db, date(2026, 10, 1), date(2026, 10, 31))
    onboarded(db, date(2026, 11, 1))
    assert totals(db).in_progress == 2


@pytest.mark.parametrize(("stage", "under_way"), [(None, 1), ("onboarding", 1), ("adoption", 0), ("churned", 0)])
def test_a_later_stage_says_that_it_is_over(db: Session, stage: str | None, under_way: int) -> None:
    onboarded(db, date(2026, 10, 1), lifecycle_stage=stage)
    assert totals(db).in_progress == under_way


def test_stalled_is_who_takes_longer_than_the_company_gives_them(db: Session) -> None:
    onboarded(db, date(2026, 10, 1))  # 30 days before the 31st
    onboarded(db, date(2026, 9, 30))
    onboarded(db, date(2026, 8, 1))
    assert (totals(db).in_progress, totals(db).stalled) == (3, 2)
    assert totals(db, onboarding_days=29).stalled == 3
    assert totals(db, onboarding_days=90).stalled == 1


def test_a_book_has_its_own_accounts_and_people(db: Session) -> None:
    mine = onboarded(db, date(2026, 10, 1), segment="smb")
    done = onboarded(db, date(2026, 10, 1), date(2026, 10, 9), segment="smb")
    other = onboarded(db, date(2026, 8, 1), segment="mid")
    for account_id in (mine, done, other):
        rows.contact(db, account_id, "Ana", started_on=date(2026, 10, 5), activated_on=date(2026, 10, 6))
    assert totals(db, segment="smb") == OnboardingTotals(2, 2, (8,), 1, 0, known=True)
    assert totals(db, segment="mid") == OnboardingTotals(1, 1, (), 1, 1, known=True)


def test_each_account_has_its_own(db: Session) -> None:
    done = onboarded(db, date(2026, 9, 1), date(2026, 10, 1))
    late = onboarded(db, date(2026, 9, 20), segment="smb")
    unknown = onboarded(db, None)
    onboarded(db, date(2026, 8, 1), date(2026, 9, 1))
    for account_id, activated_on in ((late, date(2026, 10, 31)), (late, None), (unknown, date(2026, 11, 1))):
        rows.contact(db, account_id, "Ana", started_on=date(2026, 10, 1), activated_on=activated_on)
    everybody = Scope(OCTOBER, home_only("USD", OCTOBER.last), UTC, definitions=Definitions(onboarding_days=30))
    found = facts_by_account(db, OnboardingTotals, everybody)
    assert found == {
        done: OnboardingTotals(days=(30,), known=True),
        late: OnboardingTotals(users_started=2, users_activated=1, in_progress=1, stalled=1, known=True),
        unknown: OnboardingTotals(users_started=1),
    }
    assert all(totals(db, account_id=account_id) == alone for account_id, alone in found.items())
    smb = facts_by_account(db, OnboardingTotals, everybody._replace(book=BookFilter(segment="smb")))
    assert smb == {late: found[late]}
