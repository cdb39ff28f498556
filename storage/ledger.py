"""The MRR ledger (mrr_movement): kept in the transaction that stores subscriptions, equal to a rebuild from scratch."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from typing import TypeVar

from sqlalchemy import Connection, Engine, delete, insert, select, update

from metrics.movements import CAUSES, KINDS, ledger
from metrics.rollup import is_mixed
from metrics.types import EndReason, Interval, Movement, SubscriptionRow
from storage.entity import Done, Values
from storage.rollup import Following
from storage.schema import metadata
from storage.session import loading, reading

_TABLES = metadata().tables
_SUBSCRIPTION, _LINE, _SETTING = _TABLES["subscription"], _TABLES["mrr_movement"], _TABLES["setting"]
_GRACE = "churn_grace_days"
_PORTION = 500
"""Accounts or keys that one statement names."""

T = TypeVar("T", int, str)


def keep_grace_days(engine: Engine, grace_days: int) -> None:
    """Rebuild the whole ledger if it was built with other grace days; where it was not, nothing waits for a writer."""
    with reading(engine) as db:
        if has_grace_days(db.connection(), grace_days):
            return
    with loading(engine) as db:
        settle_grace_days(db.connection(), grace_days)


def has_grace_days(connection: Connection, grace_days: int) -> bool:
    """Whether the ledger, if there is one yet, was built with these grace days."""
    return _grace_days(connection) in (None, grace_days)


def settle_grace_days(connection: Connection, grace_days: int) -> None:
    """Rebuild the whole ledger if it was built with other grace days than these."""
    if _grace_days(connection) != grace_days:
        _remember(connection, grace_days)
        rebuild(connection, _accounts(connection))


def follow(connection: Connection, values: Values) -> Done:
    """Before subscriptions are stored: note whose they are and were; afterwards: rebuild those accounts' lines."""
    accounts = {*values["account_id"], *_owners(connection, set(values["subscription_id"]))}
    return lambda: rebuild(connection, accounts)


def rebuild(connection: Connection, account_ids: Collection[int]) -> None:
    """Make the ledger of these accounts what their subscriptions say; lines that are right are not written again."""
    grace_days = _grace_days(connection) or 0
    following = Following(connection)
    for portion in _portions(account_ids):
        rows, stored = _subscriptions(connection, portion), _lines(connection, portion)
        right = {account: ledger(rows.get(account, ()), grace_days=grace_days) for account in portion}
        wrong = [account for account in portion if right[account] != stored.get(account, ())]
        _replace(connection, {account: right[account] for account in wrong})
        following.lines(
            {account: stored.get(account, ()) for account in wrong},
            {account: right[account] for account in wrong},
        )
    following.write()


def _replace(connection: Connection, lines: Mapping[int, tuple[Movement, ...]]) -> None:
    connection.execute(delete(_LINE).where(_LINE.c.account_id.in_(lines)))
    new = [
        {"account_id": account, "mixed": is_mixed(found), **line._asdict()}
        for account, found in lines.items()
        for line in found
    ]
    if new:
        connection.execute(insert(_LINE), new)


def _subscriptions(connection: Connection, account_ids: Collection[int]) -> Mapping[int, list[SubscriptionRow]]:
    c = _SUBSCRIPTION.c
    columns = (c.key, *(c[name] for name in SubscriptionRow._fields[1:]))
    found: defaultdict[int, list[SubscriptionRow]] = defaultdict(list)
    for account, *values in connection.execute(select(c.account_id, *columns).where(c.account_id.in_(account_ids))):
        row = SubscriptionRow(*values)
        end_reason = row.end_reason and EndReason(row.end_reason)
        found[account].append(row._replace(interval=Interval(row.interval), end_reason=end_reason))
    return found


def _lines(connection: Connection, account_ids: Collection[int]) -> Mapping[int, tuple[Movement, ...]]:
    c = _LINE.c
    columns = [c[name] for name in Movement._fields]
    found: defaultdict[int, list[Movement]] = defaultdict(list)
    query = (
        select(c.account_id, *columns).where(c.account_id.in_(account_ids)).order_by(c.account_id, c.day, c.currency)
    )
    for account, *values in connection.execute(query):
        line = Movement(*values)
        found[account].append(line._replace(kind=KINDS[line.kind], cause=CAUSES[line.cause]))
    return {account: tuple(lines) for account, lines in found.items()}


def _accounts(connection: Connection) -> set[int]:
    """Those with subscriptions, and those with lines."""
    tables = (_SUBSCRIPTION, _LINE)
    return {
        account for table in tables for account in connection.execute(select(table.c.account_id).distinct()).scalars()
    }


def _owners(connection: Connection, keys: Collection[str]) -> Iterator[int]:
    """The accounts that subscriptions with these keys are stored for."""
    c = _SUBSCRIPTION.c
    for portion in _portions(keys):
        yield from connection.execute(select(c.account_id).where(c.key.in_(portion)).distinct()).scalars()


def _grace_days(connection: Connection) -> int | None:
    """What the ledger was built with; None: nothing was ever built."""
    value = connection.execute(select(_SETTING.c.value).where(_SETTING.c.name == _GRACE)).scalar()
    return None if value is None else int(value)


def _remember(connection: Connection, grace_days: int) -> None:
    if _grace_days(connection) is None:
        connection.execute(insert(_SETTING).values(name=_GRACE, value=str(grace_days)))
    else:
        connection.execute(update(_SETTING).where(_SETTING.c.name == _GRACE).values(value=str(grace_days)))


def _portions(items: Collection[T]) -> Iterator[list[T]]:
    ordered = iter(sorted(items))
    while portion := list(islice(ordered, _PORTION)):
        yield portion
