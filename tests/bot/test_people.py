from collections.abc import Iterator

import pytest

from bot.build import installed
from bot.people import People, Workspace, actor_from, is_external, role_of
from bot.playground.double import ApiError, ServerError, SlackDouble
from bot.slack_client import connect_slack
from commands.core.errors import NotAllowed
from commands.core.request import Role
from tests.bot.conftest import TEAM

OURS = {"id": "U1", "team_id": "T1"}
HERE = Workspace("T1", "E1", "U0BOT", "B0BOT")


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def people(slack: SlackDouble, clock: Clock) -> Iterator[People]:
    connected = connect_slack(slack.bot_token, slack.api_url)
    yield People(connected.reads, installed(connected), clock)
    connected.close()


@pytest.mark.parametrize(
    ("user", "role"),
    [
        (OURS, Role.MEMBER),
        (OURS | {"is_admin": True}, Role.ADMIN),
        (OURS | {"is_owner": True}, Role.ADMIN),
        (OURS | {"is_restricted": True}, Role.GUEST),
        (OURS | {"is_ultra_restricted": True, "is_admin": True}, Role.GUEST),
        (OURS | {"deleted": True}, Role.OUTSIDER),
        (OURS | {"is_stranger": True}, Role.OUTSIDER),
        (OURS | {"is_bot": True}, Role.OUTSIDER),
        ({"id": "U1", "team_id": "T2"}, Role.OUTSIDER),
        ({"id": "U1"}, Role.OUTSIDER),
        ({"id": "U1", "team_id": "T2", "enterprise_user": {"enterprise_id": "E1"}}, Role.MEMBER),
        ({"id": "U1", "team_id": "T2", "enterprise_user": {"enterprise_id": "E2"}}, Role.OUTSIDER),
        ({"id": "U1", "team_id": "T2", "enterprise_user": {}}, Role.OUTSIDER),
    ],
)
def test_roles(user: dict[str, object], role: Role) -> None:
    assert role_of(user, HERE) is role


def test_without_an_enterprise_nobody_is_let_in_by_one() -> None:
    user = {"id": "U1", "team_id": "T2", "enterprise_user": {"enterprise_id": None}}
    assert role_of(user, HERE._replace(enterprise_id=None)) is Role.OUTSIDER


@pytest.mark.parametrize(
    ("flags", "external"),
    [
        ({}, False),
        ({"is_ext_shared": True}, True),
        ({"is_pending_ext_shared": True}, True),
        ({"is_shared": True}, True),
        ({"is_shared": True, "is_org_shared": True}, False),
    ],
)
def test_channels(flags: dict[str, bool], external: bool) -> None:
    assert is_external(flags) is external


def test_a_member_with_address_and_language(people: People) -> None:
    olga = people.actor("U0OLGA", TEAM)
    assert (olga.role, olga.email, olga.locale, olga.name) == (Role.MEMBER, "olga@us.example", "ru", "Olga Petrova")
    assert people.locale("U0OLGA") == "ru"


@pytest.mark.parametrize(("locale", "known"), [("es-ES", True), ("fr-FR", False), (None, False)])
def test_whether_slack_tells_the_language_is_known(locale: str | None, known: bool) -> None:
    assert actor_from({"id": "U1", "team_id": TEAM, "locale": locale}, HERE).locale_known is known


def test_the_language_is_remembered_longer_than_the_person(people: People, clock: Clock) -> None:
    people.actor("U0OLGA", TEAM)
    clock.now = 86_400.0
    assert people.locale("U0OLGA") == "ru"
    assert people.locale("U0ANA") == "en"


def test_whom_slack_does_not_tell_of_is_an_outsider(people: People, slack: SlackDouble) -> None:
    assert people.role("U0ANA") >= Role.MEMBER
    slack.faults.next("users.info", ApiError("user_not_found"))
    assert people.role("U0NOBODY") is Role.OUTSIDER


def test_a_colleague_is_spoken_to_unasked_in_their_own_language(people: People, slack: SlackDouble) -> None:
    assert people.language("U0OLGA", "es") == "ru"
    slack.faults.next("users.info", ApiError("user_not_found"))
    assert people.language("U0ANA", "es") == "es"
    assert people.language("U0ANA", "es") == "en"


def test_whom_slack_does_not_tell_may_do_what_anybody_may(people: People, slack: SlackDouble) -> None:
    slack.faults.next("users.info", ServerError(), times=10)
    somebody = people.anybody("U0ANA", TEAM)
    assert (somebody.user_id, somebody.team_id, somebody.role) == ("U0ANA", "", Role.OUTSIDER)


def test_who_is_known_is_the_same_for_what_anybody_may_do(people: People) -> None:
    assert people.anybody("U0ANA", TEAM) == people.actor("U0ANA", TEAM)


