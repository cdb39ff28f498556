import json
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.bot.cli.conftest import Latido
from tests.bot.small_company import LATER, bring

PNG = b"\x89PNG"


@pytest.fixture
def company(latido: Latido, store: Engine) -> None:
    latido("migrate")
    bring(store, LATER)


@pytest.mark.usefixtures("company")
def test_a_command_is_answered_as_text(latido: Latido) -> None:
    said = latido("ask", "/mrr 2026-10")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("MRR $1,")
    assert "October 2026" in said.out


@pytest.mark.usefixtures("company")
def test_words_need_no_quotes_and_no_slash(latido: Latido) -> None:
    assert latido("ask", "/health", "acme").out == latido("ask", "health acme").out


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize(("language", "month"), [("en", "October"), ("es", "octubre"), ("ru", "октябрь")])
def test_the_answer_speaks_the_language_asked_for(latido: Latido, language: str, month: str) -> None:
    assert month in latido("ask", "/mrr 2026-10", "--language", language).out


@pytest.mark.usefixtures("company")
def test_as_json_there_are_text_blocks_and_the_chart(latido: Latido, folder: Path) -> None:
    said = latido("ask", "/mrr 2026-10", "--json", "--charts", "pictures")
    answer = json.loads(said.out)
    assert said.code == 0
    assert answer["text"].startswith("MRR $1,")
    assert {block["type"] for block in answer["blocks"]} >= {"section", "context", "actions"}
    (path,) = answer["charts"]
    assert Path(path).parent == folder / "pictures"
    assert Path(path).read_bytes().startswith(PNG)


@pytest.mark.usefixtures("company")
def test_charts_are_drawn_beside_a_plain_answer_when_asked_for(latido: Latido, folder: Path) -> None:
    *_, path = latido("ask", "/mrr 2026-10", "--charts", "pictures").out.splitlines()
    assert Path(path).read_bytes().startswith(PNG)
    assert list(folder.glob("*.png")) == []


@pytest.mark.usefixtures("company")
def test_whose_accounts_are_meant_can_be_said(latido: Latido) -> None:
    said = latido("ask", "/health", "--email", "ben@us.example")
    assert "Acme" not in said.out


@pytest.mark.usefixtures("company")
def test_an_unknown_command_gets_the_nearest(latido: Latido) -> None:
    said = latido("ask", "/latido helth acme")
    assert said.code == 1
    assert said.out.splitlines()[1] == "/health acme"


@pytest.mark.usefixtures("company")
def test_an_unknown_account_gets_the_closest(latido: Latido) -> None:
    said = latido("ask", "/health zzzz")
    assert said.code == 0
    assert "Traceback" not in said.out + said.err
    assert "zzzz" in said.out


def test_an_empty_store_teaches_what_to_import(latido: Latido) -> None:
    assert "latido import" in latido("ask", "/mrr").out
