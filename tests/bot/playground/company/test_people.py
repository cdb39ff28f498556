from bot.playground.company.files import customers
from bot.playground.company.people import CSMS, FARO, demo_world


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


def test_the_outsider_is_a_contact_of_the_customer_whose_channel_is_shared() -> None:
    world = demo_world()
    (shared,) = [channel for channel in world.channels if channel.is_ext_shared]
    (customer,) = [customer for customer in customers() if customer.slack_channel_id == shared.id]
    names = {user.real_name for user in world.users if user.id in shared.members}
    assert names & set(customer.people)
