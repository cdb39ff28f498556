import pytest

from commands.campaigns import COMMAND
from commands.core.reply import Reply
from commands.ui.blocks import check
from storage.session import Session
from tests.commands.asking import ask
from tests.commands.pressing import reply
from tests.commands.programmes import fill


@pytest.fixture
def store(db_empty: Session) -> Session:
    """The customers of tests.commands.programmes."""
    return fill(db_empty)


def answer(db: Session, text: str = "", locale: str = "en") -> Reply:
    given = reply(COMMAND.run(ask(text, locale=locale), db))
    assert check(given.blocks) == []
    return given


def test_the_first_lines_are_the_three_rates(store: Session) -> None:
    lines = answer(store).text.splitlines()
    assert lines[0] == "Open rate 25% · October 2026, all customers"
    assert lines[2] == "Click rate 12.5% (before: n/a) · Click-to-open 50% (before: n/a)"


def test_campaigns_are_told_one_by_one(store: Session) -> None:
    assert (
        "By campaign\n"
        "October news, 6 Oct 2026: 20 recipients · opened 25% · clicked 5% · click-to-open 20%\n"
        "upsell, 8 Oct 2026: 20 recipients · opened 25% · clicked 20% · click-to-open 80%\n"
    ) in answer(store).text


def test_accounts_that_have_stopped_opening_are_named(store: Session) -> None:
    assert (
        "Opened campaigns before, but none in 90 days (1)\n"
        "Beta: 1 campaign in 90 days, not opened; last opened on 2 Jul 2026 · MRR $300\n"
    ) in answer(store).text
    assert "Nobody has stopped opening campaigns." in answer(store, "smb").text
