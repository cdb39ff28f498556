"""What stands beside the figures of product use: each feature, the people, the accounts that use little or less."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from sqlalchemy import select

from metrics.types import AccountRow, Breakdown, BreakdownRow, Sentence, Value, plural
from storage.queries.chunks import chunks
from storage.queries.listed import ACCOUNT, by_mrr, row_of, with_mrr, without_former
from storage.queries.product_changes import Change, falls, single_features
from storage.queries.product_kept import kept_of
from storage.queries.product_totals import adopters_of, people_of
from storage.queries.product_window import features_tracked, window_of
from storage.queries.tables import account
from storage.queries.totals import Scope
from storage.session import Session

LEAST_FALL: Final = Fraction(1, 4)
"""A smaller fall is a holiday."""
LEAST_SESSIONS: Final = 20
"""Accounts with fewer sessions in the 28 days before are left out: their fall is chance."""
LEAST_DAYS: Final = 8
"""The same for those whose sessions nobody counts, in days with use."""


def by_feature(db: Session, scope: Scope) -> Breakdown:
    """Each tracked feature with the customers that used it and their share of all, the most used first."""
    window = window_of(db, scope.period)
    if window is None:
        return Breakdown(Sentence("Use of each feature"), ())
    used = kept_of(db, scope.book, window) or adopters_of(db, scope.book, window)
    counted = used.by_feature
    tracked = sorted(features_tracked(db, window), key=lambda feature: -counted[feature])
    rows = (
        BreakdownRow(
            feature,
            (
                plural("{count} customer", "{count} customers", counted[feature]),
                Fraction(counted[feature], used.customers),
            ),
        )
        for feature in tracked
        if used.customers
    )
    title = Sentence("Use of each feature, {first} to {last}", {"first": window.first, "last": window.last})
    return Breakdown(title, tuple(rows))


def active_users(db: Session, scope: Scope) -> Breakdown:
    """How many people use the product, and for how long each of them in a week, as far as minutes are counted."""
    title = Sentence("Active users in 28 days")
    window = window_of(db, scope.period)
    found = window and (kept_of(db, scope.book, window) or people_of(db, scope.book, window))
    if found is None or not found.users:
        return Breakdown(title, ())
    rows = [BreakdownRow(Sentence("People"), (found.users,))]
    if found.seconds:
        minutes = (found.seconds + 30 * found.user_weeks) // (60 * found.user_weeks)  # half up
        rows.append(BreakdownRow(Sentence("Minutes per user and week"), (minutes,)))
    return Breakdown(title, tuple(rows))


def one_feature_only(db: Session, scope: Scope) -> tuple[AccountRow, ...]:
    """The customers that use a single one of several features, those that pay most first."""
    window = window_of(db, scope.period)
    if window is None or len(features_tracked(db, window)) == 1:
        return ()
    only = single_features(db, scope.book, window)
    why = {account_id: Sentence("Uses {feature} only", {"feature": feature}) for account_id, feature in only.items()}
    return tuple(sorted(_customers(db, scope, why), key=by_mrr))


def use_fallen(db: Session, scope: Scope) -> tuple[AccountRow, ...]:
    """The customers that use it less than in the 28 days before, by a quarter or more, the deepest fall first."""
    window = window_of(db, scope.period)
    if window is None:
        return ()
    fallen = falls(db, scope.book, window, least=LEAST_FALL)
    told = {account_id: change for account_id, change in fallen if _is_told(change)}
    found = _customers(db, scope, {account_id: _fallen(change) for account_id, change in told.items()})
    return tuple(sorted(found, key=lambda row: (-_fall(told[row.account_id]), *by_mrr(row))))


def _customers(db: Session, scope: Scope, why: Mapping[int, Sentence]) -> list[AccountRow]:
    """The accounts with their reasons, but for those that have left since."""
    found = (
        row_of(row, why[row[0]])
        for some in chunks(why.keys())
        for row in db.execute(select(*ACCOUNT).where(account.c.id.in_(some)))
    )
    return without_former(with_mrr(db, scope, list(found)))


def _fall(change: Change) -> Fraction:
    """By which share of the use before the account uses the product less."""
    return 1 - Fraction(change.now, change.before)


def _is_told(change: Change) -> bool:
    """Not where the account used the product too little for a fall to say anything."""
    return change.before >= (LEAST_DAYS if change.in_days else LEAST_SESSIONS)


def _fallen(change: Change) -> Sentence:
    values: dict[str, Value] = {"fall": _fall(change), "before": change.before}
    if change.in_days:
        return plural(
            "{fall} less: used on {count} day, on {before} in the 28 days before",
            "{fall} less: used on {count} days, on {before} in the 28 days before",
            change.now,
            **values,
        )
    return plural(
        "{fall} less: {count} session, {before} in the 28 days before",
        "{fall} less: {count} sessions, {before} in the 28 days before",
        change.now,
        **values,
    )
