"""The monthly report: every section's figures in a period, beside the period before, a year before and the targets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any, Final, NamedTuple, TypeAlias

from commands.core.arguments import Arguments, render
from commands.core.asked import comparable, months_to, so_far
from commands.core.metric_values import RESTS_ON
from commands.core.rates import rates_needed
from commands.core.report_rows import BEHIND, KINDS, PARTS, Count, Part, Row, Section, subject_of
from commands.core.request import Company
from commands.core.revenue_question import RevenueAnswer
from commands.core.scorecard import aim
from metrics.facts import HealthTotals, PipelineTotals, VoiceTotals
from metrics.feeds import NO_STOPS, Stops
from metrics.formulas import all_metrics
from metrics.periods import Period, a_year_before
from metrics.types import BookFilter, Figure, Grade, Metric, RevenueFacts
from storage.queries.beginnings import first_days
from storage.queries.book_groups import by_csm
from storage.queries.feed import FEEDS, stopped
from storage.queries.freshness import imported_on
from storage.queries.rates import rates_on
from storage.queries.revenue import account_moves, monthly_revenue
from storage.queries.standings_by_csm import health_by_csm
from storage.queries.targets import TEAM, targets_of
from storage.queries.totals import Scope, facts_of
from storage.session import Session

ENTITIES: Final = tuple(sorted({entity for entities in BEHIND.values() for entity in entities}))
"""The data that the report rests on."""
OF_CSM: Final = ("mrr", "customers", "mrr_growth", "nrr", "grr", "logo_churn", "nps", "health_mix")
"""What is told of each CSM's accounts."""
Facts: TypeAlias = Mapping[type, Any]
"""Facts by their type."""


class CsmLine(NamedTuple):
    """The accounts of one CSM; `name` None: those without any."""

    name: str | None
    figures: Mapping[str, Figure]
    """By the ids of OF_CSM."""


@dataclass(frozen=True, slots=True)
class ReportAnswer:
    """What the report tells."""

    asked: Arguments
    period: Period
    """As far as it has come."""
    before: Period
    """What it is compared with: as many days if it is still running."""
    year_ago: Period | None
    """The same days a year before; None: that is what it is compared with already."""
    running: bool
    today: date
    sections: tuple[Section, ...]
    csms: tuple[CsmLine, ...]
    """Those with customers at the beginning or the end, the largest first."""
    revenue: RevenueAnswer
    """What happened to MRR, for pictures and lists."""
    health: HealthTotals
    imported_on: Mapping[str, date | None]
    """Of each of ENTITIES: the day on which it was last imported; None: never."""
    stopped: Stops = field(default_factory=lambda: NO_STOPS)
    """The feeds that had stopped by the period's last day."""

    @property
    def currency(self) -> str:
        """The currency of all amounts."""
        return self.revenue.facts.currency

    @property
    def text(self) -> str:
        """The question as buttons carry it."""
        return self.text_of(self.asked)

    def text_of(self, asked: Arguments) -> str:
        """The same question with other arguments, as buttons carry it."""
        return render(asked)

    def row(self, row_id: str) -> Row:
        """The row of that id; KeyError."""
        return {row.id: row for section in self.sections for row in section.rows}[row_id]


def report(db: Session, asked: Arguments, *, company: Company, today: date) -> ReportAnswer:
    """Everything that the report tells of `asked`; UserError where an exchange rate is missing.

    Facts of one type are read once for the period, once for the one before and once for the year before.
    """
    period = so_far(asked.period, today)
    before, year_ago = comparable(asked.period, period), _year_ago(asked.period, period)
    with rates_needed():
        rates = rates_on(db, period.last, home=company.currency, shown=asked.currency)
        scope = Scope(period, rates, company.zone, asked.book, company.definitions)
        read = [_facts(db, scope._replace(period=one)) for one in (period, before, year_ago)]
        sheet = _Sheet(db, scope, asked.period, today, (period, before, year_ago), (read[0], read[1], read[2]))
        imports = imported_on(db, ENTITIES, zone=company.zone)
        return ReportAnswer(
            asked=asked,
            period=period,
            before=before,
            year_ago=None if year_ago == before else year_ago,
            running=asked.period.running(today),
            today=today,
            sections=tuple(sheet.section(part) for part in PARTS),
            csms=_csms(db, scope),
            revenue=_revenue(db, asked, scope, (period, before), read, today, imports["subscriptions"]),
            health=read[0][HealthTotals],
            imported_on=imports,
            stopped=stopped(db, period.last, company.zone, FEEDS),
        )


def _year_ago(whole: Period, come: Period) -> Period:
    """The same days a year before."""
    return a_year_before(whole if whole == come else come)


def _facts(db: Session, scope: Scope) -> Facts:
    return {kind: facts_of(db, kind, scope) for kind in KINDS}


