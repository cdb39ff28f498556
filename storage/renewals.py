"""The history of renewal days (renewal), kept in the transaction that stores accounts.

An account tells only when it is due next. Once that day moves forward by a term, the one before it stays behind here as
one that was due, whether the account renewed or not.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Set
from datetime import date, timedelta
from itertools import islice
from typing import Final

from sqlalchemy import Connection, bindparam, delete, insert, select

from storage.entity import Done, Values
from storage.schema import metadata

SHORTEST_TERM: Final = timedelta(days=28)
"""A renewal day that moves by less is the same renewal on another day: no contract is shorter than a month."""

_ACCOUNT, _RENEWAL = metadata().tables["account"], metadata().tables["renewal"]
_PORTION = 500
"""Accounts that one statement names."""

Known = Mapping[int, Set[date]]


def follow(connection: Connection, values: Values) -> Done:
    """After accounts are stored: remember the renewal days that they came with; an unknown one changes nothing."""
    due = values.get("renewal_on", ())
    keys = {key for key, day in zip(values["account_id"], due, strict=bool(due)) if day is not None}
    return lambda: remember(connection, keys)


def remember(connection: Connection, keys: Collection[str]) -> None:
    """Put the next renewal day of the accounts with these keys into their history; what is right is not written."""
    for portion in _portions(keys):
        following = _following(connection, portion)
        known = _known(connection, following)
        right = {account: history(known.get(account, frozenset()), day) for account, day in following.items()}
        gone = [(account, day) for account, days in known.items() for day in sorted(days - right[account])]
        new = [
            (account, day) for account, days in right.items() for day in sorted(days - known.get(account, frozenset()))
        ]
        if gone:
            those = (_RENEWAL.c.account_id == bindparam("of_account"), _RENEWAL.c.due_on == bindparam("of_day"))
            connection.execute(delete(_RENEWAL).where(*those), [{"of_account": a, "of_day": day} for a, day in gone])
        if new:
            connection.execute(insert(_RENEWAL), [{"account_id": account, "due_on": day} for account, day in new])


def history(known: Set[date], following: date) -> Set[date]:
    """The renewal days of an account whose next one is `following`, of which those in `known` have been heard before.

    Days after it are plans that no longer hold; those shortly before it are the same renewal, put off.

    >>> sorted(history({date(2025, 12, 1), date(2026, 11, 20)}, date(2026, 12, 1)))
    [datetime.date(2025, 12, 1), datetime.date(2026, 12, 1)]
    """
    return {day for day in known if day <= following - SHORTEST_TERM} | {following}


def _following(connection: Connection, keys: Collection[str]) -> dict[int, date]:
    """The next renewal day of each account that has one."""
    c = _ACCOUNT.c
    found = connection.execute(select(c.id, c.renewal_on).where(c.key.in_(keys), c.renewal_on.is_not(None)))
    return {row.id: row.renewal_on for row in found}


def _known(connection: Connection, accounts: Collection[int]) -> Known:
    c = _RENEWAL.c
    days: defaultdict[int, set[date]] = defaultdict(set)
    for account, day in connection.execute(select(c.account_id, c.due_on).where(c.account_id.in_(accounts))):
        days[account].add(day)
    return days


def _portions(keys: Collection[str]) -> Iterator[list[str]]:
    ordered = iter(sorted(keys))
    while portion := list(islice(ordered, _PORTION)):
        yield portion
