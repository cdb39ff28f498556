"""A small workspace for tests: one of each kind of person and of channel."""

from dataclasses import replace
from typing import Any

from bot.playground.double import Channel, Team, User, World

OTHER_TEAM = "T_ACME"

ANA = User("U_ANA", "ana", "Ana Ruiz", "ana@latido.example", locale="es-ES", tz="Europe/Madrid")
BOSS = User("U_BOSS", "boss", "Bea Boss", "boss@latido.example", is_admin=True)
GUEST = User("U_GUEST", "guest", "Gus Guest", "gus@agency.example", is_restricted=True)
OUTSIDER = User("U_OUT", "olga", "Olga Outside", "olga@acme.example", locale="ru-RU", team_id=OTHER_TEAM)
STRANGER = User("U_STRANGER", "sam", "Sam Stranger", team_id=OTHER_TEAM)
GONE = User("U_GONE", "gone", "Gone Person", "gone@latido.example", deleted=True)

CS = Channel("C_CS", "customer-success", members=("U_ANA", "U_BOSS", "U_GUEST"))
LOUNGE = Channel("C_LOUNGE", "lounge", members=("U_BOSS",), bot_member=False)
SECRET = Channel("G_SECRET", "board", kind="private", members=("U_BOSS",))
ALONE = Channel("G_ALONE", "no-bots", kind="private", members=("U_ANA",), bot_member=False)
SHARED = Channel(
    "C_SHARED",
    "acme-and-us",
    members=("U_ANA", "U_OUT"),
    is_ext_shared=True,
    connected_team_ids=(OTHER_TEAM,),
)
OLD = Channel("C_OLD", "archive", members=("U_ANA",), is_archived=True)


def small_world(**changed: Any) -> World:
    """One internal member, an admin, a guest, an outsider in a shared channel, a stranger, somebody who has left."""
    world = World(
        team=Team("T_LATIDO", "Latido Inc."),
        users=[ANA, BOSS, GUEST, OUTSIDER, STRANGER, GONE],
        channels=[CS, LOUNGE, SECRET, ALONE, SHARED, OLD],
        usergroups={"S_CSM": ("U_ANA",)},
    )
    return replace(world, **changed)
