"""Waves of surveys side by side: what each was answered, and by how many of those it reached."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, tzinfo
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, case, func, select

from metrics.asking import SMALL_GROUP
from metrics.types import BookFilter
from storage.queries.asking import midnight
from storage.queries.books import accounts_of, alike
from storage.queries.survey_rates import ANSWERED, REACHED
from storage.queries.survey_rows import COUNTED
from storage.queries.tables import anonymous_answer, survey_ask, survey_response, survey_wave
from storage.session import Session

_w, _a, _s, _n = survey_wave.c, survey_ask.c, survey_response.c, anonymous_answer.c
_EVERYBODY: Final = BookFilter()
MOST: Final = 6
"""So many waves stand side by side."""


class Side(NamedTuple):
    """One wave."""

    wave_id: int
    kind: str
    name: str
    """As people call it; empty: by its day."""
    day: date
    """On which it began."""
    anonymous: bool
    delivered: int
    answered: int
    scores: Mapping[int, int] | None
    """How often each score was given; None for an anonymous wave that still runs, or of so few answers that they would
    tell who it was.
    """
    over: bool = True
    """False: answers still come in, so that each would show in the figure of an anonymous wave."""


def waves_beside(
    db: Session, kinds: Collection[str], *, until: date, zone: tzinfo, book: BookFilter = _EVERYBODY
) -> list[Side]:
    """The latest waves of some kinds that had begun by the end of `until`, the latest first.

    Of a book's accounts alone where there is one; an anonymous wave knows nothing of its answers but the segment, so
    that it is left out for any other book. A wave that has reached nobody there is left out.
    """
    query = (
        select(_w.id, _w.kind, _w.name, _w.start_at, _w.anonymous, _w.state == "over")
        .where(_w.kind.in_(tuple(kinds)), _w.state.in_(("running", "over")), _w.start_at < _end(until, zone))
        .order_by(_w.start_at.desc(), _w.id.desc())
    )
    sides: list[Side] = []
    for wave_id, kind, name, start_at, anonymous, over in db.execute(query).all():
        if anonymous and book not in (_EVERYBODY, BookFilter(segment=book.segment)):
            continue
        reached = _reached(db, wave_id, book)
        if reached[0]:
            unnamed = _unnamed(db, wave_id, book) if anonymous and over else None
            scores = unnamed if anonymous else _named(db, wave_id, book)
            day = start_at.astimezone(zone).date()
            sides.append(Side(wave_id, kind, name, day, anonymous, *reached, scores, bool(over)))
        if len(sides) == MOST:
            break
    return sides


def _reached(db: Session, wave_id: int, book: BookFilter) -> tuple[int, int]:
    row = db.execute(
        select(func.count(), func.sum(case((ANSWERED, 1), else_=0))).where(
            _a.wave_id == wave_id, _a.state.in_(REACHED), *_within(db, book)
        )
    ).one()
    return int(row[0]), int(row[1] or 0)


def _named(db: Session, wave_id: int, book: BookFilter) -> dict[int, int]:
    rows = db.execute(
        select(_s.score, func.count())
        .join_from(survey_response, survey_ask, _a.id == _s.ask_id)
        .where(_a.wave_id == wave_id, COUNTED, *_within(db, book))
        .group_by(_s.score)
    )
    return {score: int(count) for score, count in rows}


def _unnamed(db: Session, wave_id: int, book: BookFilter) -> dict[int, int] | None:
    """Of one segment only where nothing of a small one is left over when those that can be seen are subtracted."""
    counted = (_n.wave_id == wave_id, _n.void_reason.is_(None), _n.score.is_not(None))
    among: tuple[ColumnElement[bool], ...] = ()
    if book.segment is not None:
        of_segments = select(func.count()).where(*counted).group_by(func.lower(_n.segment))
        small = sum(count for count in db.execute(of_segments).scalars() if count < SMALL_GROUP)
        if 0 < small < SMALL_GROUP:
            return None
        among = (alike(db, _n.segment, book.segment) if book.segment else _n.segment.is_(None),)
    rows = db.execute(select(_n.score, func.count()).where(*counted, *among).group_by(_n.score))
    scores = {score: int(count) for score, count in rows}
    return scores if sum(scores.values()) >= SMALL_GROUP else None


def _within(db: Session, book: BookFilter) -> tuple[ColumnElement[Any], ...]:
    accounts = accounts_of(db, book)
    return () if accounts is None else (_a.account_id.in_(accounts),)


def _end(until: date, zone: tzinfo) -> datetime:
    return midnight(date.fromordinal(until.toordinal() + 1), zone)
