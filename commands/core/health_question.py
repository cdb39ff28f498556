"""Questions about health: one account with everything that explains its score, or a CSM's accounts, worst first."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Final, NamedTuple

from commands.core.errors import UserError
from commands.core.rates import rates_needed
from commands.core.request import Request
from metrics.account_facts import AccountFacts
from metrics.dials import AS_DELIVERED, RulePolicy
from metrics.factors import all_factors
from metrics.health import explain_change, score
from metrics.judging import Finding, RiskFacts, Rule
from metrics.rules import findings
from metrics.types import (
    Account,
    AccountEvent,
    Contact,
    DataCoverage,
    DayScore,
    HealthPoint,
    HealthPolicy,
    HealthScore,
    Sentence,
    Value,
)
from storage.queries.accounts import book_of
from storage.queries.contacts import points_of_contact
from storage.queries.events import account_events
from storage.queries.freshness import usage_until
from storage.queries.health import account_facts, data_coverage
from storage.queries.rates import rates_on
from storage.queries.revenue import gone_since
from storage.queries.snapshots import history, latest_scores, score_on
from storage.session import Session

CHANGE_DAYS: Final = 30
HISTORY_DAYS: Final = 90

NO_SCORE: Final = HealthScore(None, None, Fraction(0), ())
"""Of an account that is no customer any more: nothing is left to be at risk."""


@dataclass(frozen=True, slots=True)
class HealthAnswer:
    """An account's health today, computed from its facts, and how it came to that."""

    account: Account
    facts: AccountFacts
    health: HealthScore
    before: HealthPoint | None
    """The snapshot of CHANGE_DAYS ago; None: there is none."""
    changes: tuple[tuple[str, int], ...]
    """By how many points of the score each factor moved it since, the largest first."""
    risks: tuple[tuple[Rule, Finding], ...]
    """Worst first."""
    contacts: tuple[Contact, ...]
    history: tuple[DayScore, ...]
    """The last HISTORY_DAYS up to yesterday, and today's score."""
    events: tuple[AccountEvent, ...]
    usage_until: date | None
    """The last day with usage of anybody; None: no usage data at all."""
    policy: HealthPolicy
    today: date
    gone_since: date | None = None
    """The day from which it has been no customer any more: it has no score then. None: it is one, or is to be one."""
    rules: RulePolicy = AS_DELIVERED
    """What its risks are judged by."""

    @property
    def change(self) -> int | None:
        """The score less that of CHANGE_DAYS ago; None where one of them is unknown."""
        return change(self.health, self.before)


class Standing(NamedTuple):
    """An account's facts and score today."""

    facts: AccountFacts
    health: HealthScore
    gone_since: date | None
    """As in HealthAnswer."""


class Book(NamedTuple):
    """A CSM's accounts, and how complete the data behind their scores is."""

    lines: "tuple[BookLine, ...]"
    """Worst first."""
    coverage: DataCoverage
    today: date


class BookLine(NamedTuple):
    """One account of a CSM."""

    account: Account
    facts: AccountFacts
    health: HealthScore
    before: HealthPoint | None


def change(now: HealthScore, before: HealthPoint | None) -> int | None:
    """The change between two scores; None where one of them is unknown."""
    if before is None or now.score is None or before.score is None:
        return None
    return now.score - before.score


def standing(request: Request, db: Session, account: Account) -> Standing:
    """What an account's score is today; UserError where an exchange rate is missing."""
    today, company = request.today, request.company
    rates = rates_on(db, today, home=company.currency)
    with rates_needed():
        (facts,) = account_facts(db, as_of=today, zone=company.zone, rates=rates, account_ids=(account.id,))
    gone = None if facts.lifecycle_stage == "onboarding" else gone_since(db, account.id, on=today)
    return Standing(facts, score(facts, all_factors(), company.health) if gone is None else NO_SCORE, gone)


def no_customer(account: Account, since: date) -> UserError:
    """What is told of an account that has left to whom asks for what only a customer has."""
    gone: dict[str, Value] = {"account": account.name, "day": since}
    return UserError(Sentence("{account} is no longer a customer since {day}: it has no score.", gone))


def health_of(request: Request, db: Session, account: Account) -> HealthAnswer:
    """Everything that a card about `account` shows; UserError where an exchange rate is missing."""
    today, zone = request.today, request.company.zone
    rates = rates_on(db, today, home=request.company.currency)
    since = today - timedelta(days=HISTORY_DAYS)
    facts, health, gone = standing(request, db, account)
    with rates_needed():
        events = account_events(db, account.id, since=since, until=today, rates=rates, zone=zone)
    before = score_on(db, account.id, today - timedelta(days=CHANGE_DAYS))
    past = history(db, account.id, since=since, until=today - timedelta(days=1))
    judged = RiskFacts(facts, health.score, before.score if before else None, health.band)
    return HealthAnswer(
        account=account,
        facts=facts,
        health=health,
        before=before,
        changes=explain_change(before, health) if before else (),
        risks=findings(judged, request.company.rules) if gone is None else (),
        contacts=points_of_contact(db, account.id, as_of=today, zone=zone),
        history=(*past, DayScore(today, health.score)),
        events=events,
        usage_until=usage_until(db, as_of=today),
        policy=request.company.health,
        today=today,
        gone_since=gone,
        rules=request.company.rules,
    )


def own_book(request: Request, db: Session, csm_email: str) -> Book | None:
    """The accounts that a CSM looks after and that pay or are being brought on board, the lowest score first.

    Those without a score come last; among equals the one that pays more comes first. None: there are no such accounts.
    """
    accounts = {account.id: account for account in book_of(db, csm_email)}
    if not accounts:
        return None
    today = request.today
    rates = rates_on(db, today, home=request.company.currency)
    before = latest_scores(db, tuple(accounts), day=today - timedelta(days=CHANGE_DAYS))
    factors = all_factors()
    with rates_needed():
        found = account_facts(db, as_of=today, zone=request.company.zone, rates=rates, account_ids=tuple(accounts))
        lines = [
            BookLine(
                accounts[facts.account_id],
                facts,
                score(facts, factors, request.company.health),
                before.get(facts.account_id),
            )
            for facts in found
            if facts.mrr.minor > 0 or facts.lifecycle_stage == "onboarding"
        ]
    if not lines:
        return None
    return Book(
        tuple(sorted(lines, key=_worst_first)), data_coverage(db, as_of=today, zone=request.company.zone), today
    )


def _worst_first(line: BookLine) -> tuple[bool, int, int, str]:
    score_now = line.health.score
    return score_now is None, score_now or 0, -line.facts.mrr.minor, line.account.name.casefold()
