"""A workspace for the page's tests, with people of every kind and language."""

from bot.playground.double import Channel, Team, User, World

ANA, OLGA, MARTA, GUEST, CUSTOMER = "U0ANA", "U0OLGA", "U0MARTA", "U0GUS", "U0OTTO"
EVERYBODY = [ANA, OLGA, MARTA]

WORLD = World(
    team=Team("T0US", "Northwind"),
    users=[
        User(ANA, "ana", "Ana Ruiz", "ana@northwind.example", color="7a4fb5"),
        User(OLGA, "olga", "Ольга Петрова", "olga@northwind.example", locale="ru-RU", color="2b8a6b", is_admin=True),
        User(MARTA, "marta", "Marta Gil", "marta@northwind.example", locale="es-ES", color="c2557e"),
        User(GUEST, "gus", "Gus Guest", "gus@agency.example", color="b5702a", is_restricted=True),
        User(CUSTOMER, "otto", "Otto Outsider", "otto@acme.example", color="2f7fb8", team_id="T0ACME"),
    ],
    channels=[
        Channel("C0CS", "customer-success", members=[*EVERYBODY, GUEST], topic="Who needs a call today?"),
        Channel("C0BOARD", "board", kind="private", members=[ANA, OLGA]),
        Channel(
            "C0ACME", "acme-and-us", members=[*EVERYBODY, CUSTOMER], is_ext_shared=True, connected_team_ids=["T0ACME"]
        ),
        Channel("D0ANAMARTA", "marta", kind="im", members=[ANA, MARTA], bot_member=False),
    ],
)

COMMANDS = [
    {"command": "/health", "usage": "[account]", "description": "An account's health, and why"},
    {"command": "/churn", "usage": "[period] [segment]", "description": "Who left, and what it cost"},
    {"command": "/mrr", "usage": "[period] [segment]", "description": "Recurring revenue and what moved it"},
    {"command": "/latido", "usage": "[command]", "description": "Help, and every command"},
]
