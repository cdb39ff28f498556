"""Which data still comes in: the days on which anything of a feed did, judged by the feed's own habit (metrics.feeds).

Contacts, accounts and subscriptions are no feeds: nobody expects them to change every week.
"""

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any, Final, NamedTuple

from sqlalchemy import Column, ColumnElement, Integer, bindparam, exists, func, literal_column, select, values
from sqlalchemy.types import TypeEngine
from sqlmodel.sql.sqltypes import UTCDateTime

from metrics.feeds import Feed, Patience, Stops, feed_of
from storage.prepared import Prepared
from storage.queries.asking import AS_OF, AS_OF_DAY, UNTIL, midnight
from storage.queries.tables import campaign, invoice, survey_response, ticket, usage_day
from storage.session import Session

USAGE: Final = "usage"

_OFTEN: Final = Patience(habit=180, least=15, span=28)
"""Of what comes in by itself, in a small company now and then."""


class _Source(NamedTuple):
    """Where the days of a feed are read, from an index that begins with them."""

    column: ColumnElement[Any]
    until: ColumnElement[bool]
    """By the end of the day asked about."""
    patience: Patience


_SOURCES: Final[Mapping[str, _Source]] = {
    USAGE: _Source(usage_day.c.day, usage_day.c.day <= AS_OF_DAY, Patience()),
    "tickets": _Source(ticket.c.opened_at, ticket.c.opened_at < UNTIL, _OFTEN),
    # Not when they are due: that is known ahead. That they are paid comes in on the day.
    "invoices": _Source(invoice.c.paid_on, invoice.c.paid_on <= AS_OF, _OFTEN._replace(late=7)),
    # People are asked in waves, and mailings are written when there is something to say.
    "survey_responses": _Source(
        survey_response.c.responded_at, survey_response.c.responded_at < UNTIL, _OFTEN._replace(span=120, late=14)
    ),
    "campaigns": _Source(campaign.c.day, campaign.c.day <= AS_OF, _OFTEN._replace(least=10, span=56, late=14)),
}
FEEDS: Final = tuple(_SOURCES)
"""The entities of the data contract that are judged."""


def _days_statement(source: _Source) -> Prepared:
    """Which days of the habit have data, by their number: a look into the index for each, however many rows there are.

    The days begin at the parameters day_0, day_1 …, and the last one ends at the one after it.
    """
    kind: TypeEngine[Any] = source.column.type
    begins = [bindparam(f"day_{number}", type_=kind) for number in range(source.patience.habit + 1)]
    days = (
        values(Column("number", Integer), Column("since", kind), Column("until", kind), name="days")
        .data(
            [
                (literal_column(str(number)), begin, begins[number + 1])
                for number, begin in enumerate(begins[: source.patience.habit])
            ]
        )
        .cte("day_asked")
    )
    there = exists().where(source.column >= days.c.since, source.column < days.c.until)
    return Prepared(select(days.c.number).where(there).order_by(days.c.number))


_days = {entity: _days_statement(source) for entity, source in _SOURCES.items()}
_lasts = Prepared(
    select(*(select(func.max(source.column)).where(source.until).scalar_subquery() for source in _SOURCES.values()))
)


class ComingIn(NamedTuple):
    """What came in up to a day, as far as the facts of accounts rest on it."""

    used_day: date
    """The day with which windows of usage end: the last one with data, where data comes in regularly."""
    stops: Stops


def coming_in(db: Session, as_of: date, zone: tzinfo = UTC) -> ComingIn:
    """What came in up to `as_of`; feeds that are up to date cost one statement together."""
    lasts = _last_days(db, as_of, zone)
    usage = _feed(db, USAGE, lasts.pop(USAGE), as_of, zone)
    others = {entity: _feed_if_late(db, entity, last, as_of, zone) for entity, last in lasts.items()}
    regular = usage.usual is not None and usage.stop is None
    return ComingIn(usage.last_on if regular and usage.last_on else as_of, _stops({USAGE: usage} | others))


def stopped(db: Session, as_of: date, zone: tzinfo = UTC, entities: Collection[str] = FEEDS) -> Stops:
    """The feeds of these entities that have stopped by `as_of`; entities that are no feeds have not."""
    if _SOURCES.keys().isdisjoint(entities):
        return {}
    lasts = _last_days(db, as_of, zone).items()
    return _stops(
        {entity: _feed_if_late(db, entity, last, as_of, zone) for entity, last in lasts if entity in entities}
    )


def feeds(db: Session, as_of: date, zone: tzinfo = UTC) -> dict[str, Feed]:
    """How every feed came in up to `as_of`, with its habit."""
    return {entity: _feed(db, entity, last, as_of, zone) for entity, last in _last_days(db, as_of, zone).items()}


def _stops(found: Mapping[str, Feed]) -> Stops:
    return {entity: feed.stop for entity, feed in found.items() if feed.stop is not None}


def _last_days(db: Session, as_of: date, zone: tzinfo) -> dict[str, date | None]:
    """The last day with data of every feed; None where there is none."""
    until = midnight(as_of + timedelta(days=1), zone)
    (row,) = _lasts.rows(db, {"as_of": as_of, "as_of_day": as_of, "until": until})
    return {
        entity: last.astimezone(zone).date() if isinstance(last, datetime) else last
        for entity, last in zip(FEEDS, row, strict=True)
    }


def _feed_if_late(db: Session, entity: str, last: date | None, as_of: date, zone: tzinfo) -> Feed:
    """A feed whose habit is looked at only where the last day is long enough ago to matter."""
    if last is None or (as_of - last).days <= _SOURCES[entity].patience.late:
        return Feed(last)
    return _feed(db, entity, last, as_of, zone)


def _feed(db: Session, entity: str, last: date | None, as_of: date, zone: tzinfo) -> Feed:
    if last is None:
        return Feed(None)
    column, _, patience = _SOURCES[entity]
    first = last - timedelta(days=patience.habit - 1)
    begins = [first + timedelta(days=number) for number in range(patience.habit + 1)]
    moments = isinstance(column.type, UTCDateTime)
    asked = {f"day_{number}": midnight(day, zone) if moments else day for number, day in enumerate(begins)}
    return feed_of([begins[number] for (number,) in _days[entity].rows(db, asked)], as_of, patience)
