"""Who paid in the 365 days that end with a period, and who paid several times."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Date, Subquery, bindparam, func, select

from metrics.facts import PayerFacts
from storage.queries.books import accounts_of
from storage.queries.tables import account, invoice
from storage.queries.totals import Scope, Totals
from storage.session import Session

REPEAT_WINDOW: Final = timedelta(days=365)
"""In which an account must have paid twice to have come back."""

_SEVERAL: Final = 2
_SINCE, _UNTIL = bindparam("since", type_=Date), bindparam("until", type_=Date)
_two = (
    select(invoice.c.id)
    .where(
        invoice.c.account_id == account.c.id,
        invoice.c.status == "paid",
        invoice.c.paid_on >= _SINCE,
        invoice.c.paid_on < _UNTIL,
    )
    .limit(_SEVERAL)
    .correlate(account)
    .subquery()
)
_number = select(func.count()).select_from(_two).correlate(account).scalar_subquery().label("number")
"""How many invoices an account paid, of which no more than _SEVERAL are looked at: that is all that matters."""


def load(db: Session, scope: Scope) -> PayerFacts:
    """The payers of the book."""
    counted = _counted(db, scope)
    found = db.execute(select(counted.c.number, func.count()).group_by(counted.c.number), _asked(scope))
    by_number: dict[int, int] = {number: count for number, count in found}  # noqa: C416 - rows are no pairs
    several = by_number.get(_SEVERAL, 0)
    return PayerFacts(by_number.get(1, 0) + several, several)


def by_account(db: Session, scope: Scope) -> Mapping[int, PayerFacts]:
    """Those who paid, each one payer."""
    counted = _counted(db, scope, account.c.id)
    found = db.execute(select(counted.c.id, counted.c.number).where(counted.c.number > 0), _asked(scope))
    return {account_id: PayerFacts(1, int(number == _SEVERAL)) for account_id, number in found}


def _counted(db: Session, scope: Scope, *columns: ColumnElement[Any]) -> Subquery:
    """How many invoices each account of the book paid."""
    each = select(*columns, _number).select_from(account)
    accounts = accounts_of(db, scope.book)
    if accounts is not None:
        each = each.where(account.c.id.in_(accounts))
    # An offset of 0 makes SQLite count each account's invoices once, not once for each mention of the number.
    return each.offset(0).subquery()


def _asked(scope: Scope) -> dict[str, date]:
    return {"since": scope.period.end - REPEAT_WINDOW, "until": scope.period.end}


TOTALS = Totals(id="payers", facts=PayerFacts, load=load, by_account=by_account, rests_on=("invoice",), in_money=False)
