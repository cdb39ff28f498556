"""Each CSM's health totals are those of their book, read one by one."""

from datetime import UTC, date

from metrics.facts import HealthTotals
from metrics.money import Rates
from metrics.periods import month_of
from metrics.types import BookFilter
from storage.queries.standings_by_csm import health_by_csm
from storage.queries.totals import Scope, facts_of
from storage.session import Session
from tests.storage.queries import rows

OCTOBER = month_of(date(2026, 10, 1))


def test_they_are_the_totals_of_each_book(db: Session) -> None:
    people = (
        ("ana@us.example", 90, "good"),
        ("Ana@us.example", 20, "poor"),
        ("bob@us.example", 50, "average"),
        (None, 80, "good"),
    )
    for number, (csm, score, band) in enumerate(people):
        account = rows.account(db, csm_email=csm)
        rows.subscribe(db, account, rows.paid(date(2026, 1, 1), amount=1000 + number))
        day = {"account_id": account, "day": OCTOBER.last, "score": score, "band": band, "coverage_permille": 1000}
        rows.add(db, "health_snapshot", **day, permille={})
    scope = Scope(OCTOBER, Rates("USD", {}, OCTOBER.last), UTC)
    found = health_by_csm(db, scope)
    assert set(found) == {"ana@us.example", "bob@us.example", ""}
    for csm, totals in found.items():
        assert totals == facts_of(db, HealthTotals, scope._replace(book=BookFilter(csm_email=csm)))
    assert found["ana@us.example"].at_risk == 1
