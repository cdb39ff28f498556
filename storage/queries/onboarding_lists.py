"""The accounts behind the figures of onboarding: stalled, on their way, through; and what the stalled ones lack."""

from collections.abc import Iterator
from datetime import date
from functools import reduce
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select

from metrics.types import AccountRow, Breakdown, BreakdownRow, Sentence, plural
from storage.queries.books import accounts_of
from storage.queries.chunks import chunks
from storage.queries.freshness import usage_until
from storage.queries.listed import ACCOUNT, by_mrr, row_of, with_mrr
from storage.queries.onboarding import completed, in_progress, late, under_way
from storage.queries.tables import account, contact, usage
from storage.queries.totals import Scope
from storage.queries.use import is_use
from storage.session import Session

_a, _c = account.c, contact.c
_NOBODY: Final = (0, 0, 0)


def progress(db: Session, scope: Scope) -> Breakdown:
    """How many onboardings are under way on the period's last day, and how many of them have stalled."""
    found = under_way(db, scope.book, scope.period.last, scope.definitions)
    longer = Sentence("Stalled, longer than {days} days", {"days": scope.definitions.onboarding_days})
    rows = (BreakdownRow(Sentence("In progress"), (found.in_progress,)), BreakdownRow(longer, (found.stalled,)))
    title = Sentence("Under way on {day}", {"day": scope.period.last})
    return Breakdown(title, rows if found.in_progress else ())


def stalled(db: Session, scope: Scope) -> tuple[AccountRow, ...]:
    """The onboardings that take longer than the company gives them, the longest first, with what they lack."""
    last = scope.period.last
    found = _onboardings(db, scope, and_(in_progress(last), late(last, scope.definitions)))
    lacks = _lacks(db, scope, [one.account_id for one in found])
    rows = with_mrr(db, scope, [one.row(_overdue(one.days_to(last), lacks[one.account_id])) for one in found])
    return tuple(sorted(rows, key=_longest_first))


def on_their_way(db: Session, scope: Scope) -> tuple[AccountRow, ...]:
    """The onboardings that are still within the company's time, the longest first."""
    last = scope.period.last
    found = _onboardings(db, scope, and_(in_progress(last), ~late(last, scope.definitions)))
    rows = with_mrr(db, scope, [one.row(_in_time(one.days_to(last), scope)) for one in found])
    return tuple(sorted(rows, key=_longest_first))


def through(db: Session, scope: Scope) -> tuple[AccountRow, ...]:
    """The accounts that were activated in the period, those that took longest first."""
    found = _onboardings(db, scope, completed(scope.period.start, scope.period.end))
    ended = [(one, one.activated_on) for one in found if one.activated_on is not None]
    lengths = {one.account_id: one.days_to(day) for one, day in ended}
    rows = with_mrr(db, scope, [one.row(_done(one.days_to(day)), day) for one, day in ended])
    return tuple(sorted(rows, key=lambda row: (-lengths[row.account_id], *by_mrr(row))))


class _Onboarding(NamedTuple):
    account_id: int
    key: str
    name: str
    segment: str | None
    started_on: date
    activated_on: date | None

    def days_to(self, day: date) -> int:
        """How long it has taken up to the day."""
        return (day - self.started_on).days

    def row(self, why: Sentence, day: date | None = None) -> AccountRow:
        """Its line, with the day of its start unless another one says more."""
        return row_of(self[:4], why, day or self.started_on)


def _onboardings(db: Session, scope: Scope, which: ColumnElement[bool]) -> list[_Onboarding]:
    accounts = accounts_of(db, scope.book)
    query = select(*ACCOUNT, _a.onboarding_started_on, _a.activated_on).where(which)
    found = db.execute(query if accounts is None else query.where(_a.id.in_(accounts)))
    return [_Onboarding._make(row) for row in found]


def _longest_first(row: AccountRow) -> tuple[date | None, int, str]:
    return row.day, *by_mrr(row)


def _done(days: int) -> Sentence:
    return plural("Onboarded in {count} day", "Onboarded in {count} days", days)


def _in_time(days: int, scope: Scope) -> Sentence:
    return Sentence("Day {day} of {days}", {"day": days, "days": scope.definitions.onboarding_days})


def _overdue(days: int, lacks: list[Sentence]) -> Sentence:
    if not lacks:
        return plural(
            "Began {count} day ago; only the activation is missing",
            "Began {count} days ago; only the activation is missing",
            days,
        )
    missing = reduce(lambda before, lack: Sentence("{before}, {next}", {"before": before, "next": lack}), lacks)
    return plural("Began {count} day ago: {missing}", "Began {count} days ago: {missing}", days, missing=missing)


# --- What is missing -----------------------------------------------------------------------------------------------


def _lacks(db: Session, scope: Scope, ids: list[int]) -> dict[int, list[Sentence]]:
    """By account what an onboarding needs and this one has not, as far as the data tells."""
    last = scope.period.last
    people = _people(db, ids, last)
    tell_activations = db.execute(_anybody_activated).scalar()
    users = _users(db, ids, last) if usage_until(db, as_of=last) else None
    lacks: dict[int, list[Sentence]] = {}
    for account_id in ids:
        there, points, activated = people.get(account_id, _NOBODY)
        lacks[account_id] = list(_of_people(there, points, activated if tell_activations else there))
        if users is not None and account_id not in users:
            lacks[account_id].append(Sentence("the product is not used yet"))
    return lacks


_anybody_activated = select(exists().where(_c.activated_on.is_not(None)))


def _of_people(there: int, points: int, activated: int) -> Iterator[Sentence]:
    if not points:
        yield Sentence("no point of contact")
    if there and activated < there:
        yield plural(
            "{activated} of {count} person activated",
            "{activated} of {count} people activated",
            there,
            activated=activated,
        )


def _people(db: Session, ids: list[int], on: date) -> dict[int, tuple[int, int, int]]:
    """By account who is there on the day: contacts, points of contact among them, those that are activated."""
    there = and_(or_(_c.started_on.is_(None), _c.started_on <= on), or_(_c.left_on.is_(None), _c.left_on > on))
    found: dict[int, tuple[int, int, int]] = {}
    for some in chunks(ids):
        rows = db.execute(
            select(
                _c.account_id,
                func.count(),
                func.count(case((_c.is_poc, 1))),
                func.count(case((_c.activated_on <= on, 1))),
            )
            .where(_c.account_id.in_(some), there)
            .group_by(_c.account_id)
        )
        found.update({row[0]: (row[1], row[2], row[3]) for row in rows})
    return found


def _users(db: Session, ids: list[int], on: date) -> set[int]:
    """The accounts among these that have ever used the product."""
    using = exists().where(usage.c.account_id == _a.id, usage.c.day <= on, is_use(usage))
    found: set[int] = set()
    for some in chunks(ids):
        found.update(db.execute(select(_a.id).where(_a.id.in_(some), using)).scalars())
    return found