def _revenue(
    db: Session,
    asked: Arguments,
    scope: Scope,
    periods: tuple[Period, Period],
    read: Sequence[Facts],
    today: date,
    imported: date | None,
) -> RevenueAnswer:
    return RevenueAnswer(
        asked=asked,
        period=periods[0],
        before=periods[1],
        running=asked.period.running(today),
        facts=read[0][RevenueFacts],
        facts_before=read[1][RevenueFacts],
        months=monthly_revenue(db, months_to(scope.period), rates=scope.rates, book=scope.book),
        moves=account_moves(db, scope.period, rates=scope.rates, book=scope.book),
        imported_on=imported,
        today=today,
        rules=scope.definitions.ledger,
        rates_day=scope.rates.day if scope.rates.rates else None,
        definitions=scope.definitions,
    )


# --- Rows --------------------------------------------------------------------------------------------------------


class _Sheet:
    """Makes rows of facts: a value stands only where its data had begun to come in by then."""

    def __init__(
        self,
        db: Session,
        scope: Scope,
        whole: Period,
        today: date,
        periods: tuple[Period, Period, Period],
        facts: tuple[Facts, Facts, Facts],
    ) -> None:
        self._scope = scope
        self._over = not whole.running(today)
        self._periods = periods
        self._facts = facts
        self._since = first_days(db, zone=scope.zone)
        self._imported = imported_on(db, ENTITIES, zone=scope.zone)
        whose = _whose(scope.book)
        found = () if whose is None else targets_of(db, whole.id, whose)
        self._targets = {one.metric: one.target for one in found}

    def section(self, part: Part) -> Section:
        return Section(part.id, part.title, tuple(self._row(declared) for declared in part.rows), part.on_card)

    def _row(self, declared: str | Count) -> Row:
        subject = subject_of(declared)
        now, before, year_ago = (
            self._value(subject, period, facts) for period, facts in zip(self._periods, self._facts, strict=True)
        )
        return Row(
            id=subject.id,
            title=subject.title,
            unit=subject.unit,
            better=subject.better,
            now=now,
            before=before,
            year_ago=year_ago,
            target=self._target(subject),
            grade=self._grade(subject, now),
            facts=subject.facts,
            never=self._never(subject.facts),
            of_leads=self._of_leads(subject.facts),
        )

    def _value(self, subject: Metric[Any] | Count, period: Period, facts: Facts) -> int | Fraction | None:
        if self._never(subject.facts) or self._of_leads(subject.facts) or not self._begun(subject.facts, period):
            return None
        of = facts[subject.facts]
        return subject.read(of) if isinstance(subject, Count) else subject.measure(of).value

    def _begun(self, kind: type, period: Period) -> bool:
        """Whether anything behind the facts is as old as the period."""
        known = [self._since[entity] for entity in BEHIND[kind] if entity in self._since]
        return not known or min(known) < period.end

    def _never(self, kind: type) -> tuple[str, ...]:
        """The entities behind the facts, if none of them ever came in."""
        behind = BEHIND[kind]
        return () if any(self._imported[entity] for entity in behind) else behind

    def _of_leads(self, kind: type) -> bool:
        return kind is PipelineTotals and self._scope.book != BookFilter()

    def _grade(self, subject: Metric[Any] | Count, value: int | Fraction | None) -> Grade | None:
        """What was lost is judged by its mean month: that is what the bands are about."""
        if isinstance(subject, Count) or subject.grade is None or value is None or not self._over:
            return None
        months = len(self._scope.period.months())
        return subject.grade(value / Fraction(months), self._scope.book.segment, self._scope.definitions)

    def _target(self, subject: Metric[Any] | Count) -> int | Fraction | None:
        if isinstance(subject, Count) or subject.id not in self._targets:
            return None
        return aim(subject, self._targets[subject.id], self._scope.rates)


def _whose(book: BookFilter) -> str | None:
    """Whose targets the report is held against: the team's, or a CSM's; a segment or plan has none."""
    if book == BookFilter():
        return TEAM
    return book.csm_email if book == BookFilter(csm_email=book.csm_email) else None


# --- CSMs --------------------------------------------------------------------------------------------------------


def _csms(db: Session, scope: Scope) -> tuple[CsmLine, ...]:
    metrics = [all_metrics()[name] for name in OF_CSM]
    voices = imported_on(db, RESTS_ON[VoiceTotals], zone=scope.zone)
    health = health_by_csm(db, scope)
    lines = []
    for part in by_csm(db, scope.book):
        own = scope._replace(book=part.book)
        facts: dict[type, Any] = {
            RevenueFacts: facts_of(db, RevenueFacts, own),
            VoiceTotals: facts_of(db, VoiceTotals, own) if any(voices.values()) else VoiceTotals(),
            HealthTotals: health.get((part.name or "").strip().casefold(), HealthTotals(scope.rates.home)),
        }
        if facts[RevenueFacts].opening or facts[RevenueFacts].customers_closing:
            lines.append(CsmLine(part.name, {metric.id: metric.measure(facts[metric.facts]) for metric in metrics}))
    return tuple(sorted(lines, key=lambda one: (one.name is None, -Fraction(one.figures["mrr"].value or 0))))
