"""How a company has set what asks by itself."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta, tzinfo
from typing import Any, Final, NamedTuple

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.queries.survey_occasions import RESTS_ON
from storage.queries.tables import data_load, survey_trigger
from storage.session import Session

_c = survey_trigger.c

REST: Final = timedelta(minutes=1)
"""It is not looked more often, however much data comes in."""
AT_LEAST: Final = timedelta(hours=1)
"""It is looked so often although no data has come in."""


class Setting(NamedTuple):
    """One trigger as a company has set it; see storage.models.survey_trigger for the fields."""

    id: str
    enabled: bool
    dials: Mapping[str, Any]
    segment: str | None
    changed_by: str | None
    looked_until: datetime
    since: datetime
    seen: Collection[str]


_columns = tuple(_c[name] for name in Setting._fields)


def trigger_settings(db: Session) -> dict[str, Setting]:
    """Those that somebody has ever changed, by id; the others are off, with their defaults."""
    return {row.id: Setting._make(row) for row in db.execute(select(*_columns).order_by(_c.id))}


def trigger_setting(db: Session, trigger_id: str) -> Setting | None:
    """One of them; None: nobody has changed it yet."""
    row = db.execute(select(*_columns).where(_c.id == trigger_id)).first()
    return None if row is None else Setting._make(row)


def keep_trigger(db: Session, setting: Setting) -> None:
    """Keep how a trigger is set from now on."""
    insert = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    values = {**setting._asdict(), "dials": dict(setting.dials), "seen": sorted(setting.seen)}
    row = insert(survey_trigger).values(values)
    db.execute(row.on_conflict_do_update(index_elements=[_c.id], set_=values))


def switch_off(db: Session, trigger_id: str, *, by: str) -> None:
    """It asks no more; its dials stay."""
    db.execute(update(survey_trigger).where(_c.id == trigger_id).values(enabled=False, changed_by=by))


def looked(db: Session, trigger_ids: Collection[str], *, until: datetime) -> None:
    """What happened before the moment has been looked at."""
    db.execute(update(survey_trigger).where(_c.id.in_(trigger_ids)).values(looked_until=until))


def to_look_at(db: Session, *, now: datetime, zone: tzinfo) -> list[str]:
    """Those for which something may have happened that nobody has looked at.

    Their data came in, or a day began; else every hour. What is switched off is among them: it may have asked before.
    """
    loads = select(data_load.c.entity, data_load.c.loaded_at)
    loaded = {entity: at for entity, at in db.execute(loads)}  # noqa: C416 - rows are no pairs
    untils = db.execute(select(_c.id, _c.looked_until).order_by(_c.id))
    return [id_ for id_, until in untils if _is_time(until, _loaded(id_, loaded), now, zone)]


def _loaded(trigger_id: str, loaded: Mapping[str, datetime]) -> datetime | None:
    """When data that it rests on came in last."""
    return max((loaded[one] for one in RESTS_ON.get(trigger_id, ()) if one in loaded), default=None)


def _is_time(until: datetime, loaded: datetime | None, now: datetime, zone: tzinfo) -> bool:
    another_day = until.astimezone(zone).date() != now.astimezone(zone).date()
    came_in = loaded is not None and loaded >= until
    return now - until >= REST and (another_day or came_in or now - until >= AT_LEAST)
