"""How accounts use the product, up to a day."""

from datetime import date

from sqlalchemy import and_, case, func, select

from metrics.account_facts import DaysOff, UsageFacts
from storage.prepared import Prepared
from storage.queries.asking import BEFORE_USED, USED_DAY, Asked, question
from storage.queries.tables import usage, usage_day
from storage.queries.use import is_use
from storage.session import Session

_c = usage.c
_now = _c.day > BEFORE_USED[28]
_before = and_(_c.day > BEFORE_USED[56], _c.day <= BEFORE_USED[28])


_counts = question(
    select(
        _c.account_id,
        func.count(case((_now, _c.day)).distinct()),
        func.count(case((_before, _c.day)).distinct()),
        func.coalesce(func.sum(case((_now, _c.sessions))), 0),
        func.coalesce(func.sum(case((_before, _c.sessions))), 0),
        func.coalesce(func.sum(_c.sessions), 0),
        func.count(case((and_(_now, _c.user_key != ""), _c.user_key)).distinct()),
        func.count(case((and_(_before, _c.user_key != ""), _c.user_key)).distinct()),
        func.count(case((and_(_c.day > BEFORE_USED[14], _c.feature != ""), _c.feature)).distinct()),
    )
    .where(_c.day > BEFORE_USED[90], _c.day <= USED_DAY, is_use(usage))
    .group_by(_c.account_id),
    _c.account_id,
)
_features = Prepared(
    select(func.count(usage_day.c.feature.distinct())).where(
        usage_day.c.day > BEFORE_USED[90], usage_day.c.day <= USED_DAY, usage_day.c.feature != ""
    )
)

Counts = tuple[int, int, int, int, int, int, int, int]
_SILENT: Counts = (0, 0, 0, 0, 0, 0, 0, 0)


def usage_counts(db: Session, asked: Asked) -> dict[int, Counts]:
    """By account, what it did in the 90 days: the fields of UsageFacts from `active_days_28` to `features_14`."""
    return {row[0]: row[1:] for row in _counts.ask(db, asked)}


def features_tracked(db: Session, asked: Asked) -> int:
    """How many named features anybody used in the 90 days."""
    tracked: int = _features.value(db, asked)
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
