from dataclasses import replace

import pytest
from sqlalchemy import Engine

from commands.core.access import Choice, account_for, admit
from commands.core.errors import NotAllowed
from commands.core.request import Audience, Place, Role
from commands.ui.text import translator
from metrics.types import Account
from storage.models.account import Account as AccountRow
from storage.session import Session, reading, transaction
from tests.commands.asking import ask


def with_accounts(db: Session, *names: str) -> None:
    db.add_all(AccountRow(key=f"A{n}", name=name, folded_name=name.casefold()) for n, name in enumerate(names))
    db.flush()


@pytest.fixture
def store(sqlite_engine: Engine) -> Engine:
    with transaction(sqlite_engine) as db:
        with_accounts(db, "Acme Corp", "Globex East", "Globex West", "Initech")
    return sqlite_engine


@pytest.mark.parametrize(
    ("role", "external"), [(Role.OUTSIDER, False), (Role.GUEST, False), (Role.MEMBER, True), (Role.ADMIN, True)]
)
def test_outsiders_guests_and_shared_channels_get_no_account(store: Engine, role: Role, external: bool) -> None:
    with reading(store) as db, pytest.raises(NotAllowed) as refused:
        account_for(ask(role=role, external=external), db, "Acme Corp")
    assert "Acme" not in translator("en")(refused.value.sentence)


def test_a_member_gets_the_account_that_is_meant(store: Engine) -> None:
    with reading(store) as db:
        found = account_for(ask(), db, " acme ")
    assert isinstance(found, Account)
    assert found.name == "Acme Corp"


def test_several_that_fit_are_a_choice(store: Engine) -> None:
    with reading(store) as db:
        found = account_for(ask(), db, "globex")
    assert isinstance(found, Choice)
    assert {account.name for account in found.accounts} == {"Globex East", "Globex West"}
    assert not found.near


def test_none_that_fits_offers_at_most_the_closest_three(store: Engine) -> None:
    with reading(store) as db:
        found = account_for(ask(), db, "zzzzqqq")
    assert isinstance(found, Choice)
    assert found.near
    assert len(found.accounts) <= 3


def test_what_a_customer_may_see_passes_in_a_shared_channel() -> None:
    admit(ask(external=True), Role.MEMBER, Place.CUSTOMER)


def test_outsiders_are_spoken_of_only_where_there_are_some() -> None:
    with pytest.raises(NotAllowed, match="from outside"):
        admit(ask(external=True), Role.MEMBER, Place.INTERNAL)
    unknown = replace(ask(), audience=Audience("C1", external=True, known=False))
    with pytest.raises(NotAllowed, match="cannot see who reads along here"):
        admit(unknown, Role.MEMBER, Place.INTERNAL)


def test_a_member_is_no_admin() -> None:
    with pytest.raises(NotAllowed, match="admins"):
        admit(ask(), Role.ADMIN, Place.INTERNAL)


@pytest.mark.parametrize("role", [Role.OUTSIDER, Role.GUEST])
def test_nobody_else_learns_that_there_are_admins(role: Role) -> None:
    with pytest.raises(NotAllowed, match="own people only"):
        admit(ask(role=role), Role.ADMIN, Place.INTERNAL)


def test_an_admin_is() -> None:
    admit(ask(role=Role.ADMIN), Role.ADMIN, Place.INTERNAL)
