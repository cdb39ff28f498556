"""Renewals that are coming, by risk, and what became of those that were due."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import Final, NamedTuple

from sqlalchemy import select

from metrics.types import (
    AccountRow,
    Band,
    Breakdown,
    BreakdownRow,
    HealthPoint,
    Money,
    Sentence,
    msg,
    plural,
)
from storage.queries.chunks import chunks
from storage.queries.rates import rates_like
from storage.queries.renewals import Renewal, overdue_renewals, renewals
from storage.queries.snapshots import latest_scores
from storage.queries.tables import account
from storage.queries.totals import Scope
from storage.session import Session

HORIZONS: Final = (30, 60, 90)
"""Days from today that renewals are counted for."""

_RISKS: Final[Sequence[tuple[Band | None, str]]] = (
    (Band.POOR, msg("poor health {count} ({mrr})")),
    (Band.AVERAGE, msg("average {count} ({mrr})")),
    (Band.GOOD, msg("good {count} ({mrr})")),
    (None, msg("unknown {count} ({mrr})")),
)
_WORST_FIRST: Final[Mapping[Band | None, int]] = {Band.POOR: 0, Band.AVERAGE: 1, None: 2, Band.GOOD: 3}
"""An account that nobody knows anything of is called before one that is well."""


class _Due(NamedTuple):
    """A customer's renewal that is coming, or whose day has passed."""

    account_id: int
    due_on: date
    mrr: Money
    health: HealthPoint | None

    @property
    def band(self) -> Band | None:
        """How the account is; None: unknown."""
        return self.health.band if self.health else None


class Window(NamedTuple):
    """The renewals that are due in some of the coming days."""

    first: date
    last: date
    mrr: Mapping[Band | None, int]
    """What their customers pay, by health, in the report's minor units; only where there are any."""
    customers: int


class Ahead(NamedTuple):
    """The renewals that are coming, by when and by health."""

    windows: tuple[Window, ...]
    """One after the other from today on, up to each of HORIZONS."""
    currency: str

    @property
    def by_band(self) -> Mapping[Band | None, int]:
        """What all of them pay, by health."""
        found: defaultdict[Band | None, int] = defaultdict(int)
        for window in self.windows:
            for band, minor in window.mrr.items():
                found[band] += minor
        return found


def ahead(db: Session, scope: Scope, *, today: date) -> Ahead:
    """How much is due when, up to the last of HORIZONS, each renewal in one window."""
    found = _coming(db, scope, today)
    begins = (today, *(today + timedelta(days=days + 1) for days in HORIZONS))
    windows = (_window(found, first, until - timedelta(days=1)) for first, until in pairwise(begins))
    return Ahead(tuple(windows), scope.rates.home)


def _window(found: Sequence[_Due], first: date, last: date) -> Window:
    mrr: defaultdict[Band | None, int] = defaultdict(int)
    due = [one for one in found if first <= one.due_on <= last]
    for one in due:
        mrr[one.band] += one.mrr.minor
    return Window(first, last, mrr, len(due))


def coming_by_risk(db: Session, scope: Scope, *, today: date) -> Breakdown:
    """How much is due within each of HORIZONS, and how healthy the accounts are."""
    coming, home = _coming(db, scope, today), scope.rates.home
    within = {days: [one for one in coming if one.due_on <= today + timedelta(days=days)] for days in HORIZONS}
    rows = tuple(_within(days, found, home) for days, found in within.items() if found)
    return Breakdown(Sentence("Due from today on, by health"), rows)


def coming(db: Session, scope: Scope, *, today: date, days: int = HORIZONS[-1]) -> tuple[AccountRow, ...]:
    """The customers due within so many `days`: poor health first, then the larger MRR."""
    return _rows(db, _coming(db, scope, today, days), today)


def overdue(db: Session, scope: Scope, *, today: date) -> tuple[AccountRow, ...]:
    """The customers whose renewal day has passed without a word: they still pay, and have no day to come.

    Poor health first, then the larger MRR. They are today's, and so are the rates, whatever period was asked about.
    """
    rates = rates_like(db, today, scope.rates)
    paying = overdue_renewals(db, today, worth=cache(rates.to_home), book=scope.book)
    health = latest_scores(db, [one.account_id for one in paying], day=today)
    found = [_Due(one.account_id, one.due_on, Money(one.mrr, rates.home), health.get(one.account_id)) for one in paying]
    return _rows(db, found, today)


