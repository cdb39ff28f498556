"""Who works at Faro, and who else is in their Slack."""

from bot.playground.double.world import Channel, Team, User, World

FARO = Team(id="T0FARO", name="Faro", domain="faro")
ACME_TEAM = "T0ACME"

MAYA = "maya@faro.example"
ANA = "ana@faro.example"
BEN = "ben@faro.example"
IRINA = "irina@faro.example"

CSMS = (ANA, BEN, IRINA)
"""The customer success managers, who own the accounts."""


def demo_world() -> World:
    """Faro's workspace: three CSMs in three languages, their lead, a founder, a guest, and a customer's own person."""
    users = (
        User("U0MAYA", "maya", "Maya Lindqvist", MAYA, "en-US", "Europe/Stockholm", is_admin=True, color="7a4fa3"),
        User("U0ANA", "ana", "Ana Torres", ANA, "es-ES", "Europe/Madrid", color="c2513d"),
        User("U0BEN", "ben", "Ben Carter", BEN, "en-GB", "Europe/London", color="2f7d5b"),
        User("U0IRINA", "irina", "Irina Volkova", IRINA, "ru-RU", "Europe/Belgrade", color="a8456f"),
        User("U0TOM", "tom", "Tom Okafor", "tom@faro.example", "en-US", "Europe/London", is_admin=True, color="3566a8"),
        User("U0GIL", "gil", "Gil (contractor)", "gil@freelance.example", is_restricted=True, color="6b7280"),
        User("U0PRIYA", "priya", "Priya Shah", "priya@acme.example", team_id=ACME_TEAM, color="b7791f"),
    )
    team = ("U0MAYA", "U0ANA", "U0BEN", "U0IRINA", "U0TOM")
    channels = (
        Channel("C0SUCCESS", "customer-success", members=team, topic="Who needs us this week"),
        Channel("C0LEADS", "leadership", "private", members=("U0MAYA", "U0TOM"), topic="Numbers"),
        Channel("C0GENERAL", "general", members=(*team, "U0GIL"), topic="Everybody at Faro"),
        Channel(
            "C0ACME",
            "acme-faro",
            members=("U0MAYA", "U0ANA", "U0PRIYA"),
            is_ext_shared=True,
            connected_team_ids=(FARO.id, ACME_TEAM),
            topic="Shared with Acme Corp",
        ),
    )
    return World(FARO, users, channels)
