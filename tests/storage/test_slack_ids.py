"""Whose Slack account a contact has: by the data, else by their address among the members of the account's channel."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from storage.queries.tables import contact
from storage.session import Session, reading, transaction
from storage.slack_ids import settle
from tests.factories import NOW, accounts, counts, import_files, write_csv
from tests.storage.queries import rows


def met(db: Session, user_id: str, channel_id: str = "C0ACME", email: str | None = "ana@acme.com") -> None:
    """Somebody in a channel of whom Slack has told."""
    rows.add(db, "respondent", user_id=user_id, email=email, gone=False, seen_at=NOW)
    rows.add(db, "channel_member", channel_id=channel_id, user_id=user_id)


def people(engine: Engine, folder: Path, *given: dict[str, object]) -> tuple[int, int, int, int, int]:
    """Import Acme's contacts."""
    base = {"account_id": "a1", "name": "Ana", "email": "ana@acme.com", "slack_user_id": ""}
    return counts(import_files(engine, write_csv(folder / "contacts.csv", [base | one for one in given])))


def ids(engine: Engine) -> dict[str, str | None]:
    with reading(engine) as db:
        return {row.key: row.slack_user_id for row in db.execute(select(contact))}


@pytest.fixture
def store(engine: Engine, tmp_path: Path) -> Engine:
    """Acme, which shares a channel with us, and another account that shares another one."""
    both = accounts("a1", slack_channel_id="C0ACME") + accounts("a2", slack_channel_id="C0OTHER")
    import_files(engine, write_csv(tmp_path / "accounts.csv", both))
    return engine


def test_whoever_is_in_the_channel_is_known_by_their_address_as_soon_as_they_are_imported(
    store: Engine, tmp_path: Path
) -> None:
    with transaction(store) as db:
        met(db, "U0ANA")
        met(db, "U0BOB", email="bob@acme.com")
    people(store, tmp_path, {"contact_id": "c1", "email": "Ana@Acme.com"}, {"contact_id": "c2", "email": ""})
    assert ids(store) == {"c1": "U0ANA", "c2": None}


def test_the_same_file_changes_nothing_and_undoes_nothing(store: Engine, tmp_path: Path) -> None:
    with transaction(store) as db:
        met(db, "U0ANA")
    assert people(store, tmp_path, {"contact_id": "c1"}) == (1, 1, 0, 0, 0)
    assert people(store, tmp_path, {"contact_id": "c1"}) == (1, 0, 0, 1, 0)
    assert ids(store) == {"c1": "U0ANA"}


def test_an_id_in_the_data_wins_and_when_it_is_taken_out_the_address_counts_again(
    store: Engine, tmp_path: Path
) -> None:
    people(store, tmp_path, {"contact_id": "c1", "slack_user_id": "U0DATA"})
    assert ids(store) == {"c1": "U0DATA"}
    with transaction(store) as db:
        met(db, "U0ANA")
    people(store, tmp_path, {"contact_id": "c1", "slack_user_id": "U0DATA", "name": "Ana Ruiz"})
    assert ids(store) == {"c1": "U0DATA"}
    people(store, tmp_path, {"contact_id": "c1", "slack_user_id": ""})
    assert ids(store) == {"c1": "U0ANA"}


def test_an_address_that_is_corrected_is_somebody_elses(store: Engine, tmp_path: Path) -> None:
    with transaction(store) as db:
        met(db, "U0ANA")
        met(db, "U0BOB", email="bob@acme.com")
    for email, user_id in (("ana@acme.com", "U0ANA"), ("bob@acme.com", "U0BOB"), ("eve@acme.com", None)):
        people(store, tmp_path, {"contact_id": "c1", "email": email})
        assert ids(store) == {"c1": user_id}


def test_a_file_without_ids_leaves_them_alone(store: Engine, tmp_path: Path) -> None:
    people(store, tmp_path, {"contact_id": "c1", "slack_user_id": "U0DATA"})
    row = {"contact_id": "c1", "account_id": "a1", "name": "Ana Ruiz"}
    import_files(store, write_csv(tmp_path / "contacts.csv", [row]))
    assert ids(store) == {"c1": "U0DATA"}


@pytest.mark.parametrize(
    "there",
    [
        [{"user_id": "U0ANA", "channel_id": "C0OTHER"}],
        [{"user_id": "U0ANA"}, {"user_id": "U0ANA2"}],
        [{"user_id": "U0ANA", "email": None}],
    ],
    ids=["in another account's channel", "two with the address", "Slack shows no address"],
)
def test_nobody_is_guessed(store: Engine, tmp_path: Path, there: list[dict[str, Any]]) -> None:
    with transaction(store) as db:
        for one in there:
            met(db, **one)
    people(store, tmp_path, {"contact_id": "c1"})
    assert ids(store) == {"c1": None}


def test_an_address_that_two_contacts_of_the_account_have_is_neithers(store: Engine, tmp_path: Path) -> None:
    with transaction(store) as db:
        met(db, "U0ANA")
    people(store, tmp_path, {"contact_id": "c1"}, {"contact_id": "c2"}, {"contact_id": "c3", "account_id": "a2"})
    assert ids(store) == {"c1": None, "c2": None, "c3": None}


def test_a_person_may_be_a_contact_of_several_accounts(store: Engine, tmp_path: Path) -> None:
    with transaction(store) as db:
        met(db, "U0ANA")
        rows.add(db, "channel_member", channel_id="C0OTHER", user_id="U0ANA")
    people(store, tmp_path, {"contact_id": "c1"}, {"contact_id": "c2", "account_id": "a2"})
    assert ids(store) == {"c1": "U0ANA", "c2": "U0ANA"}


def test_many_accounts_are_settled_at_once(engine: Engine) -> None:
    with transaction(engine) as db:
        met(db, "U0ANA")
        acme = rows.account(db, "Acme", slack_channel_id="C0ACME")
        rows.contact(db, acme, "Ana", key="c1", email="ana@acme.com")
        assert settle(db.connection(), ()) == 0
        assert settle(db.connection(), range(1, 1000)) == 1
    assert ids(engine) == {"c1": "U0ANA"}
