"""What is behind the scores of a CSM's own accounts: the factors' points in force, and the figures of the book."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from commands.core.arguments import Arguments, render
from commands.core.errors import UserError
from commands.core.health_question import Book, own_book
from commands.core.rates import rates_needed
from commands.core.request import Request
from metrics.factors import all_factors
from metrics.facts import HealthTotals
from metrics.formulas import all_metrics
from metrics.health import points_of
from metrics.periods import Period, month_of
from metrics.types import BookFilter, Figure, HealthPolicy, Sentence
from storage.queries.rates import rates_on
from storage.queries.totals import Scope, facts_of
from storage.session import Session


@dataclass(frozen=True, slots=True)
class OwnScores:
    """A CSM's accounts with what their scores are made by."""

    book: Book
    csm_email: str
    totals: HealthTotals
    """The same accounts, from the stored scores."""
    policy: HealthPolicy

    def figure(self, metric_id: str) -> Figure:
        """One of the figures about health."""
        return all_metrics()[metric_id].measure(self.totals)

    @property
    def asked(self) -> str:
        """What the figures are computed for, as buttons carry it."""
        return render(Arguments(month_of(self.book.today), BookFilter(csm_email=self.csm_email)))

    @property
    def points(self) -> Mapping[str, int]:
        """How many points each factor can give at most, by its id: those of accounts at large, the heaviest first."""
        weights = points_of(None, all_factors(), self.policy)
        others = (name for own in self.points_by_segment.values() for name in own if name not in weights)
        return {**dict(sorted(weights.items(), key=lambda one: -one[1])), **dict.fromkeys(others, 0)}

    @property
    def points_by_segment(self) -> Mapping[str, Mapping[str, int]]:
        """The same of those of the book's segments in which it is otherwise, by the segment's name; all factors."""
        at_large = points_of(None, all_factors(), self.policy)
        segments = {line.facts.segment.casefold(): line.facts.segment for line in self.book.lines if line.facts.segment}
        own = {name: points_of(name, all_factors(), self.policy) for _, name in sorted(segments.items())}
        return {name: points for name, points in own.items() if points != at_large}


def own_scores(request: Request, db: Session) -> OwnScores:
    """What is behind the asker's own accounts; UserError where there are none, or an exchange rate is missing."""
    email = request.actor.email
    book = own_book(request, db, email) if email else None
    if email is None or book is None:
        raise UserError(Sentence("You look after no accounts at present."))
    today, company = request.today, request.company
    day = Period(today, today + timedelta(days=1))
    with rates_needed():
        rates = rates_on(db, today, home=company.currency)
        totals = facts_of(db, HealthTotals, Scope(day, rates, company.zone, BookFilter(csm_email=email)))
    return OwnScores(book, email, totals, company.health)
