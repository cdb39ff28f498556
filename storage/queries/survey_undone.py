"""Questions that wait for an answer although what they were asked for does not hold any more."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final, TypeAlias

from sqlalchemy import ColumnElement, Select, func, or_, select

from storage.queries.survey_asks import OPEN
from storage.queries.survey_waves import TRIGGER
from storage.queries.tables import account, mrr_movement, survey_ask, survey_trigger, survey_wave, ticket
from storage.session import Session

_Undone: TypeAlias = Callable[[Session, Select[Any], date], list[int]]
_q, _w, _t, _m = survey_ask.c, survey_wave.c, ticket.c, mrr_movement.c


def undone(db: Session, trigger: str, *, today: date) -> list[int]:
    """The open questions of a trigger whose reason has gone, by id."""
    waves = select(_w.id).where(_w.series == f"{TRIGGER}{trigger}")
    waiting = select(_q.id).where(_q.wave_id.in_(waves), _q.state.in_(OPEN)).order_by(_q.id)
    return _GONE[trigger](db, waiting, today)


def left_in_the_queue(db: Session) -> list[int]:
    """The questions of triggers that are switched off that nobody has sent yet, by id."""
    ids = db.execute(select(survey_trigger.c.id).where(~survey_trigger.c.enabled)).scalars()
    series = [f"{TRIGGER}{id_}" for id_ in ids]
    if not series:
        return []
    waves = select(_w.id).where(_w.series.in_(series))
    waiting = select(_q.id).where(_q.wave_id.in_(waves), _q.state == "queued").order_by(_q.id)
    return list(db.execute(waiting).scalars())


def _ticket_opened(db: Session, waiting: Select[Any], _today: date) -> list[int]:
    """Resolved at another moment counts: whoever opens a ticket again is not done with it, even if it is by now."""
    resolved_at = _q.detail["resolved_at"].as_string()
    of_ticket = waiting.outerjoin(ticket, _t.id == _q.detail["ticket_id"].as_integer())
    rows = db.execute(of_ticket.add_columns(resolved_at, _t.resolved_at))
    return [id_ for id_, then, now in rows if now is None or then != now.isoformat()]


def _not_completed(db: Session, waiting: Select[Any], today: date) -> list[int]:
    day = account.c.activated_on
    of_account = waiting.join(account, account.c.id == _q.account_id)
    return list(db.execute(of_account.where(or_(day.is_(None), day > today))).scalars())


def _pays_no_more(db: Session, waiting: Select[Any], today: date) -> list[int]:
    return list(db.execute(waiting.where(_pays(today) <= 0)).scalars())


def _pays_again(db: Session, waiting: Select[Any], today: date) -> list[int]:
    return list(db.execute(waiting.where(_pays(today) > 0)).scalars())


def _pays(today: date) -> ColumnElement[int]:
    lines = select(func.sum(_m.after - _m.before)).where(_m.account_id == _q.account_id, _m.day <= today)
    return func.coalesce(lines.scalar_subquery(), 0)


_GONE: Final[Mapping[str, _Undone]] = {
    "ticket_resolved": _ticket_opened,
    "onboarding_completed": _not_completed,
    "feature_first_use": _pays_no_more,
    "start_nps": _pays_no_more,
    "account_churned": _pays_again,
}
"""By the id of the trigger."""
