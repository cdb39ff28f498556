from bot.playground.company.files import customers
from bot.playground.company.people import CSMS, FARO, OUTSIDERS, demo_world
from bot.playground.company.voices import contacts
from tests.bot.playground.company.days import ORDINARY


def test_every_csm_is_in_the_workspace_and_looks_after_somebody() -> None:
    addresses = {user.email for user in demo_world().users}
    owners = {customer.csm for customer in customers()}
    assert set(CSMS) == owners
    assert owners <= addresses


def test_there_are_people_in_each_language() -> None:
    assert {user.locale[:2] for user in demo_world().users} >= {"en", "es", "ru"}


def test_there_are_a_guest_an_outsider_and_a_channel_they_can_read() -> None:
    world = demo_world()
    outsiders = {user.id for user in world.users if user.team_id and user.team_id != FARO.id}
    guests = {user.id for user in world.users if user.is_restricted}
    assert outsiders
    assert guests
    assert any(channel.is_ext_shared and outsiders & set(channel.members) for channel in world.channels)
    assert any(guests & set(channel.members) for channel in world.channels)


def test_the_outsiders_of_a_customer_s_channel_are_its_contacts() -> None:
    world = demo_world()
    people = {customer.slack_channel_id: customer.people for customer in customers() if customer.slack_channel_id}
    names = {user.id: user.real_name for user in OUTSIDERS}
    assert set(people) <= {channel.id for channel in world.channels if channel.is_ext_shared}
    for channel in world.channels:
        if channel.id in people:
            theirs = {names[member] for member in channel.members if member in names}
            assert theirs
            assert theirs <= set(people[channel.id])


def test_every_outsider_is_somebody_s_contact_with_the_same_address() -> None:
    addresses = {
        row["slack_user_id"]: (row["name"], row["email"])
        for customer in customers()
        for row in contacts(customer, ORDINARY)
        if row["slack_user_id"]
    }
    assert addresses == {user.id: (user.real_name, user.email) for user in OUTSIDERS}
