"""The parts of the book with the most accounts, where there are more of them than a menu has lines."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, bindparam, func, select

from storage.prepared import Prepared
from storage.queries.tables import account, subscription
from storage.session import Session


class PartOf(StrEnum):
    """What accounts are told apart by."""

    SEGMENT = "segment"
    CSM = "csm"
    PLAN = "plan"


def _largest(column: ColumnElement[Any], accounts: ColumnElement[Any]) -> Select[Any]:
    size = func.count(accounts.distinct())
    named = select(column).where(column.is_not(None)).group_by(column)
    return named.order_by(size.desc(), column).limit(bindparam("most"))


_LARGEST: Final[Mapping[PartOf, Prepared]] = {
    PartOf.SEGMENT: Prepared(_largest(account.c.segment, account.c.id)),
    PartOf.CSM: Prepared(_largest(account.c.csm_email, account.c.id)),
    PartOf.PLAN: Prepared(_largest(subscription.c.plan, subscription.c.account_id)),
}


def largest(db: Session, part: PartOf, most: int) -> tuple[str, ...]:
    """The names of at most so many parts, those with the most accounts first."""
    return tuple(str(name) for (name,) in _LARGEST[part].rows(db, {"most": most}))
