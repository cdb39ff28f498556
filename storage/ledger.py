"""The MRR ledger (mrr_movement): kept in the transaction that stores what it rests on, equal to a rebuild."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from itertools import islice
from typing import TypeVar

from sqlalchemy import ColumnElement, Connection, Engine, Table, and_, delete, insert, or_, select

from metrics.counting import Bill, counted
from metrics.movements import CAUSES, KINDS, ledger
from metrics.rollup import is_mixed
from metrics.types import EndReason, Interval, LedgerRules, Movement, SubscriptionRow
from storage.entity import Done, Values
from storage.kept_facts import forget_lines
from storage.ledger_rules import Built, built, remember, wanted
from storage.product_use import forget_customers
from storage.rollup import Following
from storage.schema import metadata
from storage.session import loading, reading

_TABLES = metadata().tables
_SUBSCRIPTION, _LINE, _INVOICE = _TABLES["subscription"], _TABLES["mrr_movement"], _TABLES["invoice"]
_PORTION = 500
"""Accounts or keys that one statement names."""

T = TypeVar("T", int, str)


def keep_rules(engine: Engine, rules: LedgerRules, today: date) -> None:
    """Make the ledger what these rules ask for on `today`; where it is, nothing waits for a writer."""
    with reading(engine) as db:
        if has_rules(db.connection(), rules, today):
            return
    with loading(engine) as db:
        settle_rules(db.connection(), rules, today)


def has_rules(connection: Connection, rules: LedgerRules, today: date) -> bool:
    """Whether the ledger, if there is one yet, is what these rules ask for on `today`."""
    return built(connection) in (None, wanted(rules, today))


def settle_rules(connection: Connection, rules: LedgerRules, today: date) -> None:
    """Rebuild all of the ledger if it was built by other rules, and what fell past due if only time has passed."""
    was, now = built(connection), wanted(rules, today)
    if was == now:
        return
    remember(connection, now)
    days = rules.past_due_days
    if was is not None and was.rules == rules and was.day is not None and days is not None:
        rebuild(connection, _turned(connection, days, *sorted((was.day, today))))
    else:
        rebuild(connection, _accounts(connection))


def follow(connection: Connection, values: Values) -> Done:
    """Before subscriptions are stored: note whose they are and were; afterwards: rebuild those accounts' lines."""
    accounts = {*values["account_id"], *_owners(connection, _SUBSCRIPTION, set(values["subscription_id"]))}
    return lambda: rebuild(connection, accounts)


def follow_invoices(connection: Connection, values: Values) -> Done:
    """The same for invoices, where by the ledger's rules it matters whether they are paid."""
    was = built(connection)
    if was is None or was.rules.past_due_days is None:
        return lambda: None
    accounts = {*values["account_id"], *_owners(connection, _INVOICE, set(values["invoice_id"]))}
    return lambda: rebuild(connection, accounts)


def rebuild(connection: Connection, account_ids: Collection[int]) -> None:
    """Make the ledger of these accounts what it rests on says; lines that are right are not written again."""
    made = built(connection) or Built(LedgerRules())
    following = Following(connection)
    for portion in _portions(account_ids):
        stored = stored_ledgers(connection, portion)
        right = ledgers(connection, portion, made.rules, made.day or date.min)
        wrong = [account for account in portion if right[account] != stored.get(account, ())]
        before = {account: stored.get(account, ()) for account in wrong}
        after = {account: right[account] for account in wrong}
        _replace(connection, after)
        following.lines(before, after)
        forget_customers(connection, before, after)
        forget_lines(connection, before, after)
    following.write()


def ledgers(
    connection: Connection, account_ids: Collection[int], rules: LedgerRules, today: date
) -> dict[int, tuple[Movement, ...]]:
    """The lines that each of some accounts (at most a few hundred) has by these rules, whatever is stored."""
    rows = _subscriptions(connection, account_ids)
    bills = {} if rules.past_due_days is None else _bills(connection, account_ids)
    return {
        account: ledger(
            counted(rows.get(account, ()), rules, bills.get(account, ()), today), grace_days=rules.grace_days
        )
        for account in account_ids
    }


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


def stored_ledgers(connection: Connection, account_ids: Collection[int]) -> Mapping[int, tuple[Movement, ...]]:
    """The lines that are stored of some accounts (at most a few hundred), by account; those that have any."""
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


def _owners(connection: Connection, table: Table, keys: Collection[str]) -> Iterator[int]:
    """The accounts that the table's rows with these keys are stored for."""
    c = table.c
    for portion in _portions(keys):
        yield from connection.execute(select(c.account_id).where(c.key.in_(portion)).distinct()).scalars()


def payable() -> ColumnElement[bool]:
    """The condition for invoices that are a Bill."""
    c = _INVOICE.c
    return and_(c.amount > 0, c.status != "void", or_(c.paid_on.is_not(None), c.status.in_(("open", "failed"))))


def _bills(connection: Connection, account_ids: Collection[int]) -> Mapping[int, list[Bill]]:
    c = _INVOICE.c
    found: defaultdict[int, list[Bill]] = defaultdict(list)
    query = select(c.account_id, c.due_on, c.paid_on).where(c.account_id.in_(account_ids), payable())
    for account, due_on, paid_on in connection.execute(query):
        found[account].append(Bill(due_on, paid_on))
    return found


def _turned(connection: Connection, days: int, since: date, until: date) -> set[int]:
    """The accounts with a bill that became past due, or was paid, after `since` and up to `until`."""
    c, late = _INVOICE.c, timedelta(days=days + 1)
    turned = or_(
        and_(c.due_on > since - late, c.due_on <= until - late),
        and_(c.paid_on > since, c.paid_on <= until),
    )
    return set(connection.execute(select(c.account_id).where(payable(), turned).distinct()).scalars())


def _portions(items: Collection[T]) -> Iterator[list[T]]:
    ordered = iter(sorted(items))
    while portion := list(islice(ordered, _PORTION)):
        yield portion
