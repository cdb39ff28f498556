"""Everything that a digest says about a book of accounts and a stretch of days, from figures that exist.

A digest is asked for by nobody, so it asks the store for little: alerts that are kept rather than a look at everybody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from commands.core.arguments import render_book
from commands.core.digest_calls import Calls, calls
from commands.core.digest_told import Restated, Told, as_json, from_json, restated, told
from commands.core.request import Company
from metrics.facts import HealthTotals, VoiceTotals
from metrics.feeds import Stops
from metrics.formulas import all_metrics
from metrics.periods import Period
from metrics.stretches import Rhythm, Stretch, weeks_to
from metrics.types import AccountMove, AccountRow, BookFilter, Figure, Money, MovementKind, RevenueFacts
from storage.queries.alert_wins import ended_well
from storage.queries.alerts import Alert
from storage.queries.asking import midnight
from storage.queries.comments import Comment, comments
from storage.queries.feed import stopped
from storage.queries.freshness import subscriptions_imported_on
from storage.queries.moves import account_moves
from storage.queries.rates import rates_on
from storage.queries.renewal_lists import coming
from storage.queries.totals import Scope, facts_by_period, facts_of
from storage.session import Session

RENEWAL_DAYS: Final = 30
"""How far ahead renewals are told of."""


@dataclass(frozen=True, slots=True)
class Digest:
    """What there is to say; the lists are whole, whatever a card shows of them."""

    book: BookFilter
    stretch: Stretch
    today: date
    facts: RevenueFacts
    facts_before: RevenueFacts
    weeks: tuple[RevenueFacts, ...]
    """The thirteen weeks that end with the stretch."""
    moves: tuple[AccountMove, ...]
    """The largest first."""
    health: HealthTotals
    health_before: HealthTotals
    calls: Calls
    renewals: tuple[AccountRow, ...]
    """Due within RENEWAL_DAYS, poor health first."""
    voice: VoiceTotals
    voice_before: VoiceTotals
    comments: tuple[Comment, ...]
    """The least content first."""
    won: tuple[Alert, ...]
    """Alerts that recovered, or whose account was saved."""
    told: Told
    """What the next digest wants to know of this one."""
    restated: Restated | None
    stopped: Stops
    imported_on: date | None
    rates_day: date | None
    """The day whose exchange rates all amounts are converted at; None: the company knows no other currency."""

    @property
    def currency(self) -> str:
        """Of all amounts."""
        return self.facts.currency

    @property
    def empty(self) -> bool:
        """Nobody of the book has paid anything in all the weeks that are shown, and there is nothing else to tell."""
        return self.quiet and not any(week.opening or week.closing or week.new for week in (*self.weeks, self.facts))

    @property
    def quiet(self) -> bool:
        """There is nothing to tell."""
        calls = self.calls.rows or self.calls.chances
        told_of = (self.moves, calls, self.renewals, self.answers, self.won, self.restated)
        return not any(told_of)

    @property
    def answers(self) -> int:
        """Answers to the NPS question."""
        return self.told.answers

    @property
    def main_move(self) -> AccountMove | None:
        """The largest move in the direction in which MRR went; None where it went nowhere."""
        net = self.facts.closing - self.facts.opening
        return next((move for move in self.moves if move.change * net > 0), None)

    @property
    def renewing(self) -> Money:
        """The MRR of the renewals ahead."""
        return Money(sum(row.mrr.minor for row in self.renewals if row.mrr is not None), self.currency)

    @property
    def text(self) -> str:
        """The book as buttons carry it."""
        return render_book(self.book)

    def of_kinds(self, *kinds: MovementKind) -> tuple[AccountMove, ...]:
        """The moves of these kinds, the largest first."""
        return tuple(move for move in self.moves if move.kind in kinds)

    def figure(self, metric_id: str) -> Figure:
        """One of the figures about revenue."""
        return all_metrics()[metric_id].measure(self.facts)


def digest(
    db: Session,
    *,
    company: Company,
    book: BookFilter,
    stretch: Stretch,
    now: datetime,
    before: Mapping[str, Any] | None = None,
) -> Digest:
    """The digest of a book; `before` is what `kept` made of the one before. MissingRate where a rate is needed.

    Only what happened up to the end of the stretch is told as having happened, what is to be done is as it is `now`.
    """
    today, zone = now.astimezone(company.zone).date(), company.zone
    rates = rates_on(db, stretch.period.last, home=company.currency)
    scope = Scope(stretch.period, rates, zone, book, company.definitions)
    revenue = _revenue(db, scope, stretch)
    voice, voice_before = _by_period(db, VoiceTotals, scope, stretch)
    health_before, health = facts_by_period(db, HealthTotals, scope, (stretch.before, stretch.period))
    figures = told(stretch.period, basis_of(company, book), revenue[stretch.period], voice)
    since, until = midnight(stretch.period.start, zone), midnight(stretch.period.end, zone)
    return Digest(
        book=book,
        stretch=stretch,
        today=today,
        facts=revenue[stretch.period],
        facts_before=revenue[stretch.before],
        weeks=tuple(revenue[week] for week in weeks_to(stretch.period.end)),
        moves=account_moves(db, stretch.period, rates=rates, book=book),
        health=health,
        health_before=health_before,
        calls=calls(
            db,
            company=company,
            rates=rates_on(db, today, home=company.currency),
            now=now,
            book=book,
            lately=stretch.period.end - stretch.period.start,
        ),
        renewals=coming(db, scope, today=today, days=RENEWAL_DAYS),
        voice=voice,
        voice_before=voice_before,
        comments=tuple(comments(db, scope)),
        won=tuple(ended_well(db, since, until, book=book)),
        told=figures,
        restated=_restated(db, company, book, before),
        stopped=stopped(db, today, zone),
        imported_on=subscriptions_imported_on(db, zone=zone),
        rates_day=rates.day if rates.rates else None,
    )


def kept(one: Digest) -> dict[str, Any]:
    """What the next digest is given as `before`."""
    return as_json(one.told)


def basis_of(company: Company, book: BookFilter) -> str:
    """What figures depend on beside data: who compares those of two bases compares nothing."""
    return f"{render_book(book)} {company.currency} {tuple(company.definitions.ledger)}"


def _restated(db: Session, company: Company, book: BookFilter, before: Mapping[str, Any] | None) -> Restated | None:
    """What was told of the stretch before, and what it is now at the same day's rates."""
    was = None if before is None else from_json(before)
    if was is None or was.basis != basis_of(company, book):
        return None
    rates = rates_on(db, was.period.last, home=company.currency)
    scope = Scope(was.period, rates, company.zone, book, company.definitions)
    now = told(was.period, was.basis, facts_of(db, RevenueFacts, scope), facts_of(db, VoiceTotals, scope))
    return restated(was, now)


def _revenue(db: Session, scope: Scope, stretch: Stretch) -> dict[Period, RevenueFacts]:
    """The facts of the stretch, of what it is held against, and of the weeks up to it."""
    weeks = weeks_to(stretch.period.end)
    found = dict(zip(weeks, facts_by_period(db, RevenueFacts, scope, weeks), strict=True))
    for period in (stretch.period, stretch.before):
        if period not in found:
            found[period] = facts_of(db, RevenueFacts, scope._replace(period=period))
    return found


def _by_period(db: Session, kind: type[Any], scope: Scope, stretch: Stretch) -> Sequence[Any]:
    """The facts of the stretch and of what it is held against."""
    if stretch.rhythm is Rhythm.DAILY:  # a gap of days lies between them
        return [facts_of(db, kind, scope._replace(period=period)) for period in (stretch.period, stretch.before)]
    return facts_by_period(db, kind, scope, (stretch.before, stretch.period))[::-1]
