"""/latido definitions tells what is in force."""

from dataclasses import replace
from fractions import Fraction

import pytest
from sqlalchemy import Engine

from commands.core.reply import Reply
from commands.core.request import Request
from commands.definitions import COMMAND
from commands.ui.blocks import check
from commands.ui.text import LOCALES
from metrics.types import Definitions, HealthPolicy
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
    for setting in ("GROSS_MARGIN", "ONBOARDING_DAYS", "CHURN_GRACE_DAYS", "HEALTH_POINTS", "HEALTH_GOOD_FROM"):
        assert f"LATIDO_{setting}" in text


def test_what_the_company_decided_is_told(sqlite_engine: Engine) -> None:
    asked = ask()
    decided = replace(
        asked.company,
        churn_grace_days=5,
        health=HealthPolicy({"use": 44}, {"Enterprise": {"relationship": 55}}, 80, 50),
        definitions=Definitions(gross_margin=Fraction(3, 4), onboarding_days=21),
    )
    text = answer(sqlite_engine, replace(asked, company=decided)).text
    assert "Gross margin 75%" in text
    assert "stalled after 21 days" in text
    assert "at most 5 days is no churn" in text
    assert "Good from 80, average from 50" in text
    assert "Product use 44" in text
    assert "Points in Enterprise: " in text
    assert "Relationship 55" in text
