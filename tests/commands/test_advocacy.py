import pytest

from commands.advocacy import COMMAND
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


def test_the_first_line_is_the_count(store: Session) -> None:
    assert answer(store).text.splitlines()[0] == "Advocacy 3 · ▲ 3 · October 2026, all customers"


def test_kinds_advocates_and_promoters_not_asked_are_told(store: Session) -> None:
    assert (
        "By kind\nReferrals: 2\nReviews: 0\nCase studies: 0\nReferences: 0\nTalks: 1\n"
        "Advocates (1)\nAcme: 2 referrals, 1 talk · MRR $1,200 · 9 Oct 2026\n"
        "Promoters not asked yet (1)\nBeta: NPS 10 from Jane *Roe* · MRR $300 · 5 Oct 2026\n"
    ) in answer(store).text


def test_a_segment_has_its_own(store: Session) -> None:
    text = answer(store, "mid").text
    assert text.startswith("Advocacy 0 · unchanged · October 2026, segment mid")
    assert "Promoters not asked yet (1)" in text
