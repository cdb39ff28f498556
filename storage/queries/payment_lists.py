"""Payments that failed: what is still open at the end of a period and since when, and what was recovered in it."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import Any, Final, NamedTuple

from sqlalchemy import and_, or_, select

from metrics.money import Rates
from metrics.types import AccountRow, Breakdown, BreakdownRow, Money, Sentence, Value, msg, plural
from storage.queries.failures import collected_during, failed_before, failed_during, failing_since
from storage.queries.listed import ACCOUNT, by_mrr, row_of, with_mrr
from storage.queries.tables import account, invoice
from storage.queries.totals import Scope
from storage.queries.within import within
from storage.session import Session

NO_INVOICES: Final = msg("No invoices yet. Import them with `latido import invoices.csv`.")
NOTHING_FAILS: Final = msg("No payment is failing.")
_AGES: Final = (
    (0, 7, msg("Failing for up to 7 days")),
    (8, 30, msg("Failing for 8 to 30 days")),
    (31, None, msg("Failing for more than 30 days")),
)
"""First and last day of each age that is told apart; None: no last one."""

_c = invoice.c


class _Bill(NamedTuple):
    """An invoice whose payment failed."""

    who: tuple[Any, ...]
    """The values of ACCOUNT."""
    currency: str
    amount: int
    failed_on: date
    paid_on: date | None
    attempts: int | None

    @property
    def account_id(self) -> int:
        """Whose it is."""
        return int(self.who[0])


def open_failures(db: Session, scope: Scope) -> Breakdown:
    """What is at stake in failed payments that are open at the end of the period, and how long they have been failing.

    Where no invoice is known it says so: that nothing fails would be a guess.
    """
    last = scope.period.last
    title = Sentence("Failed payments still open on {day}", {"day": last})
    bills = _open(db, scope)
    if not bills:
        known = db.execute(select(_c.id).limit(1)).first() is not None
        return Breakdown(title, (BreakdownRow(Sentence(NOTHING_FAILS if known else NO_INVOICES), ()),))
    owing = {bill.account_id: row_of(bill.who, title) for bill in bills}
    mrr = [row.mrr.minor for row in with_mrr(db, scope, list(owing.values())) if row.mrr and row.mrr.minor]
    at_stake = Money(sum(mrr), scope.rates.home)
    customers = plural("{count} customer", "{count} customers", len(mrr))
    attempts = sum(bill.attempts or 0 for bill in bills)
    tried = (plural("{count} attempt to collect", "{count} attempts to collect", attempts),) if attempts else ()
    ages = ((title, _aged(bills, last, first, most)) for first, most, title in _AGES)
    rows = (
        BreakdownRow(Sentence("Unpaid"), (*_sum(bills, scope.rates), *tried)),
        BreakdownRow(Sentence("MRR at stake"), (at_stake, customers)),
        *(BreakdownRow(Sentence(title), _sum(aged, scope.rates)) for title, aged in ages if aged),
    )
    return Breakdown(title, rows)


def recovered(db: Session, scope: Scope) -> Breakdown:
    """The payments that failed in the period, and those that were collected in it after they had failed."""
    start, end = scope.period.start, scope.period.end
    failed = _bills(db, scope, failed_during(start, end), _c.status != "void")
    paid = _bills(db, scope, collected_during(start, end))
    rows = []
    if failed:
        rows.append(BreakdownRow(Sentence("Payments that failed"), _sum(failed, scope.rates)))
    if paid:
        rows.append(BreakdownRow(Sentence("Collected after they had failed"), _sum(paid, scope.rates)))
    return Breakdown(Sentence("Failed and recovered in the period"), tuple(rows))


def failing_accounts(db: Session, scope: Scope) -> list[AccountRow]:
    """The accounts with failed payments that are open at the end of the period, the most MRR at stake first."""
    rows, owed = [], {}
    for account_id, found in groupby(_open(db, scope), key=attrgetter("account_id")):
        bills = list(found)
        owed[account_id] = _worth(bills, scope.rates)
        since = min(bill.failed_on for bill in bills)
        rows.append(row_of(bills[0].who, _why(bills, since, scope), since))
    return sorted(
        with_mrr(db, scope, rows),
        key=lambda row: (-(row.mrr.minor if row.mrr else 0), -owed[row.account_id], row.key),
    )


def recovered_accounts(db: Session, scope: Scope) -> list[AccountRow]:
    """The accounts that paid in the period what had failed, the most MRR that was at stake first."""
    start, end = scope.period.start, scope.period.end
    paid = _bills(db, scope, collected_during(start, end))
    rows = []
    for _, found in groupby(paid, key=attrgetter("account_id")):
        bills = list(found)
        last = max(bill.paid_on for bill in bills if bill.paid_on)
        days = max((bill.paid_on - bill.failed_on).days for bill in bills if bill.paid_on)
        rows.append(row_of(bills[0].who, _recovered_why(bills, last, days, scope), last))
    return sorted(with_mrr(db, scope, rows), key=by_mrr)


def _recovered_why(bills: Sequence[_Bill], paid_on: date, days: int, scope: Scope) -> Sentence:
    attempts = sum(bill.attempts or 0 for bill in bills)
    about: dict[str, Value] = {
        "amount": _amount(bills, scope),
        "day": paid_on,
        "after": plural("after {count} day", "after {count} days", days),
        "attempts": plural("{count} attempt", "{count} attempts", attempts),
    }
    if not attempts:
        about.pop("attempts")
        return Sentence("{amount} paid on {day}, {after}", about)
    return Sentence("{amount} paid on {day}, {after} and {attempts}", about)


def _open(db: Session, scope: Scope) -> list[_Bill]:
    """The failed payments that are open at the end of the period, by account."""
    last = scope.period.last
    unpaid = or_(_c.paid_on > last, and_(_c.paid_on.is_(None), or_(_c.status == "open", _c.status == "failed")))
    return _bills(db, scope, _c.status != "void", unpaid, failed_before(scope.period.end))


def _bills(db: Session, scope: Scope, *conditions: Any) -> list[_Bill]:  # noqa: ANN401 - as select().where takes them
    found = db.execute(
        select(*ACCOUNT, _c.currency, _c.amount, failing_since, _c.paid_on, _c.attempts)
        .join_from(invoice, account, account.c.id == _c.account_id)
        .where(*conditions, *within(db, scope.book, _c.account_id))
        .order_by(_c.account_id, _c.id)
    )
    return [_Bill(tuple(row[: len(ACCOUNT)]), *row[len(ACCOUNT) :]) for row in found]


def _aged(bills: Sequence[_Bill], last: date, first: int, most: int | None) -> list[_Bill]:
    """Those that have been failing for `first` to `most` days; None: or longer."""
    return [
        bill
        for bill in bills
        if first <= (last - bill.failed_on).days and (most is None or (last - bill.failed_on).days <= most)
    ]


def _sum(bills: Sequence[_Bill], rates: Rates) -> tuple[Value, ...]:
    return plural("{count} invoice", "{count} invoices", len(bills)), Money(_worth(bills, rates), rates.home)


def _worth(bills: Sequence[_Bill], rates: Rates) -> int:
    """Their amounts in the report's currency."""
    worth = cache(rates.to_home)
    return sum(worth(bill.amount, bill.currency) for bill in bills)


def _why(bills: Sequence[_Bill], since: date, scope: Scope) -> Sentence:
    """What an account owes, since when, and how often collecting it was tried."""
    attempts = sum(bill.attempts or 0 for bill in bills)
    about: dict[str, Value] = {
        "amount": _amount(bills, scope),
        "failing": plural("failing for {count} day", "failing for {count} days", (scope.period.last - since).days),
        "attempts": plural("{count} attempt", "{count} attempts", attempts),
    }
    if not attempts:
        about.pop("attempts")
        return plural(
            "{count} invoice, {amount}, {failing}", "{count} invoices, {amount}, {failing}", len(bills), **about
        )
    return plural(
        "{count} invoice, {amount}, {failing}, {attempts}",
        "{count} invoices, {amount}, {failing}, {attempts}",
        len(bills),
        **about,
    )


def _amount(bills: Sequence[_Bill], scope: Scope) -> Money:
    """Their sum in the customer's currency, or in the report's where they are in several."""
    currencies = {bill.currency for bill in bills}
    if len(currencies) == 1:
        return Money(sum(bill.amount for bill in bills), currencies.pop())
    return Money(_worth(bills, scope.rates), scope.rates.home)