def outcomes(db: Session, scope: Scope) -> Breakdown:
    """What became of the renewals that were due in the period: renewed, lost, raised, reduced."""
    period, home = scope.period, scope.rates.home
    found = tuple(
        renewals(db, period.start, period.end, worth=cache(scope.rates.to_home), as_of=period.last, book=scope.book)
    )
    renewed, lost = [one for one in found if one.renewed], [one for one in found if not one.renewed]
    unchanged = [one for one in renewed if one.unchanged]
    raised, reduced = [one for one in renewed if one.uplift > 0], [one for one in renewed if one.after < one.before]
    told = (
        (msg("Renewed"), renewed, sum(min(one.before, one.after) for one in renewed)),
        (msg("Lost"), lost, -sum(one.before for one in lost)),
        (msg("Renewed at a higher price"), raised, sum(one.uplift for one in raised)),
        (msg("Renewed for less"), reduced, sum(one.after - one.before for one in reduced)),
        (msg("Renewed unchanged"), unchanged, sum(one.after for one in unchanged)),
    )
    rows = (_outcome(label, of, Money(minor, home)) for label, of, minor in told if of)
    return Breakdown(Sentence("What became of the renewals due"), tuple(rows))


def _outcome(label: str, of: Sequence[Renewal], amount: Money) -> BreakdownRow:
    return BreakdownRow(Sentence(label), (plural("{count} renewal", "{count} renewals", len(of)), amount))


def _within(days: int, found: Sequence[_Due], home: str) -> BreakdownRow:
    by_band: defaultdict[Band | None, list[_Due]] = defaultdict(list)
    for one in found:
        by_band[one.band].append(one)
    risks = (_risk(text, by_band[band], home) for band, text in _RISKS if by_band[band])
    total = plural("{count} customer, MRR {mrr}", "{count} customers, MRR {mrr}", len(found), mrr=_total(found, home))
    label = plural("Within {count} day", "Within {count} days", days)
    return BreakdownRow(label, (total, *risks))


def _risk(text: str, found: Sequence[_Due], home: str) -> Sentence:
    return Sentence(text, {"count": len(found), "mrr": _total(found, home)})


def _total(found: Sequence[_Due], home: str) -> Money:
    return Money(sum(one.mrr.minor for one in found), home)


def _rows(db: Session, found: Sequence[_Due], today: date) -> tuple[AccountRow, ...]:
    ordered = sorted(found, key=lambda one: (_WORST_FIRST[one.band], -one.mrr.minor, one.due_on, one.account_id))
    about = _about(db, [one.account_id for one in ordered])
    return tuple(
        AccountRow(one.account_id, *about[one.account_id], _why(one, today), one.mrr, one.due_on) for one in ordered
    )


def _why(one: _Due, today: date) -> Sentence:
    """How soon, and how the account is; once the day has passed, also what is to be done."""
    days = (one.due_on - today).days
    if days < 0:
        due = Sentence("{when}, {health}", {"when": _ago(-days), "health": _health(one)})
        return Sentence("{due}: ask what was decided, then import the new renewal day or the end", {"due": due})
    when = Sentence("due today") if days == 0 else plural("due in {count} day", "due in {count} days", days)
    return Sentence("{when}, {health}", {"when": when, "health": _health(one)})


def _ago(days: int) -> Sentence:
    return plural("due {count} day ago, still paying", "due {count} days ago, still paying", days)


def _health(one: _Due) -> Sentence:
    if one.health is None or one.health.score is None:
        return Sentence("health unknown")
    return Sentence("health {score} / 100", {"score": one.health.score})


def _coming(db: Session, scope: Scope, today: date, days: int = HORIZONS[-1]) -> list[_Due]:
    """The next renewal of each customer that is due within so many `days`, today included.

    They are today's, whatever period was asked about, and so are the rates that they are converted at.
    """
    rates = rates_like(db, today, scope.rates)
    until = today + timedelta(days=days + 1)
    following: dict[int, Renewal] = {}
    for one in renewals(db, today, until, worth=cache(rates.to_home), as_of=today, book=scope.book):
        if one.renewed:  # it still pays today
            following.setdefault(one.account_id, one)
    health = latest_scores(db, following.keys(), day=today)
    return [
        _Due(one.account_id, one.due_on, Money(one.after, rates.home), health.get(one.account_id))
        for one in following.values()
    ]


def _about(db: Session, ids: Sequence[int]) -> dict[int, tuple[str, str, str | None]]:
    """Key, name and segment of accounts."""
    c = account.c
    found: dict[int, tuple[str, str, str | None]] = {}
    for some in chunks(ids):
        for id_, key, name, segment in db.execute(select(c.id, c.key, c.name, c.segment).where(c.id.in_(some))):
            found[id_] = (key, name, segment)
    return found
