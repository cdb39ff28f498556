"""/latido data tells what comes in, what has stopped and how to mend it."""

from datetime import timedelta

import pytest

from commands.core.data_question import ENTITIES
from commands.core.reply import Reply
from commands.data import COMMAND
from commands.ui.blocks import check
from commands.ui.cards.freshness import ENTITIES as NAMES
from commands.ui.text import LOCALES
from storage.entities import all_entities
from storage.queries.feed import FEEDS
from storage.session import Session
from tests.commands.asking import NOW, ask
from tests.commands.pressing import reply
from tests.commands.stopped import stop
from tests.storage.queries import rows


def answer(db: Session, locale: str = "en") -> Reply:
    given = reply(COMMAND.run(ask(locale=locale), db))
    assert check(given.blocks) == []
    return given


def test_every_entity_of_the_contract_is_told() -> None:
    assert set(ENTITIES) == set(all_entities()) == set(NAMES)
    assert set(FEEDS) == set(ENTITIES[: len(FEEDS)])


def test_an_empty_store_says_what_to_import(db_empty: Session) -> None:
    first, missing, how, *_ = answer(db_empty).text.splitlines()
    assert first == "No data comes in regularly yet"
    assert missing.startswith("Not imported yet: usage, tickets, survey answers")
    assert how == "→ `latido import FOLDER` takes all files at once"


def test_what_comes_in_is_told_with_its_last_day_its_rhythm_and_its_last_import(company: Session) -> None:
    lines = answer(company).text.splitlines()
    assert lines[0] == "Data comes in as usual"
    assert "🟢 usage: until 20 Nov 2026 · usually every day · imported 23 Nov 2026" in lines
    assert "⚪ tickets: until 12 Nov 2026 · imported 23 Nov 2026" in lines  # one is no habit
    assert "⚪ exchange rates: until 1 Jan 2025 · imported 23 Nov 2026" in lines
    assert "⚪ accounts · imported 23 Nov 2026" in lines
    assert "Not imported yet: campaigns, leads, referrals and reviews, costs, targets" in lines


def test_what_has_stopped_comes_first_with_the_command_that_mends_it(company: Session) -> None:
    db = stop(company, "tickets", "survey_responses")
    lines = answer(db).text.splitlines()
    assert lines[:5] == [
        "2 data feeds have stopped",
        "🔴 no tickets have come in since 2 Nov 2026 · usually every day · imported 23 Nov 2026",
        "→ `latido import tickets.csv`",
        "🔴 no survey answers have come in since 2 Nov 2026 · usually every day · imported 23 Nov 2026",
        "→ `latido import survey_responses.csv`",
    ]
    assert "`latido import survey_responses.csv`" in str(answer(db).blocks)  # as it can be copied


def test_a_feed_that_is_silent_for_longer_than_ever_is_late_before_it_has_stopped(company: Session) -> None:
    one = rows.account(company)
    for ago in range(10, 210, 5):
        rows.add(company, "campaign", key=f"m-{ago}", account_id=one, day=NOW.date() - timedelta(days=ago), sent=1)
    assert (
        "🟡 campaigns: until 13 Nov 2026 · usually every 5 days · silent for 10 days, longer than ever"
        in answer(company).text.splitlines()
    )


@pytest.mark.parametrize("locale", LOCALES)
def test_it_is_told_in_every_language(company: Session, locale: str) -> None:
    lines = answer(stop(company, "tickets"), locale).text.splitlines()
    assert (
        lines[0]
        == {
            "en": "1 data feed has stopped",
            "es": "1 fuente de datos se ha detenido",
            "ru": "Остановился 1 источник данных",
        }[locale]
    )
    assert {"en": "usually every day", "es": "normalmente cada día", "ru": "обычно каждый день"}[locale] in lines[1]
