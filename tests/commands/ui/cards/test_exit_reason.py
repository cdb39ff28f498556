"""A colleague is asked why an account has left."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date

import pytest

from commands.core.reply import Modal, Reply
from commands.core.request import Translator
from commands.ui.blocks import check
from commands.ui.cards.exit_reason import WORDS_MOST, exit_reason_card, exit_reason_form, exit_reason_kept
from commands.ui.text import LOCALES, translator
from storage.queries.exit_reasons import Leaver, Told
from tests.commands.ui.cards.answers import NASTY

DAY = date(2026, 11, 20)
THEM = Leaver(7, "them", "Fjord & Söhne *Media*", "ana@us.example")
LONG = Leaver(7, "them", NASTY[:255], None)
PRICE = Told("price", "Budget was cut", "U0ANA")
LONGEST = Told("no longer an option", (NASTY * 30)[:WORDS_MOST], "U0ANA")

CARDS: dict[str, Callable[[Translator], Reply]] = {
    "exit-reason": lambda t: exit_reason_card(THEM, DAY, None, t),
    "exit-reason-told": lambda t: exit_reason_card(THEM, DAY, PRICE, t),
    "exit-reason-longest": lambda t: exit_reason_card(LONG, DAY, LONGEST, t),
}
MODALS: dict[str, Callable[[Translator], Modal]] = {
    "exit-reason-form": lambda t: exit_reason_form(THEM, DAY, None, t),
    "exit-reason-form-told": lambda t: exit_reason_form(THEM, DAY, PRICE, t),
    "exit-reason-form-longest": lambda t: exit_reason_form(LONG, DAY, LONGEST, t),
    "exit-reason-kept": lambda t: exit_reason_kept(THEM, DAY, PRICE, t),
}


@pytest.mark.parametrize("name", CARDS)
def test_a_card_looks_as_it_was_approved(name: str, golden: Callable[[str, object], None]) -> None:
    golden(f"cards/{name}", asdict(CARDS[name](translator("en", strict=True))))


@pytest.mark.parametrize("name", MODALS)
def test_a_modal_looks_as_it_was_approved(name: str, golden: Callable[[str, object], None]) -> None:
    golden(f"cards/{name}", asdict(MODALS[name](translator("en", strict=True))))


@pytest.mark.parametrize("locale", LOCALES)
def test_slack_takes_them_in_every_language(locale: str) -> None:
    t = translator(locale, strict=True)
    for card in CARDS.values():
        shown = card(t)
        assert check(shown.blocks) == []
        assert "<!channel>" not in str(shown.blocks)
    for form in MODALS.values():
        modal = form(t)
        assert check(modal.blocks, surface="modal") == []
        assert len(modal.title) <= 24
