"""Whom to offer more, as rows of a list."""

from datetime import date
from zoneinfo import ZoneInfo

from commands.core.expansion_question import candidates
from commands.ui.text import translator
from metrics.dials import AS_DELIVERED
from metrics.periods import month_of
from metrics.types import BookFilter, HealthPolicy, Money
from storage.queries.rates import rates_on
from storage.queries.totals import Scope
from storage.session import Session
from tests.commands.asking import NOW
from tests.storage.queries import rows

TODAY = NOW.date()
OCTOBER = month_of(date(2026, 10, 1))


def test_the_reason_and_what_to_offer_stand_in_the_row_on_the_day_whatever_the_period(company: Session) -> None:
    scope = Scope(OCTOBER, rates_on(company, OCTOBER.last, home="USD"), ZoneInfo("UTC"))
    assert candidates(company, scope, today=TODAY, policy=HealthPolicy(), rules=AS_DELIVERED) == ()
    for user in range(9):
        rows.used(company, 1, TODAY, f"user-{user}@acme.com")
    (row,) = candidates(company, scope, today=TODAY, policy=HealthPolicy(), rules=AS_DELIVERED)
    assert (row.key, row.mrr) == ("a1", Money(120_000, "USD"))
    assert translator("en", strict=True)(row.why) == (
        "10 people used it in 28 days, 10 seats are paid for → "
        "Offer more seats, or a plan with room to grow, before somebody is turned away."
    )
    smb = scope._replace(book=BookFilter(segment="smb"))
    assert candidates(company, smb, today=TODAY, policy=HealthPolicy(), rules=AS_DELIVERED) == ()
    strict = HealthPolicy(good_from=100, average_from=99)
    assert candidates(company, scope, today=TODAY, policy=strict, rules=AS_DELIVERED) == ()
