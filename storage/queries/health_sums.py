"""The health of all customers on a day, added up by the database: of a company whose customers pay in one currency."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, String, and_, bindparam, case, cast, func, select

from metrics.types import Band
from storage.columns import Day
from storage.queries.tables import health_snapshot as snapshot
from storage.queries.tables import mrr_movement as line
from storage.session import Session

_BANDS = tuple(Band)
_paid = (
    select(line.c.account_id, func.sum(line.c.after - line.c.before).label("mrr"))
    .where(line.c.day <= bindparam("day", type_=Day))
    .group_by(line.c.account_id)
    .having(func.sum(line.c.after - line.c.before) != 0)
    .subquery("paid")
)
_s = snapshot.c
_apart = cast(_paid.c.account_id, String) + " " + cast(_paid.c.mrr, String)


def _sum(band: Band, value: ColumnElement[Any] | int) -> ColumnElement[Any]:
    return func.sum(case((_s.band == band.value, value), else_=0))


_health = select(
    func.count(),
    func.sum(case((_s.band.is_not(None), _s.score), else_=0)),
    func.aggregate_strings(case((_s.account_id.is_(None), _apart)), ","),
    *(_sum(band, 1) for band in _BANDS),
    *(_sum(band, _paid.c.mrr) for band in _BANDS),
).select_from(
    _paid.outerjoin(snapshot, and_(_s.account_id == _paid.c.account_id, _s.day == bindparam("newest", type_=Day)))
)


class HealthSums(NamedTuple):
    """What the customers come to that have a snapshot of one day."""

    customers: int
    """All of them, also those without a score."""
    scores: int
    by_band: Mapping[Band, int]
    mrr: Mapping[Band, int]
    others: Mapping[int, int]
    """The MRR of the customers that have no snapshot of the day, by account id; they are not in the numbers above."""


def health_sums(db: Session, day: date, newest: date) -> HealthSums:
    """The customers at the end of `day` by their snapshots of the day `newest`; MRR in the one currency they pay in."""
    count, scores, apart, *sums = db.execute(_health, {"day": day, "newest": newest}).one()
    pairs = (one.split() for one in (apart or "").split(",") if one)
    others = {int(account_id): int(mrr) for account_id, mrr in pairs}
    by_band, money = sums[: len(_BANDS)], sums[len(_BANDS) :]
    return HealthSums(
        customers=count - len(others),
        scores=int(scores or 0),
        by_band={band: int(number) for band, number in zip(_BANDS, by_band, strict=True) if number},
        mrr={band: int(minor) for band, minor, number in zip(_BANDS, money, by_band, strict=True) if number},
        others=others,
    )
