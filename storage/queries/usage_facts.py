"""How accounts use the product, up to a day."""

from datetime import date

from sqlalchemy import BindParameter, ColumnElement, and_, case, func, select

from metrics.account_facts import DaysOff, UsageFacts
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


def _counted(after: BindParameter[date], until: BindParameter[date], *what: ColumnElement[int]) -> Question:
    """What accounts did after a day and until another: each day is looked at by the questions that need it alone."""
    during = and_(_c.account_id == account.c.id, _c.day > after, _c.day <= until, is_use(usage))
    return question(select(account.c.id, *what).join_from(account, usage, during).group_by(account.c.id), account.c.id)


_lately = _counted(BEFORE_USED[28], USED_DAY, _days, _sessions, _users)
_before = _counted(BEFORE_USED[56], BEFORE_USED[28], _days, _sessions, _users)
_earlier = _counted(BEFORE_USED[90], BEFORE_USED[56], _sessions)
_fortnight = _counted(BEFORE_USED[14], USED_DAY, _features)
_tracked = Prepared(
    select(func.count(usage_day.c.feature.distinct())).where(
        usage_day.c.day > BEFORE_USED[90], usage_day.c.day <= USED_DAY, usage_day.c.feature != ""
    )
)

Counts = tuple[int, int, int, int, int, int, int, int]
_NOTHING = (0, 0, 0)
_SILENT: Counts = (0, 0, 0, 0, 0, 0, 0, 0)


def usage_counts(db: Session, asked: Asked) -> dict[int, Counts]:
    """By account, what it did in the 90 days: the fields of UsageFacts from `active_days_28` to `features_14`."""
    lately = {row[0]: row[1:] for row in _lately.ask(db, asked)}
    before = {row[0]: row[1:] for row in _before.ask(db, asked)}
    earlier, features = dict(_earlier.ask(db, asked)), dict(_fortnight.ask(db, asked))
    found = {}
    for account_id in lately.keys() | before.keys() | earlier.keys():
        days, sessions, users = lately.get(account_id, _NOTHING)
        days_before, sessions_before, users_before = before.get(account_id, _NOTHING)
        sessions_90 = sessions + sessions_before + earlier.get(account_id, 0)
        breadth = features.get(account_id, 0)
        found[account_id] = (
            days, days_before, sessions, sessions_before, sessions_90, users, users_before, breadth,
        )  # fmt: skip
    return found


def features_tracked(db: Session, asked: Asked) -> int:
    """How many named features anybody used in the 90 days."""
    tracked: int = _tracked.value(db, asked)
    return tracked


def usage_facts(
    first_on: date | None,
    last_on: date | None,
    counts: Counts | None,
    tracked: int,
    until: date | None = None,
    off: DaysOff | None = None,
) -> UsageFacts | None:
    """An account's facts up to the day `until` (None: the day asked about); None where it had not used it by then."""
    if first_on is None or last_on is None:
        return None
    return UsageFacts(first_on, last_on, *(counts or _SILENT), tracked, until, off)
