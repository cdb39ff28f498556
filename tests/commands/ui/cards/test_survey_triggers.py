"""What asks by itself, as a card and as forms."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime

import pytest

from commands.core.reply import Modal, Reply
from commands.core.request import Translator
from commands.core.survey_triggers import Standing
from commands.ui.blocks import check
from commands.ui.cards.survey_triggers import trigger_form, triggers_card, triggers_saved
from commands.ui.text import LOCALES, translator
from metrics.triggers import all_triggers
from storage.queries.survey_asks import Progress
from storage.queries.survey_triggers import Setting
from tests.commands.ui.cards.answers import NASTY

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
MONTH = Progress(3, 10, 12, 1, 4, 2, 0, 29, {"asked_lately": 40, "left": 1}, {})


def on(trigger: str, month: Progress | None, segment: str | None = None, **dials: object) -> Standing:
    return Standing(all_triggers()[trigger], Setting(trigger, True, dials, segment, "U1", NOW, NOW, ()), month)


OFF = [Standing(one, None, None) for one in all_triggers().values()]
SOME = [
    on("account_churned", None),
    on("feature_first_use", MONTH, "Enterprise", feature="export", days_after=5),
    *OFF[2:],
]
PAUSED = Standing(all_triggers()["ticket_resolved"], on("ticket_resolved", None).setting, MONTH, paused=True)
LONGEST = [on(one, MONTH, NASTY[:100], feature=NASTY[:100]) for one in list(all_triggers())[:4]] + [PAUSED]
NAMES = [f"{number} {NASTY[:90]}" for number in range(150)]

CARDS: dict[str, Callable[[Translator], Reply]] = {
    "survey-triggers": lambda t: triggers_card(SOME, t, may_change=True),
    "survey-triggers-off": lambda t: triggers_card(OFF, t, may_change=False),
    "survey-triggers-longest": lambda t: triggers_card(LONGEST, t, may_change=True),
}
MODALS: dict[str, Callable[[Translator], Modal]] = {
    "survey-trigger-form": lambda t: trigger_form(SOME[1], ["Enterprise", "SMB"], ["export", "import"], t),
    "survey-trigger-form-dials": lambda t: trigger_form(OFF[3], [], [], t),
    "survey-trigger-form-longest": lambda t: trigger_form(LONGEST[1], NAMES, NAMES, t),
    "survey-triggers-saved": lambda t: triggers_saved(SOME, t),
}


@pytest.mark.parametrize("name", CARDS)
def test_a_card_looks_as_it_was_approved(name: str, golden: Callable[[str, object], None]) -> None:
    golden(f"cards/{name}", asdict(CARDS[name](translator("en", strict=True))))


@pytest.mark.parametrize("name", MODALS)
def test_a_modal_looks_as_it_was_approved(name: str, golden: Callable[[str, object], None]) -> None:
    golden(f"cards/{name}", asdict(MODALS[name](translator("en", strict=True))))


@pytest.mark.parametrize("locale", LOCALES)
def test_slack_takes_them_in_every_language(locale: str) -> None:
    for card in CARDS.values():
        shown = card(translator(locale))
        assert check(shown.blocks) == []
        assert "<!channel>" not in str(shown.blocks)
    for form in MODALS.values():
        modal = form(translator(locale))
        assert check(modal.blocks, surface="modal") == []
        assert len(modal.title) <= 24
