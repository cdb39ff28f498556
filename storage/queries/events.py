"""What happened to an account that deserves a mark on its chart."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import chain
from typing import Any, TypeAlias

from sqlalchemy import BindParameter, Integer, bindparam, func, or_, select
from sqlmodel.sql.sqltypes import UTCDateTime

from metrics.money import Rates
from metrics.types import AccountEvent, LeftBy, Money, MovementKind, Sentence, msg
from storage.prepared import Prepared
from storage.queries.asking import midnight, parameters
from storage.queries.departures import MISSED, gone
from storage.queries.ledger import COLUMNS, lines_of, turns
from storage.queries.survey_rows import RATED
from storage.queries.tables import contact, invoice, mrr_movement, survey_response, ticket
from storage.session import Session

_LOW = {"nps": 6, "csat": 2, "ces": 2}
"""The highest score of each kind of survey that counts as low (NPS: detractors)."""

Asked: TypeAlias = Mapping[str, Any]
"""Values for the parameters of all statements below."""

_ACCOUNT_ID: BindParameter[int] = bindparam("account_id", type_=Integer)
_SINCE: BindParameter[date] = bindparam("since")
_UNTIL: BindParameter[date] = bindparam("until")
"""The first and the last day; of the type of the column that they are compared with."""
_BEGIN: BindParameter[datetime] = bindparam("begin", type_=UTCDateTime)
"""The moment at which the first day begins."""
_END: BindParameter[datetime] = bindparam("end", type_=UTCDateTime)
"""The moment at which the last day is over."""


def account_events(
    db: Session, account_id: int, *, since: date, until: date, rates: Rates, zone: tzinfo = UTC
) -> tuple[AccountEvent, ...]:
    """The events of an account from `since` to `until`, both included, oldest first; moments are days in `zone`."""
    asked = {
        "account_id": account_id,
        "since": since,
        "until": until,
        "begin": midnight(since, zone),
        "end": midnight(until + timedelta(days=1), zone),
    }
    found = chain(
        _departures(db, asked, zone),
        _failures(db, asked),
        _escalations(db, asked, zone),
        _low_scores(db, asked, zone),
        _movements(db, asked, rates),
    )
    return tuple(sorted(found, key=lambda event: event.day))


_c = contact.c
_left = Prepared(
    select(_c.left_on, _c.name)
    .where(_c.account_id == _ACCOUNT_ID, MISSED, _c.left_on.between(_SINCE, _UNTIL))
    .order_by(_c.left_on, _c.key)
)


_GONE: dict[LeftBy, str] = {
    LeftBy.BOUNCED: msg("Mail to {name} bounced"),
    LeftBy.DEACTIVATED: msg("{name} gone from Slack"),
    LeftBy.LEFT_CHANNEL: msg("{name} left the channel"),
}


def _departures(db: Session, asked: Asked, zone: tzinfo) -> Iterator[AccountEvent]:
    for day, name in _left.rows(db, asked):
        yield AccountEvent(day, "poc_left", Sentence("{name} left", {"name": name}))
    signs = parameters(asked["until"], zone, "", (asked["account_id"],))
    for one in gone(db, signs, zone):
        if one.day >= asked["since"]:
            yield AccountEvent(one.day, "poc_left", Sentence(_GONE[one.by], {"name": one.name}))


_i = invoice.c
_failed_on = func.coalesce(_i.failed_on, _i.due_on)
_failed = Prepared(
    select(_failed_on)
    .where(
        _i.account_id == _ACCOUNT_ID,
        or_(_i.failed_on.is_not(None), _i.status == "failed"),
        _failed_on.between(_SINCE, _UNTIL),
    )
    .distinct()
    .order_by(_failed_on)
)


def _failures(db: Session, asked: Asked) -> Iterator[AccountEvent]:
    for (failed_on,) in _failed.rows(db, asked):
        yield AccountEvent(failed_on, "payment_failed", Sentence("Payment failed"))


_t = ticket.c
_escalated = Prepared(
    select(_t.opened_at).where(_t.account_id == _ACCOUNT_ID, _t.escalated, _t.opened_at >= _BEGIN, _t.opened_at < _END)
)


def _escalations(db: Session, asked: Asked, zone: tzinfo) -> Iterator[AccountEvent]:
    for day in sorted({moment.astimezone(zone).date() for (moment,) in _escalated.rows(db, asked)}):
        yield AccountEvent(day, "escalation", Sentence("Escalation"))


_s = survey_response.c
_answers = Prepared(
    select(_s.responded_at, _s.kind, _s.score)
    .where(_s.account_id == _ACCOUNT_ID, _s.responded_at >= _BEGIN, _s.responded_at < _END, RATED)
    .order_by(_s.responded_at, _s.key)
)


def _low_scores(db: Session, asked: Asked, zone: tzinfo) -> Iterator[AccountEvent]:
    for moment, kind, score in _answers.rows(db, asked):
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


_m = mrr_movement.c
_lines = Prepared(
    select(*COLUMNS).where(_m.account_id == _ACCOUNT_ID, _m.day.between(_SINCE, _UNTIL)).order_by(_m.day, _m.currency)
)


def _movements(db: Session, asked: Asked, rates: Rates) -> Iterator[AccountEvent]:
    for turn in turns(lines_of(_lines.rows(db, asked)), rates.to_home):
        if turn.change and turn.kind in _MOVED:
            yield AccountEvent(turn.day, turn.kind.value, _MOVED[turn.kind](Money(abs(turn.change), rates.home)))
