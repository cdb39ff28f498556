"""A question about recurring revenue: what a period did to a book of accounts, and what to hold it against.

/mrr and /churn ask the same and show different sides of the answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from commands.core.arguments import Arguments
from commands.core.asked import comparable, months_to, so_far
from commands.core.rates import rates_needed
from commands.core.request import Request
from metrics.formulas import all_metrics
from metrics.money import Rates
from metrics.periods import Period
from metrics.types import AccountMove, Definitions, Figure, LedgerRules, MovementKind, RevenueFacts
from storage.queries.freshness import subscriptions_imported_on
from storage.queries.rates import rates_on
from storage.queries.revenue import account_moves, monthly_revenue, revenue
from storage.session import Session

GAINS: Final = (MovementKind.NEW, MovementKind.REACTIVATION, MovementKind.EXPANSION)
LOSSES: Final = (MovementKind.CONTRACTION, MovementKind.CHURN)


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
    rules: LedgerRules = field(default_factory=LedgerRules)
    """Who was a customer on which day."""
    rates_day: date | None = None
    """The day whose exchange rates all amounts are converted at; None: the company knows no other currency."""
    definitions: Definitions = field(default_factory=Definitions)

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


def answer(request: Request, db: Session, asked: Arguments) -> RevenueAnswer:
    """Everything that a card about `asked` shows; UserError where an exchange rate is missing."""
    today = request.today
    period = so_far(asked.period, today)
    before = comparable(asked.period, period)
    with rates_needed():
        rates = rates_on(db, period.last, home=request.company.currency, shown=asked.currency)
        months = monthly_revenue(db, months_to(period), rates=rates, book=asked.book)
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
            rules=request.company.definitions.ledger,
            rates_day=rates.day if rates.rates else None,
            definitions=request.company.definitions,
        )


def _facts(
    db: Session, period: Period, known: Mapping[tuple[date, date], RevenueFacts], rates: Rates, asked: Arguments
) -> RevenueFacts:
    """The period's facts, read only if it is none of the months read already."""
    found = known.get((period.start, period.end))
    return revenue(db, period, rates=rates, book=asked.book) if found is None else found
