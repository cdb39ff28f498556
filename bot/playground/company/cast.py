"""The customers a person recognises: each one a story that customer success teams know."""

from bot.playground.company.customers import SIGNALS, Answer, Case, Customer, End, Story, Term
from bot.playground.company.people import ANA, BEN, IRINA


def _fades(ago: int) -> float:
    """Down to almost nothing over the last eleven weeks, so slowly that no single week looks wrong."""
    return 1.0 if ago > 77 else 0.03 + 0.97 * ago / 77


def _wakes(ago: int) -> float:
    """Busier by half since two months ago."""
    return 1.5 if ago < 60 else 1.0


def the_cast() -> tuple[Customer, ...]:
    """The stories, by name."""
    return (*_growing(), *_at_risk(), *_gone(), *_elsewhere())


def _growing() -> tuple[Customer, ...]:
    return (
        Customer(
            "acme",
            "Acme Corp",
            "acme.example",
            "enterprise",
            ANA,
            Story(
                terms=(Term(690, "Business", 40), Term(400, "Enterprise", 60), Term(200, "Plus", product=SIGNALS)),
                activity=lambda ago: 1.25 if ago > 20 else 0.8,
                left=((0, 18),),
                answers=(
                    Answer("nps", 10, 150, "Our Monday starts in Faro.", 0),
                    Answer("csat", 5, 55, "", 1),
                ),
                cases=(Case(70, 5), Case(33, 20), Case(9, 30)),
                renewal_in=74,
            ),
            industry="manufacturing",
            users=14,
            depth=6,
            people=("Marta Vidal", "Priya Shah", "Jon Field"),
            slack_channel_id="C0ACME",
        ),
        Customer(
            "delphi",
            "Delphi Health",
            "delphi.example",
            "mid",
            BEN,
            Story(
                terms=(Term(500, "Team", 25), Term(38, "Business", 60), Term(36, "Plus", product=SIGNALS)),
                activity=_wakes,
                answers=(Answer("nps", 9, 25, "The new wards are on it too.", 0), Answer("ces", 5, 30)),
                cases=(Case(30, 3),),
            ),
            industry="health",
            users=10,
            depth=6,
            people=("Dr. Lena Okoye", "Paul Rivers"),
        ),
        Customer(
            "granite",
            "Granite Legal",
            "granite.example",
            "mid",
            BEN,
            Story(
                terms=(Term(640, "Team", 20), Term(300, "Business", 22)),
                answers=(
                    Answer("nps", 10, 12, "I tell every firm I meet about you.", 0),
                    Answer("csat", 5, 20),
                    Answer("ces", 5, 20),
                ),
                advocacy=(("review", 60, "Five stars, by name"), ("reference", 15, "Took a call with a prospect")),
            ),
            industry="legal",
            users=8,
            depth=5,
            people=("Ruth Adeyemi", "Simon Clarke"),
        ),
        Customer(
            "fjord",
            "Fjord Media",
            "fjord.example",
            "smb",
            IRINA,
            Story(
                terms=(Term(600, "Team", 10), Term(62, "Team", 12)),
                ends=(End(215, "voluntary", "went to a cheaper tool"),),
                activity=lambda ago: 0.0 if 62 < ago <= 215 else 1.1,
                answers=(Answer("nps", 9, 20, "The other tool was cheaper for a reason.", 0),),
            ),
            industry="media",
            country="NO",
            users=5,
            depth=4,
            people=("Ingrid Berg", "Nils Dahl"),
        ),
    )


