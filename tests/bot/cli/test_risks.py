import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from commands.ui import formats
from storage.queries import tables
from storage.session import transaction
from tests.bot.cli.conftest import Latido, Said
from tests.bot.small_company import LATER, bring
from tests.storage.queries import rows


@pytest.fixture
def company(latido: Latido, store: Engine) -> None:
    latido("migrate")
    bring(store, LATER)


def accounts(said: Said) -> list[dict[str, Any]]:
    assert said.code == 0
    return [json.loads(line) for line in said.out.splitlines()]


@pytest.mark.usefixtures("company")
def test_an_account_is_one_object_with_all_that_was_found(latido: Latido) -> None:
    acme = next(one for one in accounts(latido("risks", "--json")) if one["account"] == "acme")
    assert acme["mrr"] == {"minor": 100_000, "currency": "USD"}
    assert acme["severity"] == acme["risks"][0]["severity"]
    assert acme["health"]["coverage"].startswith(("0.", "1."))
    left = next(risk for risk in acme["risks"] if risk["since"] == "2026-11-10")
    assert "Marta" in left["why"]
    assert left["advice"].endswith(".")


@pytest.mark.usefixtures("company")
def test_the_worst_come_first(latido: Latido) -> None:
    order = ["urgent", "warning", "notice"]
    found = [order.index(one["severity"]) for one in accounts(latido("risks", "--json"))]
    assert found == sorted(found)
    assert found


@pytest.mark.usefixtures("company")
def test_those_of_one_csm(latido: Latido) -> None:
    assert accounts(latido("risks", "--csm", "ben", "--json")) == []
    assert {one["csm"] for one in accounts(latido("risks", "--csm", "ana", "--json"))} == {"ana@us.example"}


@pytest.mark.usefixtures("company")
def test_those_of_one_plan(latido: Latido, store: Engine) -> None:
    with transaction(store) as db:
        gold = tables.subscription.update().where(tables.subscription.c.key == "s-acme").values(plan="Gold")
        db.connection().execute(gold)
    of_gold, of_team, of_none = (
        {one["account"] for one in accounts(latido("risks", "--json", "--plan", plan))} for plan in ("gold", "team", "")
    )
    assert (of_gold, of_team, of_none) == ({"acme"}, set(), set())
    said = latido("risks", "--plan", "tem")
    assert (said.code, said.err) == (2, "latido risks: There is no plan “tem”. Nearest: Team, Gold\n")


@pytest.mark.usefixtures("company")
def test_amounts_can_be_shown_in_another_currency(latido: Latido, store: Engine) -> None:
    with transaction(store) as db:
        rows.add(db, "fx_rate", currency="GBP", day=date(2026, 1, 1), rate="1.25")
    own, pounds = (accounts(latido("risks", "--json", *words)) for words in ((), ("--currency", "pounds")))
    assert [one["mrr"] for one in pounds] == [{"minor": one["mrr"]["minor"] * 4 // 5, "currency": "GBP"} for one in own]
    assert "MRR £800" in latido("risks", "--currency", "GBP").out
    assert accounts(latido("risks", "--currency", "usd", "--json")) == own
    refused = latido("risks", "--currency", "CHF")
    assert (refused.code, refused.out) == (2, "")
    assert "no exchange rates for “CHF”. Nearest: USD, EUR, GBP" in refused.err


@pytest.mark.usefixtures("company")
def test_people_read_what_stands_on_the_card(latido: Latido) -> None:
    lines = latido("risks").out.splitlines()
    assert any("Acme · " in line and "MRR $1,000" in line for line in lines)
    assert any(line.startswith("  → ") for line in lines)
    assert latido("risks", "--language", "ru").out != latido("risks").out


@pytest.mark.usefixtures("company")
def test_a_csm_that_nobody_knows_is_told_with_the_nearest(latido: Latido) -> None:
    said = latido("risks", "--csm", "anna@us.example")
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("latido risks: ")
    assert "Nearest: ana@us.example" in said.err


def test_an_empty_store_has_no_risks(latido: Latido) -> None:
    assert latido("risks").out == "No open risks\n"
    assert accounts(latido("risks", "--json")) == []


@pytest.mark.usefixtures("company")
def test_what_is_held_back_is_said_beside_the_risks(latido: Latido, store: Engine) -> None:
    last = datetime.now(UTC).replace(hour=12) - timedelta(days=30)
    with transaction(store) as db:
        db.connection().execute(tables.ticket.delete())
        one = rows.account(db)
        for day in range(60):
            rows.add(db, "ticket", key=f"t-{day}", account_id=one, opened_at=last - timedelta(days=day))
    said = latido("risks", "--json")
    assert said.err == f"Some signals are held back · no tickets have come in since {formats.day(last.date(), 'en')}\n"
    assert {json.loads(line)["stopped"]["tickets"] for line in said.out.splitlines()} == {last.date().isoformat()}
    assert latido("risks").err == said.err
