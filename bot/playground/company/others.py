"""The customers without a story of their own: ordinary lives, drawn from the seed.

Beginnings and ends are spread evenly, not drawn one by one: whatever the seed, the company grows, loses one or two
customers a month, and has had one bad spell.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import cycle
from random import Random
from typing import NamedTuple

from bot.playground.company.customers import CORE, SIGNALS, Answer, Case, Customer, End, Story, Term
from bot.playground.company.people import CSMS
from bot.playground.company.renewals import TERM

STAYING = 44
LEAVING = 18
"""How many stay to this day, and how many leave one by one."""

NEWEST = 3
OLDEST = 960
"""Between so many days ago those came who stay."""
LAST_TO_LEAVE = 75
FIRST_TO_LEAVE = 715
"""Between so many days ago they leave one by one."""
BAD_SPELL = ((212, "enterprise"), (208, "mid"), (201, "smb"))
"""Who left within two weeks, how many days ago."""

RAISED = 106
"""Percent of the list price that some pay after a renewal."""

_TREES = ("Birch", "Cedar", "Juno", "Laurel", "Maple", "Pine", "Willow", "Hazel", "Rowan")
_STONES = ("Amber", "Garnet", "Jasper", "Onyx", "Quartz", "Sable", "Slate", "Umbra")
_SHORES = ("Dune", "Echo", "Falcon", "Harbor", "Indigo", "Koru", "Nova", "River", "Tidal", "Vesta", "Zephyr")
_SECOND = ("Works", "Labs", "Partners", "Systems", "Clinics", "Foods", "Motors", "Press", "Supply", "Tours", "Capital")
_GIVEN = ("Amir", "Bianca", "Carlos", "Dana", "Elif", "Farid", "Grace", "Hana", "Ilya", "Julia", "Kofi", "Lea", "Mateo")
_FAMILY = ("Abbott", "Bauer", "Costa", "Dubois", "Evans", "Fischer", "Garcia", "Hughes", "Ito", "Jansen", "Lund")
_INDUSTRIES = ("software", "retail", "finance", "health", "media", "logistics")
_HOMES = (("US", "USD"), ("US", "USD"), ("GB", "GBP"), ("FR", "EUR"), ("CA", "USD"))
_PRAISE = ("Does what it should.", "The team likes it.", "Reports save us a day a week.", "")
_BLAME = ("Too slow on Mondays.", "Support took its time.", "Hard to find things.", "")
_REASONS = (
    ("voluntary", "price"),
    ("voluntary", "missing integration"),
    ("voluntary", "no longer needed"),
    ("voluntary", "went to a cheaper tool"),
    ("payment_failure", "card expired"),
    ("other", "company closed"),
)

_SEGMENTS = ("smb", "mid", "smb", "smb", "enterprise", "smb", "mid", "smb", "mid", "smb")
"""In the order in which they come."""
_LEAVERS_SEGMENTS = ("smb", "smb", "mid", "smb")


class _Size(NamedTuple):
    """What a segment buys and how many people use it."""

    plan: str
    least_seats: int
    most_seats: int
    users: int


_SIZES = {
    "smb": _Size("Starter", 5, 14, 3),
    "mid": _Size("Team", 14, 40, 5),
    "enterprise": _Size("Business", 40, 80, 8),
}


class _Temper(NamedTuple):
    """How a customer takes to the product."""

    nps: int
    """What they answer on average."""
    busy: tuple[float, float]
    """How busy they are these days, from least to most."""
    depth: tuple[int, int]
    """How many features they use."""
    contacts: tuple[int, int]
    cases: int
    """At most so many support cases in a year."""
    hours: int
    """At most so long until a case is solved."""


_HAPPY = _Temper(nps=9, busy=(0.85, 1.1), depth=(4, 6), contacts=(2, 3), cases=3, hours=24)
_LUKEWARM = _Temper(nps=7, busy=(0.08, 0.2), depth=(1, 3), contacts=(1, 2), cases=6, hours=72)
_WEARY = _Temper(nps=4, busy=(0.01, 0.04), depth=(1, 2), contacts=(1, 1), cases=8, hours=120)
_TEMPERS = (_HAPPY, _HAPPY, _LUKEWARM, _HAPPY, _HAPPY, _HAPPY, _LUKEWARM, _HAPPY, _HAPPY, _HAPPY, _WEARY)
_COOLS_FROM = 150
_COOL_SINCE = 40
"""Between so many days ago those who do not take to it stopped being as busy as the happy ones."""
_FADES_FOR = 80
"""So many days before they leave, the use of those who leave begins to fade."""


class _Span(NamedTuple):
    """From when to when, in days ago; `left` is None for those who are still there."""

    segment: str
    came: int
    left: int | None


def the_others(random: Random) -> tuple[Customer, ...]:
    """Customers who stay and customers who left; who they are is for the seed to say."""
    spans = (*_stays(random), *_leaves(random))
    names = [f"{first} {second}" for first in (*_TREES, *_STONES, *_SHORES) for second in _SECOND]
    chosen = random.sample(names, len(spans))
    tempers = random.sample(_TEMPERS, len(_TEMPERS))
    return tuple(map(_customer, cycle((random,)), chosen, spans, cycle(tempers)))


def _stays(random: Random) -> Iterator[_Span]:
    came = _spread(random, STAYING, NEWEST, OLDEST)
    return (_Span(segment, ago, None) for segment, ago in zip(cycle(_SEGMENTS), came, strict=False))


def _leaves(random: Random) -> Iterator[_Span]:
    left = _spread(random, LEAVING, LAST_TO_LEAVE, FIRST_TO_LEAVE)
    for segment, ago in (*zip(cycle(_LEAVERS_SEGMENTS), left, strict=False), *((who, ago) for ago, who in BAD_SPELL)):
        yield _Span(segment, ago + random.randint(110, 420), ago)


def _spread(random: Random, count: int, latest: int, earliest: int) -> list[int]:
    """So many days ago, evenly between the two, each a little off its place."""
    step = (earliest - latest) / count
    return [latest + int((place + random.random()) * step) for place in range(count)]


def _customer(random: Random, name: str, span: _Span, temper: _Temper) -> Customer:
    key = name.lower().replace(" ", "-")
    given = random.sample(_GIVEN, random.randint(*temper.contacts))
    country, currency = random.choice(_HOMES)
    return Customer(
        key,
        name,
        f"{key}.example",
        span.segment,
        random.choice(CSMS),
        _story(random, span, temper, len(given)),
        industry=random.choice(_INDUSTRIES),
        country=country,
        currency=currency,
        users=_SIZES[span.segment].users + random.randint(0, 2),
        depth=random.randint(*temper.depth),
        people=tuple(f"{first} {random.choice(_FAMILY)}" for first in given),
    )


def _story(random: Random, span: _Span, temper: _Temper, people: int) -> Story:
    since = span.left or 0
    ends = () if span.left is None else (End(span.left, *random.choice(_REASONS)),)
    cases = (since + random.randint(2, 360) for _ in range(random.randint(0, temper.cases)))
    reviews = temper is _HAPPY and random.random() < 0.2
    return Story(
        terms=_raised(_terms(random, span), span),
        ends=ends,
        activity=_activity(random.uniform(*temper.busy), span.left),
        answers=_answers(random, temper.nps, people, since),
        cases=tuple(Case(ago, random.randint(2, temper.hours)) for ago in cases if ago < span.came),
        activated_after=random.randint(6, 35),
        advocacy=(("review", since + random.randint(20, 300), ""),) if reviews else (),
    )


def _terms(random: Random, span: _Span) -> tuple[Term, ...]:
    """What they bought; half of those who stay long change the seats once, a quarter add the second product."""
    size = _SIZES[span.segment]
    seats = random.randint(size.least_seats, size.most_seats)
    terms = [Term(span.came, size.plan, seats)]
    latest, earliest = (span.left or 0) + 30, span.came - 60
    if earliest > latest and random.random() < 0.5:
        more = max(2, seats // 4) * random.choice((-1, 1, 1, 1, 2))
        terms.append(Term(random.randint(latest, earliest), size.plan, max(2, seats + more)))
    if earliest > latest and random.random() < 0.25 and span.segment != "smb":
        terms.append(Term(random.randint(latest, earliest), "Basic", product=SIGNALS))
    return tuple(terms)


def _raised(terms: tuple[Term, ...], span: _Span) -> tuple[Term, ...]:
    """Every third of those who stay pays a bit more for the same since the last renewal."""
    renewed = span.came % TERM
    if span.left is not None or span.came % 3 or not 0 < renewed < span.came:
        return terms
    since = [term._replace(percent=RAISED) for term in terms if term.product == CORE and term.ago <= renewed]
    until = [term for term in terms if term.product != CORE or term.ago > renewed]
    last = min((term for term in until if term.product == CORE), key=lambda term: term.ago)
    return (*until, last._replace(ago=renewed, percent=RAISED), *since)


def _activity(busy: float, left: int | None) -> Callable[[int], float]:
    def staying(ago: int) -> float:
        cooled = max(0.0, min(1.0, (_COOLS_FROM - ago) / (_COOLS_FROM - _COOL_SINCE)))
        return max(busy, 1.0) * (1 - cooled) + busy * cooled

    def leaving(ago: int) -> float:
        return min(1.0, max(0.1, (ago - (left or 0)) / _FADES_FOR))

    return staying if left is None else leaving


def _answers(random: Random, nps: int, people: int, since: int) -> tuple[Answer, ...]:
    """Up to three NPS answers and two of CSAT in the last year of being a customer."""

    def said(words: Sequence[str], least: int, most: int) -> tuple[int, str, int]:
        return since + random.randint(least, most), random.choice(words), random.randrange(people)

    scores = [max(0, min(10, round(random.gauss(nps, 1)))) for _ in range(random.randint(0, 3))]
    stars = [max(1, min(5, round(random.gauss(nps / 2, 0.7)))) for _ in range(random.randint(0, 2))]
    return (
        *(Answer("nps", score, *said(_PRAISE if score > 6 else _BLAME, 3, 330)) for score in scores),
        *(Answer("csat", score, *said(_PRAISE if score > 3 else _BLAME, 3, 200)) for score in stars),
    )
