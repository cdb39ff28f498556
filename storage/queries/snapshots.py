"""Daily snapshots of health scores: kept, so that every score has a history."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from itertools import islice
from typing import Any

from sqlalchemy import Dialect, Insert, and_, bindparam, func, select
from sqlalchemy.dialects import postgresql, sqlite

from metrics.types import Band, DayScore, HealthPoint, HealthScore
from storage.kept_facts import forget
from storage.prepared import Prepared, PreparedInsert
from storage.queries.chunks import chunks
from storage.queries.tables import health_snapshot as snapshot
from storage.session import Session

FRESH_DAYS = 7
"""A snapshot older than this by the day asked for no longer stands for it."""

_PORTION = 1_000
"""So many scores are written at a time: the rest need not exist yet."""

_POINT = (snapshot.c.day, snapshot.c.score, snapshot.c.band, snapshot.c.coverage_permille, snapshot.c.permille)
_between = and_(
    snapshot.c.account_id == bindparam("account_id"),
    snapshot.c.day >= bindparam("since"),
    snapshot.c.day <= bindparam("until"),
)
_history = Prepared(select(snapshot.c.day, snapshot.c.score).where(_between).order_by(snapshot.c.day))
_points = Prepared(
    select(*_POINT)
    .where(snapshot.c.account_id == bindparam("account_id"), snapshot.c.day <= bindparam("until"))
    .order_by(snapshot.c.day)
)
_last = Prepared(select(*_POINT).where(_between).order_by(snapshot.c.day.desc()).limit(1))

_VALUES = ("score", "band", "coverage_permille", "permille")


def _upsert(dialect: Dialect) -> Insert:
    insert = postgresql.insert if dialect.name == "postgresql" else sqlite.insert
    upsert = insert(snapshot).values({c: bindparam(c.name, type_=c.type) for c in snapshot.c})
    return upsert.on_conflict_do_update(
        index_elements=[snapshot.c.account_id, snapshot.c.day],
        set_={name: upsert.excluded[name] for name in _VALUES},
    )


_replace = PreparedInsert(_upsert)


def record(db: Session, day: date, scores: Iterable[tuple[int, HealthScore]]) -> int:
    """Keep the scores of `day` by account id, and say how many; ones kept for that day before are replaced."""
    rows = (_row(account_id, day, score) for account_id, score in scores)
    recorded = 0
    while portion := list(islice(rows, _PORTION)):
        _replace.many(db, portion)
        recorded += len(portion)
    if recorded:
        forget(db.connection(), "health_snapshot", since=day)
    return recorded


def last_day(db: Session) -> date | None:
    """The last day that has snapshots; None where there are none yet."""
    return db.execute(select(func.max(snapshot.c.day))).scalar()


def history(db: Session, account_id: int, *, since: date, until: date) -> tuple[DayScore, ...]:
    """An account's scores from `since` to `until`, both included, oldest first."""
    found = _history.rows(db, {"account_id": account_id, "since": since, "until": until})
    return tuple(DayScore._make(row) for row in found)


def points(db: Session, account_id: int, *, until: date) -> tuple[HealthPoint, ...]:
    """All of an account's snapshots up to `until` and including it, with each factor's share, oldest first."""
    return tuple(_point(row) for row in _points.rows(db, {"account_id": account_id, "until": until}))


def score_on(db: Session, account_id: int, day: date) -> HealthPoint | None:
    """The last snapshot on or before `day`; None where there is none of the FRESH_DAYS before it either."""
    since = day - timedelta(days=FRESH_DAYS)
    row = _last.first(db, {"account_id": account_id, "since": since, "until": day})
    return None if row is None else _point(row)


def latest_scores(db: Session, account_ids: Collection[int], *, day: date) -> dict[int, HealthPoint]:
    """`score_on` for many accounts at once; one without a fresh snapshot is left out."""
    oldest = day - timedelta(days=FRESH_DAYS)
    found = {}
    for some in chunks(account_ids):
        latest = (
            select(snapshot.c.account_id, func.max(snapshot.c.day).label("day"))
            .where(snapshot.c.account_id.in_(some), snapshot.c.day <= day, snapshot.c.day >= oldest)
            .group_by(snapshot.c.account_id)
            .subquery()
        )
        same = and_(snapshot.c.account_id == latest.c.account_id, snapshot.c.day == latest.c.day)
        for row in db.execute(select(snapshot.c.account_id, *_POINT).join(latest, same)):
            found[row[0]] = _point(row[1:])
    return found


def _row(account_id: int, day: date, score: HealthScore) -> Mapping[str, Any]:
    return {
        "account_id": account_id,
        "day": day,
        "score": score.score,
        "band": score.band,
        "coverage_permille": _thousandths(score.coverage),
        "permille": {one.factor_id: one.reading.permille for one in score.factors if one.reading is not None},
    }


@lru_cache(maxsize=1024)
def _thousandths(coverage: Fraction) -> int:
    return round(coverage * 1000)


def _point(row: Sequence[Any]) -> HealthPoint:
    day, score, band, coverage_permille, permille = row
    return HealthPoint(day, score, band and Band(band), coverage_permille, permille)
