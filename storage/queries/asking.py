"""How the facts of many accounts and of one are asked for: by the same statements, prepared once.

Those of all are asked for a range of ids at a time, so that what is held of them does not grow with their number.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any, NamedTuple, TypeAlias, cast

from sqlalchemy import BindParameter, ColumnElement, Date, Integer, Select, String, bindparam
from sqlmodel.sql.sqltypes import UTCDateTime

from storage.columns import Day
from storage.prepared import Prepared
from storage.session import Session

WINDOWS = (14, 28, 56, 90, 112, 180, 365)
"""The lengths in days of the windows that end with the day asked about."""

AS_OF: BindParameter[date] = bindparam("as_of", type_=Date)
"""The day asked about, for columns of dates."""
BEFORE: Mapping[int, BindParameter[date]] = {days: bindparam(f"before_{days}", type_=Date) for days in WINDOWS}
"""The last day before so many days that end with the day asked about, for columns of dates."""
AS_OF_DAY: BindParameter[date] = bindparam("as_of_day", type_=Day)
BEFORE_DAY: Mapping[int, BindParameter[date]] = {days: bindparam(f"before_day_{days}", type_=Day) for days in WINDOWS}
"""The same for the tall tables, whose days are numbers."""
USED_DAY: BindParameter[date] = bindparam("used_day", type_=Day)
BEFORE_USED: Mapping[int, BindParameter[date]] = {days: bindparam(f"before_used_{days}", type_=Day) for days in WINDOWS}
"""The same for usage, whose windows end with the last day that there is data of (see storage.queries.feed)."""
UNTIL: BindParameter[datetime] = bindparam("until", type_=UTCDateTime)
"""The moment at which the day asked about is over."""
SINCE: Mapping[int, BindParameter[datetime]] = {days: bindparam(f"since_{days}", type_=UTCDateTime) for days in WINDOWS}
"""The moment at which so many days begin that end with the day asked about."""
HOME: BindParameter[str] = bindparam("home", type_=String)
"""The company's currency."""
_ID: BindParameter[int] = bindparam("id", type_=Integer)
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_LOW: BindParameter[int] = bindparam("low", type_=Integer)
_HIGH: BindParameter[int] = bindparam("high", type_=Integer)

Range: TypeAlias = tuple[int, int]
"""The accounts with an id from the first number to the second, both included."""
EVERYBODY: Range = (0, 2**31 - 1)

Asked: TypeAlias = Mapping[str, Any]
"""Values for all of the above (see `parameters`)."""


class Question(NamedTuple):
    """A statement about a range of accounts, or all, and the same about some and about one."""

    everybody: Prepared
    some: Select[Any]
    one: Prepared

    def ask(self, db: Session, asked: Asked) -> Iterator[tuple[Any, ...]]:
        """The rows for what is asked."""
        ids = asked["ids"]
        if ids is None:
            return iter(self.everybody.each(db, asked))
        if len(ids) == 1:
            return iter(self.one.rows(db, asked))
        return iter(cast("Iterable[tuple[Any, ...]]", db.execute(self.some, asked)))


def question(statement: Select[Any], account_id: ColumnElement[int], *same: ColumnElement[int]) -> Question:
    """`statement` as a Question; `account_id` is the column that says whose row it is.

    `same` are columns that the statement joins with it. Of a range of the one PostgreSQL does not know that it is a
    range of the others, and may read all of their table for each range.
    """
    return Question(
        Prepared(statement.where(*(column.between(_LOW, _HIGH) for column in (account_id, *same)))),
        statement.where(account_id.in_(_IDS)),
        Prepared(statement.where(account_id == _ID)),
    )


def parameters(
    as_of: date,
    zone: tzinfo,
    home: str,
    ids: Sequence[int] | None,
    used_day: date | None = None,
    within: Range = EVERYBODY,
) -> Asked:
    """What is asked: `ids` None means all accounts `within` the range; a day begins at midnight in `zone`.

    `used_day` is the day with which the windows of usage end; None: with the day asked about.
    """
    used = used_day or as_of
    before = {days: as_of - timedelta(days=days) for days in WINDOWS}
    return {
        "as_of": as_of,
        "as_of_day": as_of,
        "used_day": used,
        **{f"before_used_{days}": used - timedelta(days=days) for days in WINDOWS},
        "until": midnight(as_of + timedelta(days=1), zone),
        "home": home,
        "ids": ids,
        "id": ids[0] if ids else None,
        "low": within[0],
        "high": within[1],
        **{f"before_{days}": day for days, day in before.items()},
        **{f"before_day_{days}": day for days, day in before.items()},
        **{f"since_{days}": midnight(day + timedelta(days=1), zone) for days, day in before.items()},
    }


def midnight(day: date, zone: tzinfo) -> datetime:
    """The moment at which `day` begins in `zone`, in UTC."""
    return datetime.combine(day, time(), zone).astimezone(UTC)
