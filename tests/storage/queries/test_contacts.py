"""The points of contact of an account."""

from datetime import UTC, date, datetime, timedelta

from metrics.types import LeftBy
from storage.queries.contacts import points_of_contact
from storage.session import Session
from tests.storage.queries.rows import account, add, contact, used

TODAY = date(2026, 11, 1)
NOW = datetime(2026, 11, 1, 9, tzinfo=UTC)


def test_those_there_come_first_then_those_who_left_lately(db: Session) -> None:
    one = account(db)
    contact(db, one, "Zoe", role="champion")
    contact(db, one, "ana")
    contact(db, one, "Left Lately", left_on=TODAY)
    contact(db, one, "Left Before", left_on=TODAY - timedelta(days=179))
    contact(db, one, "Left Long Ago", left_on=TODAY - timedelta(days=180))
    contact(db, one, "Leaves Tomorrow", left_on=TODAY + timedelta(days=1))
    contact(db, one, "Comes Tomorrow", started_on=TODAY + timedelta(days=1))
    contact(db, one, "No Contact", is_poc=False)
    contact(db, one, "Unknown", is_poc=None)
    contact(db, account(db), "Somebody Else")
    people = points_of_contact(db, one, as_of=TODAY)
    assert [(person.name, person.left_on) for person in people] == [
        ("ana", None),
        ("Leaves Tomorrow", None),
        ("Zoe", None),
        ("Left Lately", TODAY),
        ("Left Before", TODAY - timedelta(days=179)),
    ]


def test_people_are_seen_under_their_key_or_address(db: Session) -> None:
    one, other = account(db), account(db)
    contact(db, one, "By Key", key="u-1")
    contact(db, one, "By Mail", email="mail@x.test")
    contact(db, one, "Never")
    for days, user in ((9, "u-1"), (5, "u-1"), (3, "MAIL@x.test"), (-1, "u-1")):
        used(db, one, TODAY - timedelta(days=days), user)
    used(db, one, TODAY, "u-1", sessions=0)
    used(db, other, TODAY, "u-1")
    seen = {person.name: person.last_seen_on for person in points_of_contact(db, one, as_of=TODAY)}
    assert seen == {"By Key": TODAY - timedelta(days=5), "By Mail": TODAY - timedelta(days=3), "Never": None}


def test_whoever_bounces_or_is_gone_from_slack_has_left(db: Session) -> None:
    one, day = account(db), TODAY - timedelta(days=9)
    contact(db, one, "Bounced", bounced_on=day)
    quit_ = contact(db, one, "Quit Slack", left_on=TODAY + timedelta(days=3))
    add(db, "contact_sign", contact_id=quit_, kind="deactivated", day=TODAY, told_at=NOW)
    said = contact(db, one, "Said So", left_on=day, bounced_on=TODAY)
    add(db, "contact_sign", contact_id=said, kind="left_channel", day=TODAY, told_at=NOW)
    contact(db, one, "Long Bounced", bounced_on=TODAY - timedelta(days=180))
    people = points_of_contact(db, one, as_of=TODAY)
    assert [(person.name, person.left_on, person.left_by) for person in people] == [
        ("Quit Slack", TODAY, LeftBy.DEACTIVATED),
        ("Bounced", day, LeftBy.BOUNCED),
        ("Said So", day, LeftBy.SAID),
    ]
