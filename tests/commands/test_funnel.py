import pytest

from commands.core.reply import Reply
from commands.funnel import COMMAND
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


def test_the_first_lines_are_leads_and_what_became_of_them(store: Session) -> None:
    lines = answer(store).text.splitlines()
    assert lines[0] == "Leads 4 · ▲ 4 · October 2026, all customers"
    assert lines[2] == "MQL → SQL 50% (before: n/a) · Lead conversion 25% (before: n/a)"


def test_sources_contents_cohorts_and_trials_are_told(store: Session) -> None:
    assert (
        "Leads by source\n"
        "ads: 2 leads · MQL → SQL 50% · conversion 0%\n"
        "event: 1 lead · conversion 100%\n"
        "source unknown: 1 lead · conversion 0%\n"
        "Leads by content\n"
        "content unknown: 3 leads · MQL → SQL 0% · conversion 33.3%\n"
        "guide: 1 lead · MQL → SQL 100% · conversion 0%\n"
        "Leads by month of creation\n"
        "2026-10: 4 leads · MQL → SQL 50% · conversion 25%\n"
        "Trials\nasked for in the period: 1\ncustomers by now: 0\nno customers yet: 1\n"
        "Leads that became customers (1)\nBeta: lead since 5 Oct 2026, from event · MRR $300 · 20 Oct 2026\n"
    ) in answer(store).text


def test_a_segment_has_the_leads_of_its_accounts_and_says_so(store: Session) -> None:
    text = answer(store, "mid").text
    assert text.startswith("Leads 1 · ▲ 1 · October 2026, segment mid")
    assert "Leads by source (only leads that have an account by now)" in text
