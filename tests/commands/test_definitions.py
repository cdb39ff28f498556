"""/latido definitions tells what is in force."""

import re
from dataclasses import replace
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine

from commands.core.reply import Reply
from commands.core.request import Request
from commands.definitions import COMMAND
from commands.ui.blocks import check
from commands.ui.text import LOCALES
from metrics.business_hours import parse
from metrics.dials import RulePolicy
from metrics.rules import all_rules
from metrics.types import ChurnBand, ChurnBands, Definitions, HealthPolicy, LedgerRules
from storage.session import reading
from tests.commands.asking import ask


def answer(engine: Engine, request: Request) -> Reply:
    with reading(engine) as db:
        given = COMMAND.run(request, db)
    assert isinstance(given, Reply)
    assert check(given.blocks) == []
    return given


@pytest.mark.parametrize("locale", LOCALES)
def test_it_answers_in_every_language(sqlite_engine: Engine, locale: str) -> None:
    text = answer(sqlite_engine, ask(locale=locale)).text
    settings = "GROSS_MARGIN ONBOARDING_DAYS CHURN_GRACE_DAYS CHURN_DATE PAST_DUE_DAYS HEALTH_POINTS HEALTH_GOOD_FROM"
    for setting in settings.split():
        assert f"LATIDO_{setting}" in text


def test_what_the_company_decided_is_told(sqlite_engine: Engine) -> None:
    asked = ask()
    decided = replace(
        asked.company,
        health=HealthPolicy({"use": 44}, {"Enterprise": {"relationship": 55}}, 80, 50),
        definitions=Definitions(gross_margin=Fraction(3, 4), onboarding_days=21, ledger=LedgerRules(5)),
    )
    text = answer(sqlite_engine, replace(asked, company=decided)).text
    assert "Gross margin 75%" in text
    assert "stalled after 21 days" in text
    assert "at most 5 days is no churn" in text
    assert "Good from 80, average from 50" in text
    assert "Product use 44" in text
    assert "Points in Enterprise: " in text
    assert "Relationship 55" in text


def test_what_is_not_as_it_comes_is_marked(sqlite_engine: Engine) -> None:
    asked = ask()
    usual = answer(sqlite_engine, asked).text
    assert "Nothing has been changed: all of these are the defaults." in usual
    assert "◆" not in usual
    bands = ChurnBands(None, {"Enterprise": ChurnBand(Fraction(0), Fraction(1, 50))})
    definitions = Definitions(business_hours=parse("mon-fri 09:00-18:00"), churn_bands=bands)
    text = answer(sqlite_engine, replace(asked, company=replace(asked.company, definitions=definitions))).text
    assert [each for each in text.splitlines() if "◆" in each] == [
        "◆ is what your company has changed, ◇ is the default.",
        "◆ Acceptable churn in Enterprise: up to 2% a month.",
        "◆ Time of response counts in business hours Mon–Fri 09:00–18:00 (LATIDO_BUSINESS_HOURS).",
    ]
    assert "◇ Acceptable churn: 3% to 5% a month (LATIDO_CHURN_BANDS)." in text


def test_where_the_company_is_does_not_count_as_set_otherwise(sqlite_engine: Engine) -> None:
    asked = ask()
    company = replace(asked.company, currency="EUR", zone=ZoneInfo("Europe/Madrid"))
    text = answer(sqlite_engine, replace(asked, company=company)).text
    assert "◇ Days and months are those of Europe/Madrid." in text
    assert "◆" not in text


def test_thresholds_that_are_turned_are_told_and_the_others_as_they_are_written(sqlite_engine: Engine) -> None:
    asked = ask()
    usual = answer(sqlite_engine, asked).text
    assert "All thresholds are as delivered (LATIDO_RULES)." in usual
    assert "`inactivity`: `times_usual=4 least_days=7 most_days=42 urgent_times=2`" in usual
    assert "`seats_full`: `full_percent=90 least_seats=3`" in str(answer(sqlite_engine, asked).blocks)
    rules = RulePolicy(
        {"inactivity.least_days": 10, "seats_full": False, "score_fall.points": 10},
        {"Enterprise": {"usage_drop.warn_below": 70, "seats_full": True, "inactivity.least_days": 10}},
    )
    text = answer(sqlite_engine, replace(asked, company=replace(asked.company, rules=rules))).text
    assert [each for each in text.splitlines() if each.startswith(("◆ For", "◆ In"))] == [
        "◆ For all accounts: `inactivity.least_days` 10 days instead of 7 days",
        "◆ For all accounts: `seats_full` is off",
        "◆ In Enterprise: `usage_drop.warn_below` 70% instead of 60%",
        "◆ In Enterprise: `seats_full` is on",
    ]


def test_however_much_is_turned_it_is_told_within_slacks_limits(sqlite_engine: Engine) -> None:
    asked = ask()
    dials = {f"{rule.id}.{name}": dial.high for rule in all_rules().values() for name, dial in rule.dials.items()}
    rules = RulePolicy(dials, {"Öl & Gas " * 10: dict.fromkeys(dials, 1)})
    text = answer(sqlite_engine, replace(asked, company=replace(asked.company, rules=rules))).text
    assert re.search(r"^◆ and \d+ more$", text, re.MULTILINE)
    assert text.count("◆ For all accounts: ") == 20
