"""What a person can mend is one sentence on stderr and exit code 2, whichever verb was called."""

from pathlib import Path

import pytest

from tests.bot.cli.conftest import Latido

CALLS = [
    ("import", "accounts.csv"),
    ("migrate",),
    ("job", "snapshot"),
    ("manifest",),
    ("ask", "/mrr"),
    ("run",),
]


@pytest.mark.parametrize("words", CALLS, ids=lambda words: words[0])
def test_a_malformed_setting_is_one_sentence(
    latido: Latido, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setenv("LATIDO_CURRENCY", "doubloons")
    said = latido(*words)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(f"latido {words[0]}: LATIDO_CURRENCY is 'doubloons': expected an ISO 4217 code")
    assert len(said.err.splitlines()) == 1


@pytest.mark.parametrize("words", [("import", "accounts.csv"), ("migrate",), ("job", "snapshot"), ("ask", "/mrr")])
def test_a_store_that_cannot_be_opened_is_one_sentence(
    latido: Latido, monkeypatch: pytest.MonkeyPatch, folder: Path, words: tuple[str, ...]
) -> None:
    monkeypatch.setenv("LATIDO_DATABASE_URL", f"sqlite:///{folder / 'nowhere' / 'latido.db'}")
    said = latido(*words)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(f"latido {words[0]}: the store cannot be opened")
    assert len(said.err.splitlines()) == 1
