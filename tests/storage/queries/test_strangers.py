"""Of which members of a channel Slack is asked who they are."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from storage.queries.contact_signs import move_channel
from storage.queries.strangers import may_be_found, recognise, strangers
from storage.queries.tables import channel_member, contact
from storage.session import Session
from tests.factories import NOW
from tests.storage.queries import rows

TODAY = date(2026, 11, 23)
SINCE = NOW - timedelta(days=30)


@pytest.fixture
def acme(db: Session) -> int:
    return rows.account(db, "Acme", slack_channel_id="C0ACME")


def told(db: Session, user_id: str, days_ago: int = 0, email: str | None = None) -> None:
    rows.add(db, "respondent", user_id=user_id, email=email, gone=False, seen_at=NOW - timedelta(days=days_ago))


@pytest.mark.parametrize(
    ("about", "may"),
    [
        ({"email": "ana@acme.com"}, True),
        ({"email": "ana@acme.com", "left_on": date(2026, 12, 1)}, True),
        ({"email": "ana@acme.com", "left_on": TODAY}, False),
        ({"email": "ana@acme.com", "slack_user_id": "U0ANA"}, False),
        ({}, False),
    ],
    ids=["address alone", "leaves later", "has left", "known", "no address"],
)
def test_there_is_somebody_to_look_for(db: Session, acme: int, about: dict[str, Any], *, may: bool) -> None:
    rows.contact(db, acme, "Ana", **about)
    assert may_be_found(db, "C0ACME", on=TODAY) is may
    assert not may_be_found(db, "C0OTHER", on=TODAY)


def test_only_those_are_asked_about_whom_nobody_knows(db: Session, acme: int) -> None:
    rows.contact(db, acme, "Ana", slack_user_id="U0ANA")
    rows.contact(db, rows.account(db, "Other"), "Bob", slack_user_id="U0BOB")
    rows.add(db, "person", user_id="U0CSM", preferences={}, seen_at=NOW)
    told(db, "U0LATELY", 29)
    told(db, "U0LONG", 30)
    members = {"U0ANA", "U0BOB", "U0CSM", "U0LATELY", "U0LONG", "U0NEW"}
    assert strangers(db, "C0ACME", members, since=SINCE, most=10) == ["U0BOB", "U0NEW", "U0LONG"]
    assert strangers(db, "C0ACME", members, since=SINCE, most=2) == ["U0BOB", "U0NEW"]
    assert strangers(db, "C0ACME", (), since=SINCE, most=2) == []


def test_members_with_an_address_are_kept_and_recognised(db: Session, acme: int) -> None:
    ana = rows.contact(db, acme, "Ana", email="ana@acme.com")
    told(db, "U0ANA", email="ana@acme.com")
    told(db, "U0CSM")
    assert recognise(db, "C0ACME", {"U0CSM"}) == 0
    assert [recognise(db, "C0ACME", {"U0ANA", "U0CSM", "U0NEW"}) for _ in range(2)] == [1, 0]
    assert db.execute(select(contact.c.slack_user_id).where(contact.c.id == ana)).scalar() == "U0ANA"
    assert db.execute(select(channel_member)).all() == [("C0ACME", "U0ANA")]


def test_who_was_in_a_channel_was_in_it_under_its_new_id_too(db: Session) -> None:
    for channel, user in (("C1", "U1"), ("C1", "U2"), ("C2", "U2")):
        rows.add(db, "channel_member", channel_id=channel, user_id=user)
    move_channel(db, "C1", "C2")
    assert sorted(db.execute(select(channel_member)).all()) == [("C2", "U1"), ("C2", "U2")]
