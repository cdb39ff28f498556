"""Messages that celebrate."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date

import pytest

from commands.core.reply import Reply
from commands.ui.blocks import check
from commands.ui.cards.win import win_card, wins_card
from commands.ui.text import LOCALES, translator
from metrics.types import Cause, MovementKind
from storage.queries.returns import Arrival, Who

DAY = date(2026, 11, 22)
BACK = Arrival(
    Who(1, "fjord", "Fjord & Söhne *Media*", "smb", None),
    DAY,
    120_000,
    MovementKind.REACTIVATION,
    date(2026, 6, 1),
    Cause.VOLUNTARY,
    "went to a cheaper tool",
)
NEW = Arrival(Who(2, "new", "N" * 300, None, None), DAY, 99, MovementKind.NEW, None, None, None)


def card(name: str, locale: str = "en") -> Reply:
    t = translator(locale, strict=True)
    return {
        "win-back": lambda: win_card(BACK, "USD", t),
        "win-unknown": lambda: win_card(BACK._replace(left_on=None), "USD", t),
        "win-new": lambda: win_card(NEW, "USD", t),
        "wins": lambda: wins_card([BACK, NEW] * 4, "USD", t),
    }[name]()


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", ["win-back", "win-unknown", "win-new", "wins"])
def test_slack_takes_it_in_every_language(name: str, locale: str) -> None:
    assert check(card(name, locale).blocks) == []


@pytest.mark.parametrize("name", ["win-back", "win-new", "wins"])
def test_it_looks_as_it_was_approved(name: str, golden: Callable[[str, object], None]) -> None:
    golden(f"cards/{name}", asdict(card(name)))
