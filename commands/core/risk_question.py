"""Questions about signals: which accounts of a book are at risk, and which have reason to buy more."""

from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from typing import Final, NamedTuple

from commands.core.arguments import (
    Arguments,
    Asking,
    Shown,
    parse,
    parse_book,
    parse_shown,
    render,
    render_book,
    render_shown,
)
from commands.core.asked import asking_of
from commands.core.errors import NotUnderstood
from commands.core.rates import rates_needed
from commands.core.request import Request
from metrics.account_facts import AccountFacts
from metrics.dials import RulePolicy
from metrics.factors import all_factors
from metrics.facts import HealthTotals
from metrics.formulas import all_metrics
from metrics.health import score
from metrics.judging import Finding, RiskFacts, Rule, Severity
from metrics.money import Rates
from metrics.periods import Period, month_of
from metrics.rules import findings
from metrics.rules import opportunities as reasons
from metrics.types import BookFilter, DataCoverage, Figure, HealthPolicy, HealthScore, Money, RevenueFacts, Sentence
from storage.queries.health import data_coverage
from storage.queries.rates import rates_on
from storage.queries.risk_scan import facts_of_book
from storage.queries.standings import scores_on
from storage.queries.totals import Scope, facts_of
from storage.session import Session

CHANGE_DAYS: Final = 30
"""How long ago the score was that today's is compared with."""

_WORST_FIRST: Final = {severity: number for number, severity in enumerate(Severity)}

Found = tuple[tuple[Rule, Finding], ...]


class RiskRow(NamedTuple):
    """One account with what the rules found in it."""

    account: AccountFacts
    health: HealthScore
    found: Found
    """At least one; the most severe first."""

    @property
    def severity(self) -> Severity:
        """That of the worst finding."""
        return self.found[0][1].severity

    @property
    def since(self) -> date | None:
        """When the first of the findings whose beginning is known began; None: no beginning is known."""
        return min((finding.since for _, finding in self.found if finding.since is not None), default=None)


@dataclass(frozen=True, slots=True)
class RiskAnswer:
    """The accounts of a book that have open risks today, and what they are to be held against."""

    book: BookFilter
    rows: tuple[RiskRow, ...]
    """Worst first."""
    totals: HealthTotals
    """Everybody's health today, from the stored scores."""
    before: HealthTotals
    """The same CHANGE_DAYS ago."""
    mrr: int
    """What all accounts of the book pay, in minor units of the same currency."""
    coverage: DataCoverage
    today: date
    rules: RulePolicy
    """What the accounts are judged by."""
    rates_day: date | None
    """The day whose exchange rates all amounts are converted at; None: the company knows no other currency."""
    shown: str | None = None
    """The currency that amounts are shown in; None: the company's."""

    @property
    def at_stake(self) -> Money:
        """The MRR of the accounts with open risks."""
        return Money(sum(row.account.mrr.minor for row in self.rows), self.totals.currency)

    def figure(self, metric_id: str) -> Figure:
        """One of the figures about health."""
        return all_metrics()[metric_id].measure(self.totals)

    @property
    def text(self) -> str:
        """The question as buttons carry it."""
        return render_shown(self.book, self.shown)

    @property
    def as_of_today(self) -> str:
        """What its figures are computed for, as buttons carry it."""
        return render(Arguments(month_of(self.today), self.book, self.shown))


def scan(
    db: Session,
    *,
    today: date,
    zone: tzinfo,
    rates: Rates,
    policy: HealthPolicy,
    rules: RulePolicy,
    book: BookFilter,
) -> tuple[RiskRow, ...]:
    """The accounts of a book that have open risks, the most severe first, then those that pay most.

    All their facts are read and scored: two seconds for 10,000 accounts. MissingRate where a rate is needed.
    """
    accounts = list(facts_of_book(db, as_of=today, zone=zone, rates=rates, book=book))
    then = today - timedelta(days=CHANGE_DAYS)
    before = scores_on(db, then, [facts.account_id for facts in accounts])
    factors = all_factors()
    rows = []
    for facts in accounts:
        health = score(facts, factors, policy)
        _, score_before, _ = before.get(facts.account_id, (0, None, None))
        if found := findings(RiskFacts(facts, health.score, score_before, health.band), rules):
            rows.append(RiskRow(facts, health, found))
    return tuple(sorted(rows, key=_worst_first))


def opportunities(
    db: Session,
    *,
    today: date,
    zone: tzinfo,
    rates: Rates,
    policy: HealthPolicy,
    rules: RulePolicy,
    book: BookFilter,
) -> tuple[RiskRow, ...]:
    """The accounts of a book that have reason to buy more, the strongest reason first, then those that pay most.

    Onboarding accounts and those in poor health are left out: first help, then offer.
    """
    factors = all_factors()
    rows = []
    for facts in facts_of_book(db, as_of=today, zone=zone, rates=rates, book=book):
        if not facts.mrr.minor or not reasons(RiskFacts(facts), rules):
            continue  # most have none, and need no score
        health = score(facts, factors, policy)
        if found := reasons(RiskFacts(facts, health.score, None, health.band), rules):
            rows.append(RiskRow(facts, health, found))
    return tuple(sorted(rows, key=_worst_first))


def _worst_first(row: RiskRow) -> tuple[int, int, str, int]:
    facts = row.account
    return _WORST_FIRST[row.severity], -facts.mrr.minor, facts.name.casefold(), facts.account_id


def book_asked(request: Request, db: Session, command: str, text: str) -> BookFilter:
    """The book that `text` names, the whole company if it is empty; NotUnderstood for anything else, periods too."""
    asking = asking_of(request, db, command)
    book = parse_book(text, asking)
    return _without_period(text, asking) if book is None else book


def _without_period(text: str, asking: Asking) -> BookFilter:
    asked = parse(text, asking)  # says what is wrong with words that mean nothing at all
    raise NotUnderstood(
        Sentence("Open risks are those of today, so a period means nothing here. Name a segment or a CSM."),
        suggestions=(f"{asking.command} {render_book(asked.book)}".strip(),),
    )


def risks_asked(request: Request, db: Session, text: str) -> Shown:
    """The book that `text` names, the whole company if it names none, and the currency; NotUnderstood as above."""
    asking = asking_of(request, db, "atrisk")
    asked = parse_shown(text, asking)
    return Shown(_without_period(text, asking)) if asked is None else asked


def risks(request: Request, db: Session, text: str) -> RiskAnswer:
    """The open risks of the book that `text` names; UserError where an exchange rate is missing."""
    book, shown = risks_asked(request, db, text)
    company, today = request.company, request.today
    zone, policy, rules = company.zone, company.health, company.rules
    with rates_needed():
        rates = rates_on(db, today, home=company.currency, shown=shown)
        now, then = (
            facts_of(db, HealthTotals, Scope(_day(day), rates, zone, book))
            for day in (today, today - timedelta(days=CHANGE_DAYS))
        )
        revenue = facts_of(db, RevenueFacts, Scope(_day(today), rates, zone, book))
        return RiskAnswer(
            book=book,
            rows=scan(db, today=today, zone=zone, rates=rates, policy=policy, rules=rules, book=book),
            totals=now,
            before=then,
            mrr=revenue.closing,
            coverage=data_coverage(db, as_of=today, zone=zone),
            today=today,
            rules=rules,
            rates_day=rates.day if rates.rates else None,
            shown=shown,
        )


def _day(day: date) -> Period:
    return Period(day, day + timedelta(days=1))
