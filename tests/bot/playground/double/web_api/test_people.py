from typing import Any

import pytest
from slack_sdk import WebClient

from bot.playground.double import SlackDouble
from tests.bot.playground.bolt_apps import client_of
from tests.bot.playground.clock import Clock
from tests.bot.playground.double.web_api.test_chat import error
from tests.bot.playground.worlds import small_world


@pytest.mark.parametrize(
    ("user", "told"),
    [
        (
            "U_ANA",
            {"team_id": "T_LATIDO", "is_admin": False, "locale": "es-ES", "tz": "Europe/Madrid", "tz_offset": 3600},
        ),
        ("U_BOSS", {"is_admin": True}),
        ("U_GUEST", {"is_restricted": True, "team_id": "T_LATIDO"}),
        ("U_OUT", {"team_id": "T_ACME", "is_stranger": False}),
        ("U_GONE", {"deleted": True}),
        ("U0LATIDO", {"is_bot": True}),
    ],
)
def test_a_person_is_told_as_they_are(client: WebClient, user: str, told: dict[str, Any]) -> None:
    shown = client.users_info(user=user, include_locale=True)["user"]
    assert shown | told == shown


def test_strangers_and_nobodies_are_not_found(client: WebClient) -> None:
    assert error(client.users_info, user="U_STRANGER") == "user_not_found"
    assert error(client.users_info, user="U_NOBODY") == "user_not_found"


def test_addresses_need_their_own_scope(clock: Clock, client: WebClient) -> None:
    assert client.users_info(user="U_ANA")["user"]["profile"]["email"] == "ana@latido.example"
    with SlackDouble(small_world(), clock=clock, scopes={"users:read"}) as slack:
        assert "email" not in client_of(slack).users_info(user="U_ANA")["user"]["profile"]
        assert error(client_of(slack).users_lookupByEmail, email="ana@latido.example") == "missing_scope"


def test_people_are_found_by_address(client: WebClient) -> None:
    assert client.users_lookupByEmail(email="ANA@latido.example")["user"]["id"] == "U_ANA"
    assert error(client.users_lookupByEmail, email="gone@latido.example") == "users_not_found"


def test_everybody_of_the_workspace_is_listed_in_pages(client: WebClient) -> None:
    ids, cursor = [], None
    for page in client.users_list(limit=2):
        ids += [user["id"] for user in page["members"]]
        cursor = page["response_metadata"]["next_cursor"]
    assert (ids, cursor) == (["U_ANA", "U_BOSS", "U_GUEST", "U_GONE", "U0LATIDO"], "")


def test_groups_and_the_bot_are_known(client: WebClient) -> None:
    assert client.usergroups_users_list(usergroup="S_CSM")["users"] == ["U_ANA"]
    assert error(client.usergroups_users_list, usergroup="S_X") == "no_such_subteam"
    assert client.bots_info(bot="B0LATIDO")["bot"]["user_id"] == "U0LATIDO"
    assert error(client.bots_info, bot="B_X") == "bot_not_found"
