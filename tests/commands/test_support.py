from dataclasses import replace
from datetime import timedelta

import pytest

from commands.compare import COMMAND as COMPARE
from commands.core.reply import Reply
from commands.support import COMMAND
from commands.ui.blocks import check
from metrics.business_hours import parse
from metrics.types import Definitions
from storage.session import Session
from tests.commands.asking import ask
from tests.commands.pressing import modal, press, reply
from tests.commands.programmes import OCTOBER, fill
from tests.storage.queries import rows


@pytest.fixture
def store(db_empty: Session) -> Session:
    """The customers of tests.commands.programmes."""
    return fill(db_empty)


def answer(db: Session, text: str = "", locale: str = "en") -> Reply:
    given = reply(COMMAND.run(ask(text, locale=locale), db))
    assert check(given.blocks) == []
    return given


def test_the_first_lines_are_the_median_and_how_tickets_end(store: Session) -> None:
    lines = answer(store).text.splitlines()
    assert lines[0] == "First response time 25 min · October 2026, all customers"
    assert lines[2] == "First-contact resolution 66.7% (before: n/a) · Contacts per resolution 2 (before: n/a)"
    assert lines[3] == "Tickets per account 3 (before: n/a) · Escalation rate 33.3% (before: n/a)"


def test_priorities_are_told_with_median_and_90th_percentile_in_calendar_time(store: Session) -> None:
    assert (
        "First response by priority, in calendar time: nights and weekends count\n"
        "all priorities: 6 tickets · median 25 min · 90th percentile 25 h 0 min · escalated 33.3%\n"
        "low: 3 tickets · median 30 min · 90th percentile 30 min · escalated 33.3%\n"
        "high: 2 tickets · median 15 min · 90th percentile 20 min · escalated 50%\n"
    ) in answer(store).text


@pytest.mark.parametrize(
    ("minutes", "told"), [(0, "0 min"), (59, "59 min"), (60, "1 h 0 min"), (1439, "23 h 59 min"), (2970, "49 h 30 min")]
)
def test_a_time_is_told_as_suits_it(db_empty: Session, minutes: int, told: str) -> None:
    store = fill(db_empty)
    values = {"first_response_at": OCTOBER + timedelta(minutes=minutes), "priority": "odd"}
    rows.add(store, "ticket", key="odd", account_id=rows.account(store), opened_at=OCTOBER, **values)
    assert f"odd: 1 ticket · median {told} · 90th percentile {told} · escalated 0%" in answer(store).text


def test_a_priority_that_nobody_answered_has_no_time(store: Session) -> None:
    assert "low: 2 tickets · no response yet · escalated 50%" in answer(store, "mid").text


def test_the_accounts_with_escalations_and_most_tickets_are_named(store: Session) -> None:
    assert (
        "Escalations still open (1)\nBeta: 1 escalation open, since 5 Oct 2026 · MRR $300\n"
        "Most tickets (2)\nAcme: 4 tickets opened, 1 escalated · MRR $1,200\n"
        "Beta: 2 tickets opened, 1 escalated · MRR $300\n"
    ) in answer(store).text
    assert "No escalation is open." in answer(store, "smb").text


def test_business_hours_count_where_the_company_has_some(store: Session) -> None:
    asked = ask()
    definitions = Definitions(business_hours=parse("mon-thu 09:00-18:00, fri 09:00-15:00"))
    request = replace(asked, company=replace(asked.company, definitions=definitions))
    card = reply(COMMAND.run(request, store))
    assert check(card.blocks) == []
    lines = card.text.splitlines()
    assert lines[1] == "September 2026: n/a · business hours Mon–Thu 09:00–18:00, Fri 09:00–15:00"
    assert "First response by priority, in business hours\nall priorities: 6 tickets · median " in card.text
    shown = modal(press(COMMAND, card, "support.explain", request, store))
    assert "Counted in business hours Mon–Thu 09:00–18:00, Fri 09:00–15:00." in str(shown.blocks)


def test_calendar_hours_are_said_too(store: Session) -> None:
    card = answer(store)
    assert card.text.splitlines()[1] == "September 2026: n/a · calendar hours"
    assert "Counted in calendar hours." in str(modal(press(COMMAND, card, "support.explain", ask(), store)).blocks)


def test_a_comparison_says_which_hours_count(store: Session) -> None:
    asked = ask("sep vs oct")
    definitions = Definitions(business_hours=parse("mon-fri 09:00-18:00"))
    request = replace(asked, company=replace(asked.company, definitions=definitions))
    assert "First response time: business hours Mon–Fri 09:00–18:00" in reply(COMPARE.run(request, store)).text
    assert "hours" not in reply(COMPARE.run(asked, store)).text