def test_the_bot_knows_itself(people: People, slack: SlackDouble) -> None:
    assert people.is_the_bot(slack.bot_user_id)
    assert not people.is_the_bot("U0ANA")


def test_a_request_that_names_no_team_or_another_is_an_outsiders(people: People) -> None:
    assert people.actor("U0ANA", None).role is Role.OUTSIDER
    assert people.actor("U0ANA", "T0THEM").role is Role.OUTSIDER
    assert people.actor("U0ANA", TEAM).role is Role.MEMBER


def test_people_of_other_companies_have_no_address_here(people: People) -> None:
    assert people.email_of("U0ANA") == "ana@us.example"
    assert people.email_of("U0OUT") is None
    assert people.email_of("U0NOBODY") is None


def test_a_failed_look_up_lets_nobody_in_and_is_not_remembered(people: People, slack: SlackDouble) -> None:
    slack.faults.next("users.info", ApiError("internal_error"))
    with pytest.raises(NotAllowed):
        people.actor("U0ANA", TEAM)
    assert people.actor("U0ANA", TEAM).role is Role.MEMBER


def test_a_server_error_is_tried_again(people: People, slack: SlackDouble) -> None:
    slack.faults.next("users.info", ServerError(503))
    assert people.actor("U0ANA", TEAM).role is Role.MEMBER


def test_answers_are_kept_for_a_minute(people: People, slack: SlackDouble, clock: Clock) -> None:
    for moment in (0.0, 59.0, 61.0):
        clock.now = moment
        people.actor("U0ANA", TEAM)
        people.audience("C0CS", "U0ANA")
    assert _count(slack, "users.info") == 2
    assert _count(slack, "conversations.info") == 2


def test_what_is_about_to_be_posted_is_asked_anew(people: People, slack: SlackDouble) -> None:
    people.audience("C0CS", "U0ANA")
    people.audience("C0CS", "U0ANA", fresh=True)
    assert _count(slack, "conversations.info") == 2


def test_a_forgotten_channel_is_asked_anew(people: People, slack: SlackDouble) -> None:
    people.audience("C0CS", "U0ANA")
    people.forget_channel("C0CS")
    people.audience("C0CS", "U0ANA")
    assert _count(slack, "conversations.info") == 2


def test_audiences(people: People) -> None:
    assert not people.audience("C0CS", "U0ANA").external
    assert people.audience("C0SHARED", "U0ANA").external
    assert people.audience("C0SHARED", "U0ANA").known
    secret = people.audience("C0SECRET", "U0ANA")  # the bot is not in it and is told nothing
    assert (secret.external, secret.known) == (True, False)
    assert not people.audience("C0OPEN", "U0ANA").external


@pytest.mark.parametrize(
    ("channel", "external", "member"), [("C0CS", False, True), ("C0ALL", True, True), ("C0SHARED", True, True)]
)
def test_a_guest_makes_the_readers_of_a_channel_external(
    people: People, channel: str, external: bool, member: bool
) -> None:
    found = people.readers(channel)
    assert (found.external, found.member, found.known) == (external, member, True)


def test_of_a_channel_that_the_bot_is_not_in_nobody_asks_who_its_members_are(
    people: People, slack: SlackDouble
) -> None:
    assert not people.readers("C0OPEN").member
    assert not people.readers("C0SECRET").known
    assert _count(slack, "conversations.members") == 0


def test_only_the_bots_own_direct_message_is_direct(people: People) -> None:
    own, other = people.audience("D0ANA", "U0ANA"), people.audience("D0ELSE", "U0ANA")
    assert (own.direct, own.external, own.known) == (True, False, True)
    assert (other.direct, other.external, other.known) == (False, True, False)


def test_without_a_direct_message_every_one_is_external(people: People, slack: SlackDouble) -> None:
    slack.faults.next("conversations.open", ApiError("user_not_visible"))
    assert people.audience("D0ANA", "U0ANA").external


def _count(slack: SlackDouble, method: str) -> int:
    return sum(call.method == method for call in slack.calls)


@pytest.mark.parametrize(
    ("channel", "inside"), [("C0CS", True), ("C0ALL", False), ("C0SHARED", False), ("C0NOWHERE", False)]
)
def test_only_the_companys_own_people_are_insiders(people: People, channel: str, inside: bool) -> None:
    assert people.only_insiders(channel) is inside


def test_the_list_of_insiders_is_asked_for_again_after_a_while(
    people: People, slack: SlackDouble, clock: Clock
) -> None:
    for clock.now in (0.0, 299.0, 301.0):
        assert people.only_insiders("C0CS")
    assert [call.method for call in slack.calls].count("users.list") == 2


def test_when_slack_does_not_list_the_members_somebody_may_be_from_outside(people: People, slack: SlackDouble) -> None:
    slack.faults.next("conversations.members", ApiError("internal_error"))
    assert not people.only_insiders("C0CS")
