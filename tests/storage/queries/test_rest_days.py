from datetime import date

from storage.holidays import keep_holidays
from storage.queries.rest_days import Rest, rest_of
from storage.session import Session
from tests.storage.queries import rows

TODAY = date(2026, 12, 1)


def test_each_country_has_its_own_weekend_and_holidays(db: Session) -> None:
    for country in ("ES", "SA"):
        rows.account(db, country, key=country, country_code=country)
    keep_holidays(db.connection(), TODAY)
    found = rest_of(db, ["ES", "SA", None], since=TODAY)
    assert found["ES"].weekend == (5, 6)
    assert found["SA"].weekend == (4, 5)
    assert date(2026, 12, 8) in found["ES"].days
    assert date(2026, 12, 8) not in found["SA"].days
    assert min(found["ES"].days) >= TODAY, "what is past is nobody's concern"


def test_of_a_country_that_nobody_knows_nothing_is_known(db: Session) -> None:
    assert rest_of(db, ["XX"], since=TODAY) == {"XX": Rest(None, frozenset())}
    assert rest_of(db, [], since=TODAY) == {}
