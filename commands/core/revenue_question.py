"""A question about recurring revenue: what a period did to a book of accounts, and what to hold it against.

/mrr and /churn ask the same and show different sides of the answer. A period that is still running is taken as far as
it has come, and compared with as many days of the period before.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from commands.core.arguments import Arguments, Asking, Known, parse
from commands.core.rates import rates_needed
from commands.core.request import Request
from metrics.formulas import all_metrics
from metrics.money import Rates
from metrics.periods import Period, PeriodKind, month_of
from metrics.types import AccountMove, Figure, MovementKind, RevenueFacts
from storage.queries.accounts import csm_emails, segments
from storage.queries.freshness import subscriptions_imported_on
from storage.queries.rates import rates_on
from storage.queries.revenue import account_moves, monthly_revenue, revenue
from storage.session import Session

CHART_MONTHS: Final = 12
GAINS: Final = (MovementKind.NEW, MovementKind.REACTIVATION, MovementKind.EXPANSION)
LOSSES: Final = (MovementKind.CONTRACTION, MovementKind.CHURN)
STEPPED: Final = (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YEAR)
"""Kinds of period that have a next one: the others end with today."""


@dataclass(frozen=True, slots=True)
class RevenueAnswer:
    """What a period did, beside the period before and the last twelve months."""

    asked: Arguments
    period: Period
    """The period as far as it has come."""
    before: Period
    """What it is compared with: as many days if it is still running."""
    running: bool
    facts: RevenueFacts
    facts_before: RevenueFacts
    months: tuple[RevenueFacts, ...]
    """The twelve months up to the period's last, each converted at the period's rates."""
    moves: tuple[AccountMove, ...]
    """What every account contributed to each kind of movement, the largest change first."""
    imported_on: date | None
    """The day of the last import of subscriptions; None: none yet."""
    today: date
    rates_day: date | None = None
    """The day whose exchange rates all amounts are converted at; None: the company knows no other currency."""

    @property
    def empty(self) -> bool:
        """Nobody of the book has ever paid anything in what is shown."""
        return not any(month.opening or month.closing or month.new for month in (*self.months, self.facts))

    def figure(self, metric_id: str) -> Figure:
        """A metric of the period."""
        return all_metrics()[metric_id].measure(self.facts)

    def figure_before(self, metric_id: str) -> Figure:
        """The same metric of the period before."""
        return all_metrics()[metric_id].measure(self.facts_before)

    def of_kinds(self, kinds: Sequence[MovementKind]) -> tuple[AccountMove, ...]:
        """The accounts' movements of these kinds, the largest first."""
        return tuple(move for move in self.moves if move.kind in kinds)


def arguments_of(request: Request, db: Session, command: str, text: str) -> Arguments:
    """The period and book that `text` asks for; NotUnderstood with what would have worked."""
    known = Known(segments(db), csm_emails(db), request.actor.email)
    return parse(text, Asking(f"/{command}", request.today, request.t.locale, known))


def answer(request: Request, db: Session, asked: Arguments) -> RevenueAnswer:
    """Everything that a card about `asked` shows; UserError where an exchange rate is missing."""
    today = request.today
    period = _so_far(asked.period, today)
    before = _comparable(asked.period, period)
    rates = rates_on(db, period.last, home=request.company.currency)
    with rates_needed():
        months = monthly_revenue(db, _months_to(period), rates=rates, book=asked.book)
        known = {(month.start, month.end): month for month in months}
        return RevenueAnswer(
            asked=asked,
            period=period,
            before=before,
            running=asked.period.running(today),
            facts=_facts(db, period, known, rates, asked),
            facts_before=_facts(db, before, known, rates, asked),
            months=months,
            moves=account_moves(db, period, rates=rates, book=asked.book),
            imported_on=subscriptions_imported_on(db, zone=request.company.zone),
            today=today,
            rates_day=rates.day if rates.rates else None,
        )


def neighbours(asked: Arguments, today: date) -> tuple[Arguments | None, Arguments | None]:
    """The same question one period earlier and one later; None where a step makes no sense or has not begun."""
    if asked.period.kind not in STEPPED:
        return None, None
    earlier = asked._replace(period=asked.period.previous())
    later = _after(asked.period)
    return earlier, asked._replace(period=later) if later.start <= today else None


def _after(period: Period) -> Period:
    """The next period of the same kind."""
    months = period.months()
    end = period.end
    for _ in months:
        end = month_of(end).end
    return Period(period.end, end, period.kind)


def _so_far(period: Period, today: date) -> Period:
    """The period up to and including today."""
    tomorrow = today + timedelta(days=1)
    return period if period.end <= tomorrow else Period(period.start, tomorrow)


def _comparable(whole: Period, so_far: Period) -> Period:
    """The period before, as far as this one has come."""
    before = whole.previous()
    if whole == so_far:
        return before
    return Period(before.start, min(before.start + timedelta(days=so_far.days), before.end))


def _months_to(period: Period) -> tuple[Period, ...]:
    """The twelve calendar months that end with the period's last day; the last one is cut there."""
    last = month_of(period.last)
    months = [Period(last.start, period.end, last.kind if period.end == last.end else PeriodKind.CUSTOM)]
    while len(months) < CHART_MONTHS:
        months.append(month_of(months[-1].start - timedelta(days=1)))
    return tuple(reversed(months))


def _facts(
    db: Session, period: Period, known: Mapping[tuple[date, date], RevenueFacts], rates: Rates, asked: Arguments
) -> RevenueFacts:
    """The period's facts, read only if it is none of the months read already."""
    found = known.get((period.start, period.end))
    return revenue(db, period, rates=rates, book=asked.book) if found is None else found
