"""Who works at Faro, and who else is in their Slack."""

from bot.playground.double.world import Channel, Team, User, World

FARO = Team(id="T0FARO", name="Faro", domain="faro")
"""The workspace that has installed the bot."""

MAYA = "maya@faro.example"
ANA = "ana@faro.example"
BEN = "ben@faro.example"
IRINA = "irina@faro.example"

CSMS = (ANA, BEN, IRINA)
"""The customer success managers, who own the accounts."""


OUTSIDERS = (
    User("U0PRIYA", "priya", "Priya Shah", "priya@acme.example", team_id="T0ACME", color="b7791f"),
    User("U0JON", "jon", "Jon Field", "jon@acme.example", team_id="T0ACME", color="4d7c0f"),
    User("U0NURIA", "nuria", "Nuria Campos", "nuria@iberia.example", "es-ES", team_id="T0IBERIA", color="be5a38"),
    User("U0JORGE", "jorge", "Jorge Peña", "person1@iberia.example", "es-ES", team_id="T0IBERIA", color="0f766e"),
    User("U0DARYA", "darya", "Дарья Орлова", "person0@severny.example", "ru-RU", team_id="T0SEVERNY", color="6d4aa8"),
    User("U0PYOTR", "pyotr", "Пётр Лебедев", "person1@severny.example", "ru-RU", team_id="T0SEVERNY", color="2563a8"),
    User("U0LARS", "lars", "Lars Brandt", "lars@helios.example", team_id="T0HELIOS", color="a16207"),
    User("U0MINDY", "mindy", "Mindy Crane", "mindy@globex.example", team_id="T0GLOBEX", color="9d3f6b"),
    User("U0PAUL", "paul", "Paul Rivers", "paul@delphi.example", team_id="T0DELPHI", color="3f7d8c"),
    User("U0SIMON", "simon", "Simon Clarke", "simon@granite.example", team_id="T0GRANITE", color="57606a"),
    User("U0ANNE", "anne", "Anne Roy", "anne@borealis.example", team_id="T0BOREALIS", color="86502f"),
)
"""The customers' own people whom Faro shares a channel with, by what Slack calls them; contacts have the same names."""


def demo_world() -> World:
    """Faro's workspace: three CSMs in three languages, their lead, a founder, a guest, and customers' own people."""
    users = (
        User("U0MAYA", "maya", "Maya Lindqvist", MAYA, "en-US", "Europe/Stockholm", is_admin=True, color="7a4fa3"),
        User("U0ANA", "ana", "Ana Torres", ANA, "es-ES", "Europe/Madrid", color="c2513d"),
        User("U0BEN", "ben", "Ben Carter", BEN, "en-GB", "Europe/London", color="2f7d5b"),
        User("U0IRINA", "irina", "Irina Volkova", IRINA, "ru-RU", "Europe/Belgrade", color="a8456f"),
        User("U0TOM", "tom", "Tom Okafor", "tom@faro.example", "en-US", "Europe/London", is_admin=True, color="3566a8"),
        User("U0GIL", "gil", "Gil (contractor)", "gil@freelance.example", is_restricted=True, color="6b7280"),
        *OUTSIDERS,
    )
    team = ("U0MAYA", "U0ANA", "U0BEN", "U0IRINA", "U0TOM")
    channels = (
        Channel("C0SUCCESS", "customer-success", members=team, topic="Who needs us this week"),
        Channel("C0LEADS", "leadership", "private", members=("U0MAYA", "U0TOM"), topic="Numbers"),
        Channel("C0GENERAL", "general", members=(*team, "U0GIL"), topic="Everybody at Faro"),
        _shared("C0ACME", "acme-faro", "Acme Corp", "U0ANA", "U0PRIYA", "U0JON"),
        _shared("C0IBERIA", "globex-iberia-faro", "Globex Iberia", "U0ANA", "U0NURIA", "U0JORGE"),
        _shared("C0SEVERNY", "severny-faro", "Северный ветер", "U0IRINA", "U0DARYA", "U0PYOTR"),
        _shared("C0CIRCLE", "faro-circle", "customers who help us plan", "U0ANA", *(one.id for one in OUTSIDERS[6:])),
    )
    return World(FARO, users, channels)


def _shared(id_: str, name: str, whom: str, *members: str) -> Channel:
    """A channel that customers' people read, too."""
    teams = {user.team_id: None for user in OUTSIDERS if user.id in members}
    return Channel(
        id_,
        name,
        members=("U0MAYA", *members),
        is_ext_shared=True,
        connected_team_ids=(FARO.id, *teams),
        topic=f"Shared with {whom}",
    )
