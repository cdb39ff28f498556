from datetime import UTC, datetime, timedelta

import pytest

from storage.errors import Conflict
from storage.queries import saved_lists as lists
from storage.queries.saved_lists import SavedList
from tests.storage.queries import rows

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def people(db):
    account = rows.account(db)
    emails = {"Ana": "ana@example.com", "Bob": "bob@example.com"}
    return [
        rows.contact(db, account, name, key=name.lower(), email=email, slack_user_id=f"U{name.upper()}")
        for name, email in emails.items()
    ]


def test_a_list_is_kept_with_its_contacts(db, people):
    number = lists.save(db, "VIPs", "U1", [*people, people[0]], now=NOW)
    assert lists.by_id(db, number) == SavedList(number, "VIPs", "U1", NOW, 2)
    assert lists.contacts_on(db, number) == people


def test_a_list_is_changed_as_a_whole(db, people):
    number = lists.save(db, "VIPs", "U1", people, now=NOW)
    assert lists.save(db, "Friends", "U2", people[:1], now=LATER, list_id=number) == number
    assert lists.saved_lists(db) == [SavedList(number, "Friends", "U2", LATER, 1)]


def test_a_list_that_is_gone_is_kept_anew(db, people):
    number = lists.save(db, "VIPs", "U1", people, now=NOW, list_id=99)
    assert [one.id for one in lists.saved_lists(db)] == [number]


def test_two_lists_cannot_have_one_name(db, people):
    first = lists.save(db, "VIPs", "U1", people, now=NOW)
    with pytest.raises(Conflict):
        lists.save(db, "VIPs", "U2", [], now=NOW)
    assert lists.contacts_on(db, first) == people, "and nothing has changed"


def test_lists_come_by_name(db):
    for name in ("beta", "Alpha", "gamma"):
        lists.save(db, name, "U1", [], now=NOW)
    assert [(one.name, one.contacts) for one in lists.saved_lists(db)] == [("Alpha", 0), ("beta", 0), ("gamma", 0)]


def test_a_list_goes_with_all_that_is_on_it(db, people):
    number = lists.save(db, "VIPs", "U1", people, now=NOW)
    assert lists.remove(db, number)
    assert not lists.remove(db, number)
    assert lists.by_id(db, number) is None
    assert lists.contacts_on(db, number) == []


def test_contacts_are_found_by_key_address_and_slack_id(db, people):
    ana, bob = people
    words = ["ana", " Ana@Example.com ", "UBOB", "nobody@example.com", ""]
    assert lists.contacts_called(db, words) == {"ana": [ana], " Ana@Example.com ": [ana], "UBOB": [bob]}


def test_many_words_are_looked_up_at_once(db, people):
    words = [f"somebody-{number}@example.com" for number in range(1200)]
    assert lists.contacts_called(db, [*words, "bob"]) == {"bob": [people[1]]}
