"""What a customer of the example company is made of. Days are counted back from the day the company is made for."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

CORE = "Faro Core"
SIGNALS = "Faro Signals"

SEAT_PRICES = {"Starter": 1900, "Team": 3900, "Business": 6900, "Enterprise": 9900}
"""Minor units a seat and month, by plan of Faro Core."""
SIGNALS_PRICES = {"Basic": 25_000, "Plus": 60_000}
"""Minor units a month, by plan of Faro Signals, which is not sold by the seat."""

FEATURES = ("dashboards", "reports", "sharing", "exports", "alerts", "api")
"""In the order in which customers discover them."""


class Term(NamedTuple):
    """A stretch of a contract: from `ago` days before the day on, until the next stretch of the same product."""

    ago: int
    plan: str
    seats: int = 1
    product: str = CORE
    percent: int = 100
    """Of the list price."""


class End(NamedTuple):
    """The end of everything a customer has, `ago` days before the day."""

    ago: int
    reason: str
    detail: str


class Answer(NamedTuple):
    """What somebody answered to a survey; `person` is their place among the customer's people."""

    kind: Literal["nps", "csat", "ces"]
    score: int
    ago: int
    comment: str = ""
    person: int = 0


class Case(NamedTuple):
    """A support case."""

    ago: int
    hours: int | None
    """Until it was solved; None: it is open."""
    escalated: bool = False
    priority: str = "normal"


@dataclass(frozen=True, slots=True)
class Story:
    """What happened to a customer; a customer without one has an ordinary life."""

    terms: tuple[Term, ...]
    ends: tuple[End, ...] = ()
    activity: Callable[[int], float] = lambda _ago: 1.0
    """How busy they are so many days before the day, as a share of their habit."""
    left: tuple[tuple[int, int], ...] = ()
    """Who left (place among their people) and how long ago."""
    unpaid: int = 0
    """So many of the last invoices failed."""
    answers: tuple[Answer, ...] = ()
    cases: tuple[Case, ...] = ()
    activated_after: int | None = 21
    """Days from start to activation; None: it has not come to that."""
    renewal_in: int | None = None
    """Days until the contract is to be renewed; None: a year after it began, whenever that is next."""
    advocacy: tuple[tuple[str, int, str], ...] = ()
    """Kind, days ago, note."""


@dataclass(frozen=True, slots=True)
class Customer:
    """One customer: who they are, how they use the product, what happened to them."""

    key: str
    name: str
    domain: str
    segment: str
    csm: str
    story: Story
    industry: str = "software"
    country: str = "US"
    language: str = "en"
    currency: str = "USD"
    users: int = 6
    """People who use the product on a busy day."""
    depth: int = 4
    """How many features they use."""
    people: tuple[str, ...] = field(default=())
    """Points of contact first: champion, decision maker, then others."""
    slack_channel_id: str = ""

    @property
    def started(self) -> int:
        """How many days ago they became a customer."""
        return max(term.ago for term in self.story.terms)
