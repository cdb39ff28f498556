"""Signals searched for in a whole book."""

from zoneinfo import ZoneInfo

import pytest

from commands.core.errors import NotUnderstood, UserError
from commands.core.risk_question import RiskRow, opportunities, risks, scan
from metrics.dials import AS_DELIVERED, RulePolicy
from metrics.judging import Severity, Signal
from metrics.types import BookFilter, HealthPolicy
from storage.queries.rates import rates_on
from storage.session import Session
from tests.commands.asking import NOW, ask
from tests.storage.queries import rows

TODAY = NOW.date()
EVERYBODY = BookFilter()


def scanned(
    db: Session, book: BookFilter = EVERYBODY, policy: HealthPolicy | None = None, rules: RulePolicy = AS_DELIVERED
) -> tuple[RiskRow, ...]:
    rates, policy = rates_on(db, TODAY, home="USD"), policy or HealthPolicy()
    return scan(db, today=TODAY, zone=ZoneInfo("UTC"), rates=rates, policy=policy, rules=rules, book=book)


def offered(db: Session, policy: HealthPolicy | None = None, rules: RulePolicy = AS_DELIVERED) -> tuple[RiskRow, ...]:
    rates = rates_on(db, TODAY, home="USD")
    policy = policy or HealthPolicy()
    return opportunities(db, today=TODAY, zone=ZoneInfo("UTC"), rates=rates, policy=policy, rules=rules, book=EVERYBODY)


def test_the_most_severe_come_first_and_then_those_that_pay_most(company: Session) -> None:
    found = scanned(company)
    assert [row.account.name for row in found] == ["Acme Corp", "Beta Ltd"]
    order = [(list(Severity).index(row.severity), -row.account.mrr.minor) for row in found]
    assert order == sorted(order)
    assert all(rule.signal is Signal.RISK for row in found for rule, _ in row.found)
    assert found[0].since == min(finding.since for _, finding in found[0].found if finding.since)


def test_a_book_is_a_part_of_it(company: Session) -> None:
    assert [row.account.name for row in scanned(company, BookFilter(segment="smb"))] == ["Beta Ltd"]
    assert scanned(company, BookFilter(csm_email="bob@example.com")) == ()


def test_the_companys_own_bands_count(company: Session) -> None:
    strict = HealthPolicy(good_from=100, average_from=99)
    (acme, *_) = scanned(company, policy=strict)
    assert {rule.id for rule, _ in acme.found} >= {"renewal_near"}


def test_reasons_to_buy_more_are_no_risks(company: Session) -> None:
    assert offered(company) == ()
    for user in range(9):
        rows.used(company, 1, TODAY, f"user-{user}@acme.com")
    (found,) = offered(company)
    assert found.account.name == "Acme Corp"
    assert [rule.id for rule, _ in found.found] == ["seats_full"]
    assert offered(company, HealthPolicy(good_from=100, average_from=99)) == (), "who is in poor health is helped first"
    assert "seats_full" not in {rule.id for row in scanned(company) for rule, _ in row.found}


def test_a_question_names_a_book_and_no_period(company: Session) -> None:
    assert risks(ask("mine"), company, "mine").book == BookFilter(csm_email="ana@example.com")
    with pytest.raises(NotUnderstood) as caught:
        risks(ask(), company, "enterprise last month")
    assert caught.value.suggestions == ("/atrisk segment:enterprise",)
    with pytest.raises(NotUnderstood):
        risks(ask(), company, "entreprise!!")


def test_a_missing_rate_is_said(rateless: Session) -> None:
    with pytest.raises(UserError, match="exchange rate"):
        risks(ask(), rateless, "")
