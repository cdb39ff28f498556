"""Survey waves: rounds of asking people the same question; each that is wanted is there once, whoever repeats it."""

import secrets
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import or_, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from metrics.asking import Audience
from storage.queries.tables import anonymous_answer, survey_wave
from storage.session import Session

_c = survey_wave.c

UNDER_WAY: Final = ("waiting", "running")
"""States of a wave that may still ask somebody or get an answer."""
TRIGGER: Final = "trigger "
"""How the occurrence of a trigger's wave begins."""
_PLANNERS: Final = 7_236_414
"""The number of PostgreSQL's advisory lock that planning takes, so that two waves see each other's questions."""
_SECRET_BYTES: Final = 32


class NewWave(NamedTuple):
    """A wave as somebody wants it; see storage.models.survey_wave for the fields."""

    occurrence: str
    """What it is, once: "form <view id>", "schedule <id> <slot>", "trigger <id> 2026-11"; at most 200 characters."""
    kind: str
    audience: Audience
    start_at: datetime
    name: str = ""
    series: str | None = None
    place: str = "direct"
    """direct, channel or thread."""
    thread: str | None = None
    """For a thread: "C0123 1700000000.000100"."""
    wording: Mapping[str, str] = {}
    """The question by language, where it is not the usual one."""
    one_in: int = 1
    anonymous: bool = False
    started_by: str | None = None


class Wave(NamedTuple):
    """A wave as it is kept."""

    id: int
    occurrence: str
    kind: str
    audience: Audience
    start_at: datetime
    name: str
    series: str | None
    place: str
    thread: str | None
    wording: Mapping[str, str]
    one_in: int
    anonymous: bool
    started_by: str | None
    state: str
    """waiting, running, over or withdrawn."""
    ends_at: datetime | None
    """When its last question expires; None until it has started."""
    card_outbox_id: int | None
    card_shown: Mapping[str, Any] | None
    created_at: datetime


_columns = tuple(_c[name] for name in Wave._fields)


def add_wave(db: Session, new: NewWave, now: datetime) -> int:
    """Keep a wave and return its id; one with the same occurrence stays as it is, and its id is returned."""
    insert = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    values = {
        **new._asdict(),
        "audience": new.audience.as_json(),
        "wording": dict(new.wording),
        "secret": secrets.token_bytes(_SECRET_BYTES) if new.anonymous else None,
        "state": "waiting",
        "created_at": now,
    }
    added = db.execute(insert(survey_wave).values(values).on_conflict_do_nothing().returning(_c.id)).scalar()
    if added is not None:
        return int(added)
    return int(db.execute(select(_c.id).where(_c.occurrence == new.occurrence)).scalar_one())


def wave(db: Session, wave_id: int) -> Wave | None:
    """One wave; None if there is none of that id."""
    row = db.execute(select(*_columns).where(_c.id == wave_id)).first()
    return None if row is None else _read(row)


def waves(
    db: Session, *, states: Collection[str] = (), series: str | None = None, limit: int | None = None
) -> list[Wave]:
    """Waves, those that start last first; `states` empty: in any state; `series` None: of any."""
    query = select(*_columns).order_by(_c.start_at.desc(), _c.id.desc()).limit(limit)
    if states:
        query = query.where(_c.state.in_(sorted(states)))
    if series is not None:
        query = query.where(_c.series == series)
    return [_read(row) for row in db.execute(query)]


def due_waves(db: Session, now: datetime) -> list[int]:
    """The ids of the waves that wait and whose moment has come, in its order.

    A trigger's waves are not among them: they ask as things happen, not whom their audience names.
    """
    of_trigger = _c.occurrence.startswith(TRIGGER, autoescape=True)
    due = (_c.state == "waiting", _c.start_at <= now, ~of_trigger)
    query = select(_c.id).where(*due).order_by(_c.start_at, _c.id)
    return list(db.execute(query).scalars())


def planning(db: Session) -> None:
    """Wait until nobody else decides whom to ask, and let nobody until this transaction ends."""
    if db.get_bind().dialect.name == "postgresql":  # SQLite's writers wait for each other anyway
        db.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _PLANNERS})


def begin(db: Session, wave_id: int) -> bool:
    """A wave that waits runs from now on; False if it does not wait (any more)."""
    return _turn(db, wave_id, ("waiting",), "running")


def carry_on(db: Session, wave_id: int) -> bool:
    """A trigger's wave runs, even if it was over because nothing happened for a while; False if it is withdrawn."""
    return _turn(db, wave_id, ("waiting", "running", "over"), "running")


def ends(db: Session, wave_id: int, at: datetime) -> None:
    """A running wave ends at the moment, or later where questions of it expire later already."""
    later = or_(_c.ends_at.is_(None), _c.ends_at < at)
    db.execute(update(survey_wave).where(_c.id == wave_id, later).values(ends_at=at))


def finish(db: Session, wave_id: int) -> bool:
    """A running wave is over, and an anonymous one forgets all that it can; False if it does not run."""
    return _turn(db, wave_id, ("running",), "over", secret=None) and _forget_days(db, wave_id)


def withdraw(db: Session, wave_id: int) -> bool:
    """A wave is taken back, and an anonymous one forgets all that it can; False if it is over or taken back already.

    What becomes of its questions is decided by storage.queries.survey_asks.
    """
    return _turn(db, wave_id, UNDER_WAY, "withdrawn", secret=None) and _forget_days(db, wave_id)


def secret_of(db: Session, wave_id: int) -> bytes | None:
    """The secret of an anonymous wave; None where it has none (any more)."""
    return db.execute(select(_c.secret).where(_c.id == wave_id)).scalar()


def _forget_days(db: Session, wave_id: int) -> bool:
    """Anonymous answers lose their day: beside what tells when somebody was in Slack it could tell whose they are."""
    began = db.execute(select(_c.start_at).where(_c.id == wave_id)).scalar_one().date()
    db.execute(update(anonymous_answer).where(anonymous_answer.c.wave_id == wave_id).values(day=began))
    return True


def _turn(db: Session, wave_id: int, before: tuple[str, ...], after: str, **values: object) -> bool:
    turn = update(survey_wave).where(_c.id == wave_id, _c.state.in_(before)).values(state=after, **values)
    return db.execute(turn.returning(_c.id)).scalar() is not None


def _read(row: Any) -> Wave:  # noqa: ANN401 - a row of the driver's
    found = Wave._make(row)
    return found._replace(audience=Audience.from_json(row.audience))
