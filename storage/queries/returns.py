"""Accounts that have left and not come back, and those that came: read from the ledger."""

from collections.abc import Collection
from datetime import date, timedelta
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import Integer, exists, func, select, type_coerce

from metrics.money import Rates
from metrics.types import BookFilter, Cause, MovementKind
from storage.queries.chunks import chunks
from storage.queries.exit_reasons import Why, reasons, why_left
from storage.queries.ledger import COLUMNS, Turn, lines_of, turns
from storage.queries.survey_rows import COUNTED
from storage.queries.tables import account, playbook_run, survey_response, usage
from storage.queries.tables import mrr_movement as line
from storage.queries.use import is_use
from storage.queries.within import within
from storage.session import Session

_a, _later = account.c, line.alias("later")
_EVERYBODY = BookFilter()
USED_DAYS = 28
"""The days before an account left that its use is counted in."""


class Who(NamedTuple):
    """An account as lists name it."""

    account_id: int
    key: str
    name: str
    segment: str | None
    csm_email: str | None


class Lost(NamedTuple):
    """An account that left and has not come back."""

    who: Who
    day: date
    mrr: int
    """What it paid, in the report's minor units."""
    cause: Cause | None
    detail: str | None
    used_days: int | None
    """Days with use of the USED_DAYS before it left; None: no use of it was ever known."""
    nps: int | None
    """Its last NPS answer."""
    given_up: bool
    """A playbook that was started for it has ended as lost since."""
    told: Why | None = None
    """What somebody told who was asked why."""


class Arrival(NamedTuple):
    """An account that became a customer, or one again."""

    who: Who
    day: date
    mrr: int
    kind: MovementKind
    left_on: date | None
    """For one that came back: when it had left."""
    cause: Cause | None
    """Why it had."""
    detail: str | None
    told: Why | None = None
    """What somebody had told who was asked why."""


def lost_accounts(db: Session, *, since: date, until: date, rates: Rates, book: BookFilter = _EVERYBODY) -> list[Lost]:
    """Those that left from `since` to `until`, both included, and have not paid since, in order of id."""
    came_back = exists().where(_later.c.account_id == line.c.account_id, _later.c.day > line.c.day)
    left = _turns(
        db,
        rates,
        line.c.kind == MovementKind.CHURN,
        line.c.day.between(since, until),
        ~came_back.where(_later.c.day <= until),
        *within(db, book, line.c.account_id),
    )
    ids = left.keys()
    who, used, nps, ended = _who(db, ids), _used_before(db, ids, left), _last_nps(db, ids), _given_up(db, ids)
    told = reasons(db, ids)
    return [
        Lost(
            who[account_id],
            turn.day,
            -turn.change,
            turn.cause,
            turn.detail,
            used.get(account_id),
            nps.get(account_id),
            account_id in ended and ended[account_id] >= turn.day,
            why_left(told.get(account_id, ()), turn.day, None),
        )
        for account_id, (*_, turn) in left.items()
    ]


def arrivals(
    db: Session,
    *,
    since: date,
    until: date,
    rates: Rates,
    kinds: Collection[MovementKind],
    book: BookFilter = _EVERYBODY,
) -> list[Arrival]:
    """Those that became customers from `since` to `until`, in order of day; `kinds` are NEW and REACTIVATION."""
    came = _turns(
        db,
        rates,
        line.c.kind.in_(tuple(kinds)),
        line.c.day.between(since, until),
        *within(db, book, line.c.account_id),
    )
    again = [key for key, found in came.items() if any(turn.kind is MovementKind.REACTIVATION for turn in found)]
    gone = _churns(db, again, rates)
    who, told = _who(db, came.keys()), reasons(db, again)
    rows = []
    for account_id, found in came.items():
        for turn in found:
            before = [churn for churn in gone.get(account_id, ()) if churn.day < turn.day]
            left = before[-1] if before and turn.kind is MovementKind.REACTIVATION else None
            assert turn.kind is not None  # noqa: S101 - they were chosen by it
            rows.append(
                Arrival(
                    who[account_id],
                    turn.day,
                    turn.change,
                    turn.kind,
                    left and left.day,
                    left and left.cause,
                    left and left.detail,
                    left and why_left(told.get(account_id, ()), left.day, turn.day),
                )
            )
    return sorted(rows, key=lambda one: (one.day, one.who.key))


def _turns(db: Session, rates: Rates, *conditions: Any) -> dict[int, list[Turn]]:  # noqa: ANN401 - as where() takes
    """By account what its lines did, a day at a time, in the report's currency."""
    rows = db.execute(select(*COLUMNS).where(*conditions).order_by(line.c.account_id, line.c.day, line.c.currency))
    worth = cache(rates.to_home)
    found = groupby(lines_of(rows), key=attrgetter("account_id"))
    return {account_id: turns(list(lines), worth) for account_id, lines in found}


def _churns(db: Session, ids: Collection[int], rates: Rates) -> dict[int, list[Turn]]:
    gone: dict[int, list[Turn]] = {}
    for some in chunks(ids):
        gone |= _turns(db, rates, line.c.kind == MovementKind.CHURN, line.c.account_id.in_(some))
    return gone


def _who(db: Session, ids: Collection[int]) -> dict[int, Who]:
    columns = select(_a.id, _a.key, _a.name, _a.segment, _a.csm_email)
    rows = (row for some in chunks(ids) for row in db.execute(columns.where(_a.id.in_(some))))
    return {row[0]: Who(*row) for row in rows}


def _used_before(db: Session, ids: Collection[int], left: dict[int, list[Turn]]) -> dict[int, int]:
    """By account with any use, its days of use in the USED_DAYS before it left."""
    known: dict[int, int] = {}
    gone_on = select(line.c.account_id, func.max(line.c.day).label("day")).where(line.c.kind == MovementKind.CHURN)
    for some in chunks(ids):
        gone = gone_on.where(line.c.account_id.in_(some)).group_by(line.c.account_id).subquery()
        last, day = type_coerce(gone.c.day, Integer), type_coerce(usage.c.day, Integer)
        of_account = (usage.c.account_id == gone.c.account_id, is_use(usage))
        days = (
            select(func.count(usage.c.day.distinct()))
            .where(*of_account, day >= last - USED_DAYS, day < last)
            .scalar_subquery()
        )
        rows = db.execute(select(gone.c.account_id, days).where(exists().where(*of_account)))
        known |= {account_id: int(count) for account_id, count in rows}
    return {account_id: count for account_id, count in known.items() if account_id in left}


def _last_nps(db: Session, ids: Collection[int]) -> dict[int, int]:
    s = survey_response.c
    answers = select(s.account_id, s.score).where(s.kind == "nps", COUNTED).order_by(s.responded_at, s.id)
    return {row[0]: row[1] for some in chunks(ids) for row in db.execute(answers.where(s.account_id.in_(some)))}


def _given_up(db: Session, ids: Collection[int]) -> dict[int, date]:
    """By account, the day on which its last playbook ended as lost."""
    r = playbook_run.c
    ended = select(r.account_id, func.max(r.ended_at)).where(r.outcome == "lost").group_by(r.account_id)
    rows = (row for some in chunks(ids) for row in db.execute(ended.where(r.account_id.in_(some))))
    return {account_id: moment.date() for account_id, moment in rows if moment is not None}


def years_before(day: date) -> date:
    """The first of the 365 days that end with `day`."""
    return day - timedelta(days=364)
