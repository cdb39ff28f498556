from pathlib import Path

import pytest
from pypdfium2 import PdfDocument
from sqlalchemy import Engine

from tests.bot.cli.conftest import Latido
from tests.bot.small_company import LATER, bring


@pytest.fixture
def company(latido: Latido, store: Engine) -> None:
    latido("migrate")
    bring(store, LATER)


@pytest.mark.slow
@pytest.mark.usefixtures("company")
def test_the_pages_are_saved_with_the_companys_name(
    latido: Latido, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LATIDO_COMPANY", "Us & Sons")
    said = latido("report", "2026-10", "--out", "october.pdf")
    assert (said.code, said.out.strip()) == (0, str(folder / "october.pdf"))
    document = PdfDocument(folder / "october.pdf")
    text = document[0].get_textpage().get_text_bounded()
    assert "Us & Sons: customer success report" in text
    assert "October 2026" in text
    document.close()


@pytest.mark.usefixtures("company")
def test_what_nobody_knows_is_a_sentence(latido: Latido) -> None:
    said = latido("report", "octember")
    assert said.code == 2
    assert said.err.startswith("latido report: ")
    assert "octember" in said.err


@pytest.mark.usefixtures("company")
def test_a_currency_can_be_named_as_after_the_command(latido: Latido) -> None:
    said = latido("report", "2026-10", "currency:CHF")
    assert said.code == 2
    assert "no exchange rates for “CHF”" in said.err
