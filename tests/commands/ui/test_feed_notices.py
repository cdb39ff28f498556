"""A feed that stops is one message to the admins, and one when it is back."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from commands.core.request import Company
from commands.ui.feed_notices import tell_of_feeds
from commands.ui.text import LOCALES
from storage.queries import tables
from storage.session import Session
from tests.commands.asking import NOW
from tests.commands.stopped import stop
from tests.storage.queries import rows

COMPANY = Company("USD", ZoneInfo("UTC"), admins=("U0ANA", "U0OLGA"))


def messages(db: Session) -> list[tuple[str, str, str]]:
    o = tables.outbox.c
    found = db.execute(select(o.destination, o.occurrence, o.content).where(o.purpose == "feed").order_by(o.id))
    return [(destination, occurrence, content["text"]) for destination, occurrence, content in found]


def test_as_long_as_everything_comes_in_nothing_is_said(company: Session) -> None:
    assert tell_of_feeds(company, company=COMPANY, now=NOW) == 0


def test_every_admin_is_told_once_of_a_feed_that_has_stopped(company: Session) -> None:
    stop(company, "usage")
    assert tell_of_feeds(company, company=COMPANY, now=NOW) == 2
    assert tell_of_feeds(company, company=COMPANY, now=NOW + timedelta(days=1)) == 0
    first, second = messages(company)
    assert (first[0], second[0]) == COMPANY.admins
    assert first[1] == second[1] == "usage 2026-11-02 stopped"
    assert first[2].startswith("Data has stopped coming in: no usage has come in since 2 Nov 2026. Alerts that rest on")


def test_they_are_told_once_when_it_is_back(company: Session) -> None:
    stop(company, "usage")
    one = replace(COMPANY, admins=(), alert_channel="C0CS")
    tell_of_feeds(company, company=one, now=NOW)
    rows.used(company, 1, NOW.date(), "somebody", sessions=1)
    assert tell_of_feeds(company, company=one, now=NOW) == 1
    assert tell_of_feeds(company, company=one, now=NOW) == 0
    assert messages(company)[1] == (
        "C0CS",
        "usage 2026-11-02 back",
        "Usage comes in again; the last before was of 2 Nov 2026.",
    )


def test_while_there_is_nobody_to_tell_it_is_not_taken_as_told(company: Session) -> None:
    stop(company, "tickets")
    assert tell_of_feeds(company, company=replace(COMPANY, admins=()), now=NOW) == 0
    assert tell_of_feeds(company, company=COMPANY, now=NOW) == 2


@pytest.mark.parametrize("language", LOCALES)
def test_it_is_said_in_every_language(company: Session, language: str) -> None:
    stop(company, "usage", "tickets", "invoices", "survey_responses", "campaigns")
    assert tell_of_feeds(company, company=replace(COMPANY, language=language), now=NOW) == 10
    assert all("2026" in text for _, _, text in messages(company))
