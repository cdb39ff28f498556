"""How far the data goes, cheaply: for answers that need no more of its completeness than that."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, tzinfo
from typing import Final

from sqlalchemy import bindparam, func, select

from storage.prepared import Prepared
from storage.queries.asking import AS_OF
from storage.queries.survey_rates import last_heard
from storage.queries.tables import advocacy, cost, data_load, fx_rate, lead, usage_day
from storage.session import Session

_usage_until = Prepared(select(func.max(usage_day.c.day)).where(usage_day.c.day <= bindparam("as_of")))
_ANSWERS: Final = "survey_responses"
_loads = Prepared(select(data_load.c.entity, data_load.c.loaded_at))
_DATED = {"advocacy": advocacy.c.day, "costs": cost.c.day, "fx_rates": fx_rate.c.day, "leads": lead.c.created_on}
_last_days = Prepared(select(*(select(func.max(day)).where(day <= AS_OF).scalar_subquery() for day in _DATED.values())))
_subscriptions_at = Prepared(select(data_load.c.loaded_at).where(data_load.c.entity == "subscriptions"))


def usage_until(db: Session, *, as_of: date) -> date | None:
    """The last day up to `as_of` with usage of anybody; None where there is no usage data at all."""
    found: date | None = _usage_until.value(db, {"as_of": as_of})
    return found


def subscriptions_imported_on(db: Session, *, zone: tzinfo) -> date | None:
    """The day in `zone` on which subscriptions last came in new or changed; None where none ever did."""
    loaded_at: datetime | None = _subscriptions_at.value(db, {})
    return None if loaded_at is None else loaded_at.astimezone(zone).date()


def last_days(db: Session, *, as_of: date) -> Mapping[str, date]:
    """The last day by then of data that carries one and is no feed: the latest lead, say."""
    (row,) = _last_days.rows(db, {"as_of": as_of})
    return {entity: day for entity, day in zip(_DATED, row, strict=True) if day is not None}


def imported_on(db: Session, entities: Iterable[str], *, zone: tzinfo) -> Mapping[str, date | None]:
    """The day in `zone` on which each of the entities last came in new or changed; None where it never did.

    Answers to surveys come in through our own questions too, and are known to be lacking once somebody was asked.
    """
    wanted = tuple(entities)
    loaded: dict[str, datetime] = dict(_loads.rows(db, {}))
    if _ANSWERS in wanted and (heard := last_heard(db)) is not None:
        loaded[_ANSWERS] = max(heard, loaded.get(_ANSWERS, heard))
    return {entity: loaded[entity].astimezone(zone).date() if entity in loaded else None for entity in wanted}
