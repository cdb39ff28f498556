"""Accounts in a list behind a figure, with what they pay at the end of the period."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from metrics.types import AccountRow, Money, Sentence
from storage.queries.asking import parameters
from storage.queries.chunks import MOST_IDS
from storage.queries.money_facts import mrr
from storage.queries.tables import account
from storage.queries.totals import Scope
from storage.session import Session

ACCOUNT: Final = (account.c.id, account.c.key, account.c.name, account.c.segment)
"""What the beginning of an AccountRow is read from, in its order."""


def row_of(who: Sequence[Any], why: Sentence, day: date | None = None) -> AccountRow:
    """A row from the values of ACCOUNT."""
    account_id, key, name, segment = who
    return AccountRow(account_id, key, name, segment, why, day=day)


def with_mrr(db: Session, scope: Scope, rows: Sequence[AccountRow]) -> list[AccountRow]:
    """The same rows with the MRR of each; None where an account has never paid anything.

    MissingRate where a currency that one of them pays in has no rate.
    """
    ids = {row.account_id for row in rows}
    if not ids:
        return []
    asked = parameters(scope.period.last, scope.zone, scope.rates.home, sorted(ids) if len(ids) <= MOST_IDS else None)
    paid = {account_id: now for account_id, (now, _) in mrr(db, asked, scope.rates).items()}
    home = scope.rates.home
    return [row._replace(mrr=Money(paid[row.account_id], home) if row.account_id in paid else None) for row in rows]


def without_former(rows: Iterable[AccountRow]) -> list[AccountRow]:
    """The rows of accounts that have not stopped paying: whoever left is asked for nothing."""
    return [row for row in rows if row.mrr is None or row.mrr.minor > 0]


def by_mrr(row: AccountRow) -> tuple[int, str]:
    """For sorting: the largest MRR first, accounts that pay nothing last, equals by key."""
    return -(row.mrr.minor if row.mrr else 0), row.key
