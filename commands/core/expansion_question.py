"""Who may be offered more: accounts with an expansion signal, for a list on a card."""

from collections.abc import Sequence
from datetime import date

from commands.core.risk_question import RiskRow, opportunities
from metrics.dials import RulePolicy
from metrics.types import AccountRow, HealthPolicy, Sentence
from storage.queries.totals import Scope
from storage.session import Session


def candidates(
    db: Session, scope: Scope, *, today: date, policy: HealthPolicy, rules: RulePolicy
) -> Sequence[AccountRow]:
    """The accounts of the scope's book with reason to buy more on the day, whatever its period; strongest first."""
    found = opportunities(
        db, today=today, zone=scope.zone, rates=scope.rates, policy=policy, rules=rules, book=scope.book
    )
    return tuple(_row(row) for row in found)


def _row(row: RiskRow) -> AccountRow:
    """The strongest reason, and what to offer."""
    facts = row.account
    rule, finding = row.found[0]
    why = Sentence("{why} → {advice}", {"why": finding.why, "advice": Sentence(rule.advice)})
    return AccountRow(facts.account_id, facts.key, facts.name, facts.segment, why, facts.mrr)