def _at_risk() -> tuple[Customer, ...]:
    return (
        Customer(
            "borealis",
            "Borealis Foods",
            "borealis.example",
            "mid",
            ANA,
            Story(
                terms=(Term(560, "Business", 30),),
                activity=_fades,
                answers=(Answer("nps", 7, 95, "Fine, though fewer of us log in.", 0),),
                renewal_in=112,
            ),
            industry="food",
            country="CA",
            users=9,
            depth=3,
            people=("Hugo Tremblay", "Anne Roy"),
        ),
        Customer(
            "cobalt",
            "Cobalt Logistics",
            "cobalt.example",
            "smb",
            BEN,
            Story(terms=(Term(420, "Team", 14),), unpaid=2, cases=(Case(15, 2),)),
            industry="logistics",
            users=6,
            depth=3,
            people=("Greg Olsen", "Tara Finch"),
        ),
        Customer(
            "everest",
            "Everest Robotics",
            "everest.example",
            "mid",
            IRINA,
            Story(
                terms=(Term(76, "Business", 25),),
                activity=lambda ago: 0.25 if ago < 70 else 0.0,
                activated_after=None,
                answers=(Answer("ces", 2, 35, "We are still waiting for the single sign-on.", 0),),
                cases=(Case(41, None, escalated=True, priority="high"), Case(20, 60)),
            ),
            industry="robotics",
            users=3,
            depth=1,
            people=("Kenji Mori", "Alice Baum"),
        ),
        Customer(
            "helios",
            "Helios Energy",
            "helios.example",
            "enterprise",
            ANA,
            Story(
                terms=(Term(520, "Enterprise", 45),),
                activity=lambda ago: 0.02 if ago < 30 else 1.0,
                answers=(
                    Answer("nps", 8, 190, "", 0),
                    Answer("nps", 2, 6, "Three outages in a month. We are looking around.", 0),
                    Answer("csat", 2, 9, "Same answer four times.", 1),
                ),
                cases=(
                    Case(8, None, escalated=True, priority="urgent"),
                    Case(14, 70, escalated=True, priority="high"),
                    Case(21, 40),
                    Case(25, 30),
                ),
            ),
            industry="energy",
            country="DE",
            currency="EUR",
            users=11,
            depth=5,
            people=("Katrin Vogel", "Lars Brandt"),
        ),
        Customer(
            "iguana",
            "Iguana Travel",
            "iguana.example",
            "mid",
            IRINA,
            Story(
                terms=(Term(339, "Business", 18),),
                activity=lambda ago: 0.02 if ago < 60 else 1.0,
                answers=(Answer("nps", 5, 50, "It does half of what we need.", 0),),
                left=((1, 70),),
                renewal_in=26,
            ),
            industry="travel",
            country="ES",
            language="es",
            currency="EUR",
            users=6,
            depth=2,
            people=("Lucía Prado", "Iván Soler"),
        ),
        Customer(
            "juniper",
            "Juniper Bank",
            "juniper.example",
            "enterprise",
            BEN,
            Story(
                terms=(Term(610, "Enterprise", 60), Term(33, "Enterprise", 40)),
                activity=lambda ago: 0.75 if ago < 45 else 1.0,
                answers=(Answer("nps", 7, 70, "Budgets are tight this year.", 0),),
            ),
            industry="banking",
            country="GB",
            currency="GBP",
            users=13,
            depth=5,
            people=("Oliver Marsh", "Nadia Khan"),
        ),
        Customer(
            "nimbus",
            "Nimbus Retail",
            "nimbus.example",
            "mid",
            ANA,
            Story(
                terms=(Term(450, "Team", 28),),
                cases=(*(Case(ago, 12) for ago in (3, 5, 8, 11, 16, 19, 24)), Case(60, 6), Case(100, 6)),
                answers=(Answer("csat", 3, 10, "Quick answers, same problem.", 0),),
            ),
            industry="retail",
            users=9,
            depth=4,
            people=("Bella Romano", "Chris Wade"),
        ),
        Customer(
            "oakridge",
            "Oakridge Schools",
            "oakridge.example",
            "smb",
            IRINA,
            Story(terms=(Term(380, "Starter", 22),), activity=lambda ago: 0.0 if ago < 31 else 1.0),
            industry="education",
            users=5,
            depth=2,
            people=("Fay Morgan",),
        ),
    )


def _gone() -> tuple[Customer, ...]:
    return (
        Customer(
            "kestrel",
            "Kestrel Games",
            "kestrel.example",
            "mid",
            IRINA,
            Story(
                terms=(Term(470, "Business", 24),),
                ends=(End(36, "voluntary", "missing integration"),),
                activity=lambda ago: 0.0 if ago < 36 else min(1.0, (ago - 30) / 90),
                answers=(Answer("nps", 4, 60, "Still no connector for our engine.", 0),),
            ),
            industry="games",
            country="SE",
            users=7,
            depth=3,
            people=("Elin Holm", "Max Strand"),
        ),
        Customer(
            "lumen",
            "Lumen Studio",
            "lumen.example",
            "smb",
            BEN,
            Story(
                terms=(Term(290, "Team", 8),),
                ends=(End(40, "payment_failure", "card expired"),),
                activity=lambda ago: 0.0 if ago < 40 else 0.8,
                unpaid=2,
            ),
            industry="design",
            users=4,
            depth=3,
            people=("Zoe Hart",),
        ),
    )


def _elsewhere() -> tuple[Customer, ...]:
    return (
        Customer(
            "globex",
            "Globex",
            "globex.example",
            "enterprise",
            BEN,
            Story(terms=(Term(700, "Enterprise", 50),), answers=(Answer("nps", 9, 80, "", 0),)),
            users=12,
            depth=5,
            people=("Hank Scott", "Mindy Crane"),
        ),
        Customer(
            "globex-iberia",
            "Globex Iberia",
            "iberia.example",
            "mid",
            ANA,
            Story(terms=(Term(310, "Team", 18),)),
            country="ES",
            language="es",
            currency="EUR",
            users=6,
            depth=4,
            people=("Nuria Campos", "Jorge Peña"),
            slack_channel_id="C0IBERIA",
        ),
        Customer(
            "severny",
            "Северный ветер",
            "severny.example",
            "smb",
            IRINA,
            Story(terms=(Term(260, "Team", 11),), answers=(Answer("csat", 5, 14, "Быстро помогли, спасибо!", 0),)),
            country="RS",
            language="ru",
            currency="EUR",
            users=5,
            depth=3,
            people=("Дарья Орлова", "Пётр Лебедев"),
            slack_channel_id="C0SEVERNY",
        ),
    )
