"""What Slack has said of customers' people."""

from storage.queries.respondents import Respondent, remember, respondent_of
from storage.session import Session
from tests.factories import NOW

ANA = Respondent("U0ANA", "T0ACME", "Europe/Madrid", "es", gone=False, email="ana@acme.com")


def test_the_latest_word_counts_but_an_address_is_not_forgotten(db: Session) -> None:
    remember(db, ANA, now=NOW)
    remember(db, ANA._replace(zone="Asia/Tokyo", gone=True, email=None), now=NOW)
    assert respondent_of(db, "U0ANA") == ANA._replace(zone="Asia/Tokyo", gone=True)
    remember(db, ANA._replace(email="ana@acme.example"), now=NOW)
    assert respondent_of(db, "U0ANA") == ANA._replace(email="ana@acme.example")
    assert respondent_of(db, "U0BOB") is None
