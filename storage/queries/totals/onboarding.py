"""Accounts and users on their way to using the product: who started, who got there, who is still on it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select

from metrics.facts import OnboardingTotals
from storage.queries.onboarding import UnderWay, completed, under_way, under_way_by_account
from storage.queries.tables import account, contact
from storage.queries.totals import Scope, Totals
from storage.queries.within import within
from storage.session import Session

_a, _c = account.c, contact.c
_NOT_UNDER_WAY = UnderWay(0, 0)


def load(db: Session, scope: Scope) -> OnboardingTotals:
    """The onboardings of the book's accounts in the period; those under way at the end of its last day."""
    users = db.execute(_users(db, scope)).one()
    finished = db.execute(_finished(db, scope)).all()
    now = under_way(db, scope.book, scope.period.last, scope.definitions)
    known = db.execute(_begun(db, scope).limit(1)).first() is not None
    return _totals(users, [(started_on, activated_on) for _, started_on, activated_on in finished], now, known=known)


def by_account(db: Session, scope: Scope) -> Mapping[int, OnboardingTotals]:
    """Those of each account with a user who started, and of each that finished its own or is on its way."""
    started = _users(db, scope, _c.account_id).group_by(_c.account_id)
    users = {account_id: counts for account_id, *counts in db.execute(started)}
    finished: defaultdict[int, list[tuple[date, date]]] = defaultdict(list)
    for account_id, started_on, activated_on in db.execute(_finished(db, scope)):
        finished[account_id].append((started_on, activated_on))
    now = under_way_by_account(db, scope.book, scope.period.last, scope.definitions)
    known = set(db.execute(_begun(db, scope)).scalars())
    return {
        account_id: _totals(
            users.get(account_id, (0, 0)),
            finished.get(account_id, ()),
            now.get(account_id, _NOT_UNDER_WAY),
            known=account_id in known,
        )
        for account_id in users.keys() | finished.keys() | now.keys()
    }


def _users(db: Session, scope: Scope, *keys: ColumnElement[Any]) -> Select[Any]:
    """`keys`, the contacts who started in the period, and how many of them were activated by its end."""
    start, end = scope.period.start, scope.period.end
    return select(*keys, func.count(), func.count(case((_c.activated_on < end, 1)))).where(
        _c.started_on >= start, _c.started_on < end, *within(db, scope.book, _c.account_id)
    )


def _finished(db: Session, scope: Scope) -> Select[Any]:
    """Each account that was activated in the period, when it began and when that was."""
    return select(_a.id, _a.onboarding_started_on, _a.activated_on).where(
        completed(scope.period.start, scope.period.end), *within(db, scope.book, _a.id)
    )


def _begun(db: Session, scope: Scope) -> Select[Any]:
    """Each account whose onboarding is known to have begun by the period's end."""
    return select(_a.id).where(_a.onboarding_started_on < scope.period.end, *within(db, scope.book, _a.id))


def _totals(
    users: Sequence[int], finished: Sequence[tuple[date, date]], now: UnderWay, *, known: bool
) -> OnboardingTotals:
    started, activated = users
    return OnboardingTotals(
        users_started=started,
        users_activated=activated,
        days=tuple(sorted((activated_on - started_on).days for started_on, activated_on in finished)),
        in_progress=now.in_progress,
        stalled=now.stalled,
        known=known,
    )


TOTALS = Totals(
    id="onboarding",
    facts=OnboardingTotals,
    load=load,
    by_account=by_account,
    rests_on=("account", "contact"),
    in_money=False,
)
