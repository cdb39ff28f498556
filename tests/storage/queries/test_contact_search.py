"""Contacts by key, by what was typed, by address."""

from datetime import date

import pytest

from storage.queries.contact_search import (
    People,
    contact_by_id,
    contact_by_key,
    find_contacts,
    people_by_ids,
    points_at,
)
from tests.storage.queries import rows


@pytest.fixture
def acme(db):
    account = rows.account(db, "Acme")
    rows.contact(db, account, "Ana Núñez", key="c1", email="Ana@acme.com", is_poc=True, slack_user_id="U0ANA")
    rows.contact(db, account, "Ana Ruiz", key="c2", email="ruiz@acme.com", is_poc=True, left_on=date(2026, 1, 1))
    rows.contact(db, account, "Zoe Stone", key="c3", email=None, is_poc=False)
    return account


@pytest.mark.parametrize(
    "text", ["c1", "ana@ACME.com", "@ana@acme.com", "U0ANA", "ana nunez", "NÚÑEZ", "nun an", "ana"]
)
def test_one_person_is_meant_in_many_ways_and_who_is_still_there_comes_first(db, acme, text):
    found = find_contacts(db, text)
    assert found.hit is not None
    assert found.hit.key == "c1"
    assert found.hit.account_name == "Acme"


def test_who_has_left_is_found_by_their_own_name(db, acme):
    found = find_contacts(db, "ana ruiz")
    assert found.hit is not None
    assert found.hit.left_on == date(2026, 1, 1)


def test_a_misspelt_name_is_offered_and_never_taken(db, acme):
    found = find_contacts(db, "zoe stnoe")
    assert found.hit is None
    assert [one.key for one in found.candidates] == ["c3"]


@pytest.mark.parametrize("text", ["", "@", "\x00", "qqqq wwww"])
def test_nothing_means_nobody(db, acme, text):
    assert find_contacts(db, text) == People(None)


def test_contacts_are_read_by_key_by_number_and_by_account(db, acme):
    one = contact_by_key(db, "c1")
    assert one is not None
    assert contact_by_id(db, one.id) == one
    assert contact_by_key(db, "c9") is None
    assert contact_by_id(db, 999) is None
    assert [each.key for each in points_at(db, acme)] == ["c1"]
    other = contact_by_key(db, "c3")
    assert other is not None
    assert [each.key for each in people_by_ids(db, [other.id, one.id])] == ["c1", "c3"]
