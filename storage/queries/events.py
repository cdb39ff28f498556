"""What happened to an account that deserves a mark on its chart."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import chain

from sqlalchemy import func, select

from metrics.money import Rates
from metrics.types import AccountEvent, Money, MovementKind, Sentence
from storage.queries.asking import midnight
from storage.queries.ledger import COLUMNS, lines_of, turns
from storage.queries.tables import contact, invoice, mrr_movement, survey_response, ticket
from storage.session import Session

_LOW = {"nps": 6, "csat": 2, "ces": 2}
"""The highest score of each kind of survey that counts as low (NPS: detractors)."""


def account_events(
    db: Session, account_id: int, *, since: date, until: date, rates: Rates, zone: tzinfo = UTC
) -> tuple[AccountEvent, ...]:
    """The events of an account from `since` to `until`, both included, oldest first; moments are days in `zone`."""
    moments = (midnight(since, zone), midnight(until + timedelta(days=1), zone))
    found = chain(
        _departures(db, account_id, since, until),
        _failures(db, account_id, since, until),
        _escalations(db, account_id, moments, zone),
        _low_scores(db, account_id, moments, zone),
        _movements(db, account_id, since, until, rates),
    )
    return tuple(sorted(found, key=lambda event: event.day))


def _departures(db: Session, account_id: int, since: date, until: date) -> Iterator[AccountEvent]:
    c = contact.c
    left = select(c.left_on, c.name).where(c.account_id == account_id, c.is_poc, c.left_on.between(since, until))
    for day, name in db.execute(left.order_by(c.left_on, c.key)):
        yield AccountEvent(day, "poc_left", Sentence("{name} left", {"name": name}))


def _failures(db: Session, account_id: int, since: date, until: date) -> Iterator[AccountEvent]:
    day = func.coalesce(invoice.c.failed_on, invoice.c.due_on)
    failed = select(day).where(
        invoice.c.account_id == account_id,
        invoice.c.failed_on.is_not(None) | (invoice.c.status == "failed"),
        day.between(since, until),
    )
    for failed_on in db.execute(failed.distinct().order_by(day)).scalars():
        yield AccountEvent(failed_on, "payment_failed", Sentence("Payment failed"))


def _escalations(
    db: Session, account_id: int, moments: tuple[datetime, datetime], zone: tzinfo
) -> Iterator[AccountEvent]:
    c = ticket.c
    begin, end = moments
    escalated = select(c.opened_at).where(
        c.account_id == account_id, c.escalated, c.opened_at >= begin, c.opened_at < end
    )
    for day in sorted({moment.astimezone(zone).date() for moment in db.execute(escalated).scalars()}):
        yield AccountEvent(day, "escalation", Sentence("Escalation"))


def _low_scores(
    db: Session, account_id: int, moments: tuple[datetime, datetime], zone: tzinfo
) -> Iterator[AccountEvent]:
    c = survey_response.c
    begin, end = moments
    answers = select(c.responded_at, c.kind, c.score).where(
        c.account_id == account_id, c.responded_at >= begin, c.responded_at < end
    )
    for moment, kind, score in db.execute(answers.order_by(c.responded_at, c.key)):
        if score <= _LOW[kind]:
            yield AccountEvent(moment.astimezone(zone).date(), "low_score", _score(kind, score))


def _score(kind: str, score: int) -> Sentence:
    match kind:
        case "nps":
            return Sentence("NPS {score}", {"score": score})
        case "csat":
            return Sentence("CSAT {score}", {"score": score})
    return Sentence("CES {score}", {"score": score})


_MOVED: dict[MovementKind, Callable[[Money], Sentence]] = {
    MovementKind.EXPANSION: lambda amount: Sentence("+{amount} MRR", {"amount": amount}),
    MovementKind.CONTRACTION: lambda amount: Sentence("−{amount} MRR", {"amount": amount}),
    MovementKind.CHURN: lambda amount: Sentence("Cancelled, −{amount} MRR", {"amount": amount}),
    MovementKind.REACTIVATION: lambda amount: Sentence("Came back, +{amount} MRR", {"amount": amount}),
}


def _movements(db: Session, account_id: int, since: date, until: date, rates: Rates) -> Iterator[AccountEvent]:
    c = mrr_movement.c
    lines = lines_of(
        db.execute(
            select(*COLUMNS).where(c.account_id == account_id, c.day.between(since, until)).order_by(c.day, c.currency)
        )
    )
    for turn in turns(lines, rates.to_home):
        if turn.change and turn.kind in _MOVED:
            yield AccountEvent(turn.day, turn.kind.value, _MOVED[turn.kind](Money(abs(turn.change), rates.home)))
