"""How accounts use the product, up to a day."""

from datetime import date
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import BindParameter, ColumnElement, Integer, and_, case, func, select, type_coerce

from metrics.account_facts import DaysOff, UsageFacts
from storage.columns import day_of
from storage.prepared import Prepared
from storage.queries.asking import BEFORE_USED, USED_DAY, Asked, Question, question
from storage.queries.tables import account, usage, usage_day
from storage.queries.use import is_use
from storage.session import Session

_c = usage.c
_days = func.count(_c.day.distinct())
_sessions = func.coalesce(func.sum(_c.sessions), 0)
_users = func.count(case((_c.user_key != "", _c.user_key)).distinct())
_features = func.count(case((_c.feature != "", _c.feature)).distinct())


def _counted(after: BindParameter[date], until: BindParameter[date]) -> Question:
    """What accounts did after a day and until another: each day is looked at by the question that needs it alone."""
    during = and_(_c.account_id == account.c.id, _c.day > after, _c.day <= until, is_use(usage))
    return question(
        select(account.c.id, _days, _sessions, _users).join_from(account, usage, during).group_by(account.c.id),
        account.c.id,
        _c.account_id,
    )


_lately = _counted(BEFORE_USED[28], USED_DAY)
_before = _counted(BEFORE_USED[56], BEFORE_USED[28])
_tracked = Prepared(
    select(func.count(usage_day.c.feature.distinct())).where(
        usage_day.c.day > BEFORE_USED[90], usage_day.c.day <= USED_DAY, usage_day.c.feature != ""
    )
)

Counts: TypeAlias = tuple[int, int, int, int, int, int, int, int]
"""The fields of UsageFacts from `active_days_28` to `features_14`."""
_Row: TypeAlias = tuple[int, int, int, int]
_NOTHING: _Row = (0, 0, 0, 0)


# --- Columns beside an account -------------------------------------------------------------------------------------


def earlier_sessions(account_id: ColumnElement[int]) -> ColumnElement[int]:
    """An account's sessions of the 90 days without the last 56."""
    during = (_c.account_id == account_id, _c.day > BEFORE_USED[90], _c.day <= BEFORE_USED[56], is_use(usage))
    return select(_sessions).where(*during).scalar_subquery()


def features_lately(account_id: ColumnElement[int]) -> ColumnElement[int]:
    """The named features that an account used in 14 days."""
    during = (_c.account_id == account_id, _c.day > BEFORE_USED[14], _c.day <= USED_DAY, is_use(usage))
    return select(_features).where(*during).scalar_subquery()


def last_use(*during: ColumnElement[bool]) -> ColumnElement[int]:
    """The day of an account's last use and whether it names a user, as one number; None where there is none."""
    number = type_coerce(_c.day, Integer) * 2 + case((_c.user_key != "", 1), else_=0)
    return select(number).where(*during).order_by(_c.day.desc(), _c.user_key.desc()).limit(1).scalar_subquery()


def is_named(last_used: int | None) -> bool:
    """Whether the last use names a user."""
    return last_used is not None and last_used % 2 == 1


# --- Facts ---------------------------------------------------------------------------------------------------------


class Counted(NamedTuple):
    """By account, its days of use, sessions and users of the last 28 days and of the 28 before."""

    lately: dict[int, _Row]
    before: dict[int, _Row]

    def of(self, account_id: int, earlier: int, features: int) -> Counts:
        """All that is counted of an account; `earlier` and `features` are the columns beside it."""
        _, days, sessions, users = self.lately.get(account_id, _NOTHING)
        _, days_before, sessions_before, users_before = self.before.get(account_id, _NOTHING)
        in_90 = sessions + sessions_before + earlier
        return days, days_before, sessions, sessions_before, in_90, users, users_before, features


NOT_COUNTED = Counted({}, {})


def usage_counts(db: Session, asked: Asked) -> Counted:
    """What accounts did in the 56 days."""
    lately: dict[int, Any] = {row[0]: row for row in _lately.ask(db, asked)}
    before: dict[int, Any] = {row[0]: row for row in _before.ask(db, asked)}
    return Counted(lately, before)


def features_tracked(db: Session, asked: Asked) -> int:
    """How many named features anybody used in the 90 days."""
    tracked: int = _tracked.value(db, asked)
    return tracked


def usage_facts(
    first_on: date | None,
    last_used: int | None,
    counts: Counts,
    tracked: int,
    until: date | None = None,
    off: DaysOff | None = None,
) -> UsageFacts | None:
    """An account's facts up to the day `until` (None: the day asked about); None where it had not used it by then.

    `last_used` is as `last_use` says it, `counts` as Counted does.
    """
    if first_on is None or last_used is None:
        return None
    return UsageFacts(first_on, day_of(last_used // 2), *counts, tracked, until, off)
