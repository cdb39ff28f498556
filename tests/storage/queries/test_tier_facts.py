"""Master data that decides tiers, and the ids of a book."""

from datetime import date
from fractions import Fraction

from metrics.money import Rates
from metrics.types import BookFilter
from storage.queries.book_ids import ids_of
from storage.queries.tier_facts import Master, masters
from storage.session import Session
from tests.storage.queries.rows import account

RATES = Rates("USD", {"EUR": Fraction(2)}, date(2026, 11, 1))


def test_a_potential_is_told_in_the_companys_currency_where_that_is_known(db: Session) -> None:
    home = account(db, "Home", key="h", potential_mrr=500, currency="USD", lifecycle_stage="onboarding")
    nothing_said = account(db, "Said", key="s", potential_mrr=500)
    abroad = account(db, "Abroad", key="a", segment="smb", potential_mrr=500, currency="EUR")
    rateless = account(db, "Rateless", key="r", potential_mrr=500, currency="GBP")
    none = account(db, "None", key="n", currency="EUR")
    assert masters(db, rates=RATES) == {
        home: Master("h", "Home", None, "onboarding", 500),
        nothing_said: Master("s", "Said", None, None, 500),
        abroad: Master("a", "Abroad", "smb", None, 1_000),
        rateless: Master("r", "Rateless", None, None, None),
        none: Master("n", "None", None, None, None),
    }


def test_a_book_is_told_by_its_ids(db: Session) -> None:
    one, other = account(db, segment="smb"), account(db, segment="mid")
    assert ids_of(db, BookFilter()) is None
    assert ids_of(db, BookFilter(segment="SMB")) == frozenset({one})
    assert ids_of(db, BookFilter(account_id=other)) == frozenset({other})
    assert ids_of(db, BookFilter(segment="none")) == frozenset()
