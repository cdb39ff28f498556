"""Answers by other rules than the usual ones say so where they are explained, and other definitions stay right."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import insert, update

from commands.churn import COMMAND as CHURN
from commands.core.request import Request
from commands.core.spec import Command
from commands.mrr import COMMAND as MRR
from commands.retention import COMMAND as RETENTION
from commands.ui.blocks import check
from commands.ui.cards.ledger_rules import decided, unusual
from commands.ui.text import LOCALES, translator
from metrics.types import ChurnDate, Definitions, LedgerRules
from storage.ledger import settle_rules
from storage.queries import tables
from storage.session import Session
from tests.commands.asking import NOW, ask
from tests.commands.pressing import modal, press, reply

STRICT = LedgerRules(5, ChurnDate.CANCELLATION, 30)


def asked(text: str, rules: LedgerRules, locale: str = "en") -> Request:
    request = ask(text, locale=locale)
    return replace(request, company=replace(request.company, definitions=Definitions(ledger=rules)))


@pytest.fixture
def kept(company: Session) -> Session:
    """The company where Acme UK (500) gave notice on 8 October for December and Gamma has not paid since August."""
    sub, invoice = tables.subscription, tables.invoice
    notice = {"cancelled_on": date(2026, 10, 8), "ended_on": date(2026, 12, 1)}
    company.execute(update(sub).where(sub.c.key == "s2").values(**notice))
    gamma = company.execute(tables.account.select().where(tables.account.c.key == "a4")).one().id
    company.execute(
        insert(invoice).values(
            key="late", account_id=gamma, amount=1, currency="EUR", due_on=date(2026, 9, 10), status="open"
        )
    )
    settle_rules(company.connection(), LedgerRules(1), NOW.date())
    settle_rules(company.connection(), LedgerRules(), NOW.date())
    return company


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("rules", [LedgerRules(), STRICT, LedgerRules(past_due_days=1)], ids=str)
def test_every_rule_is_told_in_every_language(rules: LedgerRules, locale: str) -> None:
    t = translator(locale, strict=True)
    told = "\n".join(map(t, decided(rules)))
    for setting in ("LATIDO_CHURN_DATE", "LATIDO_CHURN_GRACE_DAYS", "LATIDO_PAST_DUE_DAYS"):
        assert setting in told
    assert all(map(t, unusual(rules)))


def test_only_what_is_unusual_is_told_beside_an_answer() -> None:
    t = translator("en")
    assert list(unusual(LedgerRules())) == []
    assert list(map(t, unusual(STRICT))) == [
        "Churn counts on the day of notice.",
        "A gap of at most 5 days is no churn.",
        "Customers unpaid for over 30 days are not counted.",
    ]


@pytest.mark.parametrize("command", [MRR, CHURN, RETENTION], ids=lambda command: command.id)
def test_an_explanation_says_by_which_rules(kept: Session, command: Command) -> None:
    for rules, said in ((STRICT, True), (LedgerRules(), False)):
        settle_rules(kept.connection(), rules, NOW.date())
        request = asked("2026-10", rules)
        shown = modal(press(command, reply(command.run(request, kept)), f"{command.id}.explain", request, kept))
        assert ("Churn counts on the day of notice." in str(shown.blocks)) is said
        assert ("Customers unpaid for over 30 days are not counted." in str(shown.blocks)) is said


def reconciled(db: Session, rules: LedgerRules, locale: str = "en") -> str:
    settle_rules(db.connection(), rules, NOW.date())
    card = reply(MRR.run(asked("reconcile 2026-10", rules, locale), db))
    assert check(card.blocks) == []
    return card.text


def rates(text: str) -> dict[str, list[str]]:
    """What each of those but ourselves says, in the order of the card."""
    found: dict[str, list[str]] = {}
    for row in text.splitlines():
        who, found_rate, rest = row.partition(": ")
        if found_rate and who != "Latido" and "%" in rest.split(" · ")[0]:
            found.setdefault(who, []).append(rest.split(" · ")[0])
    return found


def test_other_definitions_say_the_same_by_whatever_rules_ours_go(kept: Session) -> None:
    usual = rates(reconciled(kept, LedgerRules()))
    assert usual["ChartMogul"][0] == "28.57%"  # Delta and Epsilon of 7
    assert usual["Stripe"][0] == "37.50%"  # Acme UK too, at the end of the service for others; Zeta came
    assert usual["Tools that count the day of notice"][0] == "42.86%"
    assert usual["Tools that end unpaid customers"][0] == "42.86%"  # Gamma, past due since 11 October
    for rules in (
        STRICT,
        LedgerRules(past_due_days=30),
        LedgerRules(churn_date=ChurnDate.CANCELLATION),
        LedgerRules(9),
    ):
        assert rates(reconciled(kept, rules)) == usual


def test_our_own_line_says_what_ours_is_and_the_others_whom_they_count(kept: Session) -> None:
    text = reconciled(kept, STRICT)
    assert (
        "Latido: 57.14% · Customers at opening that are none at closing ÷ customers at opening. · Churn counts" in text
    )
    assert "Customers unpaid for over 30 days are not counted." in text
    assert "Customers until their subscription ends, paid or not: 2 of 7 lost." in text
    assert "Customers until the day of notice: 3 of 7 lost." in text
    assert "Customers unless unpaid for over 30 days: 3 of 7 lost." in text
    assert "\nPast due" not in text


def test_who_is_unpaid_is_told_where_it_still_counts(kept: Session) -> None:
    text = reconciled(kept, LedgerRules())
    assert "MRR at closing is $2,690; 1 customer unpaid for over 30 days pays $440 of it." in text


def test_the_daily_formula_is_told_with_its_mornings(kept: Session) -> None:
    text = reconciled(kept, LedgerRules())
    assert "ChartMogul, daily formula (B2C): " in text
    assert "All 2 churns count, each as a share of 6 to 8 customers, not of those at opening." in text
    assert "Each day's loss is a share of $2,480 to $2,930, the MRR of that morning, not of the MRR at opening." in text


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("rules", [LedgerRules(), STRICT], ids=str)
def test_it_is_reconciled_in_every_language(kept: Session, rules: LedgerRules, locale: str) -> None:
    assert "ChartMogul: 28" in reconciled(kept, rules, locale)
