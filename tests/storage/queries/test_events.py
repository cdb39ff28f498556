"""The marks on an account's history."""

from datetime import UTC, date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from metrics.money import Rates
from metrics.types import EVENT_KINDS, AccountEvent, EndReason, Money, Sentence
from storage.queries.events import account_events
from storage.session import Session
from tests.storage.queries.rows import account, add, contact, paid, subscribe

SINCE, UNTIL = date(2026, 10, 1), date(2026, 10, 31)
RATES = Rates("USD", {"EUR": Fraction(2)}, UNTIL)


def test_everything_that_happened_is_marked_in_order(db: Session) -> None:
    one = account(db)
    subscribe(
        db,
        one,
        paid(date(2026, 1, 1), date(2026, 10, 20), 10_000, "EUR"),
        paid(date(2026, 10, 20), date(2026, 10, 25), 20_000, "EUR"),
        paid(date(2026, 10, 25), date(2026, 10, 28), 5_000, "EUR", end_reason=EndReason.VOLUNTARY),
        paid(date(2026, 10, 30), None, 1_000, "EUR"),
    )
    contact(db, one, "Ana Diaz", left_on=date(2026, 10, 2))
    contact(db, one, "Bo Champ", left_on=date(2026, 10, 1), is_poc=False, role="champion")
    contact(db, one, "Not A Contact", left_on=date(2026, 10, 2), is_poc=False)
    invoice = {"account_id": one, "amount": 1, "currency": "EUR", "due_on": date(2026, 10, 3)}
    add(db, "invoice", key="i-1", status="failed", **invoice)
    add(db, "invoice", key="i-2", status="paid", failed_on=date(2026, 10, 4), **invoice)
    add(db, "invoice", key="i-3", status="open", **invoice)
    moment = datetime(2026, 10, 5, 12, tzinfo=UTC)
    add(db, "ticket", key="t-1", account_id=one, opened_at=moment, escalated=True)
    add(db, "ticket", key="t-2", account_id=one, opened_at=moment)
    for key, kind, score in (("r-1", "nps", 3), ("r-2", "nps", 7), ("r-3", "csat", 2), ("r-4", "ces", 3)):
        add(db, "survey_response", key=key, account_id=one, kind=kind, score=score, responded_at=moment)

    def usd(minor: int) -> dict[str, Money]:
        return {"amount": Money(minor, "USD")}

    events = account_events(db, one, since=SINCE, until=UNTIL, rates=RATES)
    assert events == (
        AccountEvent(date(2026, 10, 1), "poc_left", Sentence("{name} left", {"name": "Bo Champ"})),
        AccountEvent(date(2026, 10, 2), "poc_left", Sentence("{name} left", {"name": "Ana Diaz"})),
        AccountEvent(date(2026, 10, 3), "payment_failed", Sentence("Payment failed")),
        AccountEvent(date(2026, 10, 4), "payment_failed", Sentence("Payment failed")),
        AccountEvent(date(2026, 10, 5), "escalation", Sentence("Escalation")),
        AccountEvent(date(2026, 10, 5), "low_score", Sentence("NPS {score}", {"score": 3})),
        AccountEvent(date(2026, 10, 5), "low_score", Sentence("CSAT {score}", {"score": 2})),
        AccountEvent(date(2026, 10, 20), "expansion", Sentence("+{amount} MRR", usd(20_000))),
        AccountEvent(date(2026, 10, 25), "contraction", Sentence("−{amount} MRR", usd(30_000))),
        AccountEvent(date(2026, 10, 28), "churn", Sentence("Cancelled, −{amount} MRR", usd(10_000))),
        AccountEvent(date(2026, 10, 30), "reactivation", Sentence("Came back, +{amount} MRR", usd(2_000))),
    )
    assert {event.kind for event in events} == set(EVENT_KINDS)


def test_a_moment_is_marked_on_its_day_where_the_company_is(db: Session) -> None:
    one = account(db)
    add(db, "ticket", key="t", account_id=one, opened_at=datetime(2026, 9, 30, 22, 30, tzinfo=UTC), escalated=True)
    madrid = ZoneInfo("Europe/Madrid")
    assert account_events(db, one, since=SINCE, until=UNTIL, rates=RATES) == ()
    (event,) = account_events(db, one, since=SINCE, until=UNTIL, rates=RATES, zone=madrid)
    assert event.day == SINCE
