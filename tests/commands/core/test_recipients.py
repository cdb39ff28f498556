"""What only colleagues may read goes to colleagues, and to channels that nobody else reads."""

from dataclasses import replace

import pytest

from commands.core.recipients import wrong_channel, wrong_person
from commands.core.request import Audience, Role
from tests.commands.asking import ask

IN_CHANNEL = replace(
    ask(),
    conversations={
        "C0CS": Audience("C0CS", external=False),
        "C0ACME": Audience("C0ACME", external=True),
        "C0AWAY": Audience("C0AWAY", external=False, member=False),
        "C0DARK": Audience("C0DARK", external=True, known=False),
    },
)


@pytest.mark.parametrize(
    ("channel", "said"),
    [
        ("C0ACME", "outside the company"),
        ("C0AWAY", "/invite"),
        ("C0DARK", "/invite"),
        ("C0NONE", "/invite"),
        (None, "/"),
    ],
)
def test_a_channel_that_others_read_or_that_the_bot_is_not_in_is_refused(channel: str | None, said: str) -> None:
    assert said in ask().t(wrong_channel(IN_CHANNEL, channel) or "")


def test_a_channel_of_colleagues_is_taken() -> None:
    assert wrong_channel(IN_CHANNEL, "C0CS") is None


@pytest.mark.parametrize(("role", "taken"), [(Role.OUTSIDER, False), (Role.GUEST, False), (Role.MEMBER, True)])
def test_only_colleagues_are_taken(role: Role, taken: bool) -> None:
    request = replace(ask(), people={"U0BOB": role})
    assert (wrong_person(request, "U0BOB") is None) is taken
    assert wrong_person(request, "U0ANA") is wrong_person(request, None) is None
