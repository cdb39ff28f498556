"""/csm: whose scorecard it is, what it is held against."""

from datetime import date

import pytest
from sqlalchemy import Engine

from commands.core.button_values import packed
from commands.core.errors import NotUnderstood
from commands.core.reply import Reply
from commands.csm import COMMAND, VOICE
from commands.ui.blocks import check
from commands.ui.text import LOCALES
from storage.session import reading, transaction
from tests.commands.asking import ask
from tests.storage.queries.rows import account, add, paid, subscribe


def answer(engine: Engine, text: str = "", locale: str = "en") -> Reply:
    with reading(engine) as db:
        given = COMMAND.run(ask(text, locale=locale), db)
    assert isinstance(given, Reply)
    assert check(given.blocks) == []
    return given


def company(engine: Engine, *csms: str) -> None:
    """Each CSM has a customer that grew by 10 USD in October, and one more that left."""
    with transaction(engine) as db:
        add(db, "data_load", entity="subscriptions", loaded_at=ask().now)
        for number, csm in enumerate(csms):
            grew = account(db, f"Grew {csm}", csm_email=csm)
            subscribe(
                db,
                grew,
                paid(date(2026, 1, 1), date(2026, 10, 5), 10_000),
                paid(date(2026, 10, 5), None, 11_000 + number * 1_000),
            )
            subscribe(db, account(db, csm_email=csm), paid(date(2026, 1, 1), date(2026, 10, 9), 5_000))


@pytest.mark.parametrize("locale", LOCALES)
def test_the_askers_own_scorecard_in_every_language(sqlite_engine: Engine, locale: str) -> None:
    company(sqlite_engine, "Ana@Example.com", "bo@example.com")
    text = answer(sqlite_engine, locale=locale).text
    assert "40" in text.splitlines()[0]  # 10 won, 50 lost


def test_growth_is_told_by_its_parts(sqlite_engine: Engine) -> None:
    company(sqlite_engine, "ana@example.com", "bo@example.com")
    text = answer(sqlite_engine, "csm:bo").text
    assert "Portfolio growth −$30" in text.splitlines()[0]
    assert "What the growth is made of" in text
    assert "expansion" in text
    assert "The middle of all CSMs" not in text  # two CSMs would know each other


def test_peers_are_a_middle_without_names(sqlite_engine: Engine) -> None:
    company(sqlite_engine, "ana@example.com", "bo@example.com", "cy@example.com")
    text = answer(sqlite_engine).text
    assert "The middle of all CSMs" in text
    assert "Net revenue retention: 80%" in text  # 11, 12 and 13 of 15 hundred
    assert "bo@example.com" not in text


def test_targets_are_told_beside_what_was_reached(sqlite_engine: Engine) -> None:
    company(sqlite_engine, "ana@example.com")
    with transaction(sqlite_engine) as db:
        for csm, metric, target in (
            ("ana@example.com", "nrr", "1.05"),
            ("team", "mrr", "1250.00"),
            ("team", "customers", "3"),
            ("team", "nps", "30.5"),
        ):
            add(db, "target", csm_email=csm, metric=metric, period="2026-10", target=target)
    text = answer(sqlite_engine).text
    assert "73.3% of 105%" in text
    assert "$110 of $1,250 (team's target)" in text
    assert "1 of 3 (team's target)" in text
    assert "n/a of 30.5 (team's target)" in text


def test_who_has_no_accounts_is_asked_whose(sqlite_engine: Engine) -> None:
    company(sqlite_engine, "bo@example.com", "cy@example.com")
    with pytest.raises(NotUnderstood) as refused:
        answer(sqlite_engine)
    assert refused.value.suggestions == ("/csm 2026-10 csm:bo@example.com", "/csm 2026-10 csm:cy@example.com")


def test_the_modal_and_the_file_are_of_the_same_scorecard(sqlite_engine: Engine) -> None:
    company(sqlite_engine, "ana@example.com", "bo@example.com")
    with reading(sqlite_engine) as db:
        modal = VOICE.explain(ask(packed("csm:bo")), db)
        document = VOICE.export(ask(packed("csm:bo")), db)
    assert "Grew bo" in str(modal.blocks)
    assert "Grew ana" not in document.content.decode()
