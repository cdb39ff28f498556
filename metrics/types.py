"""The values that the rooms hand each other: money, sentences, facts, figures and the shapes of plug-ins.

Conventions: money is integer minor units with a currency; a ratio is a Fraction; a day is a `date` in the company's
time zone; `None` means "not known" or "no answer", never zero. Everything here is immutable.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

from metrics.business_hours import BusinessHours
from metrics.feeds import NO_STOPS, Stops


def msg(text: str) -> str:
    """Mark a text for the catalogues and return it as it stands; whoever shows it translates it."""
    return text


class Money(NamedTuple):
    """An amount in minor units (cents, yen, fils) of `currency`, an ISO 4217 code."""

    minor: int
    currency: str


class Sentence(NamedTuple):
    """A text for people, not yet in their language: `text` has {placeholders}, `values` fills them.

    Where the wording depends on a count, `many` is the plural and `number` the count that chooses (see `plural`).
    Values are shown by type: Money as money, Fraction as a percentage, int as a number, date and datetime as dates,
    Sentence translated, str as it stands (a customer's own words: whoever shows it escapes it).
    """

    text: str
    values: "Mapping[str, Value]" = MappingProxyType({})
    many: str | None = None
    number: int | None = None


Value: TypeAlias = str | int | Fraction | Money | date | datetime | Sentence | None


def plural(one: str, many: str, count: int, **values: "Value") -> Sentence:
    """A sentence whose wording depends on `count`, which its text may show as {count}."""
    return Sentence(one, {"count": count, **values}, many, count)


# --- Revenue -----------------------------------------------------------------------------------------------------


class Interval(StrEnum):
    """How often a subscription is billed."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class EndReason(StrEnum):
    """Why a subscription row ended, as the source says."""

    VOLUNTARY = "voluntary"
    PAYMENT_FAILURE = "payment_failure"
    OTHER = "other"


class MovementKind(StrEnum):
    """What happened to an account's MRR on a day (metrics.md, Recurring revenue)."""

    NEW = "new"
    REACTIVATION = "reactivation"
    EXPANSION = "expansion"
    CONTRACTION = "contraction"
    CHURN = "churn"


class Cause(StrEnum):
    """Why MRR moved. The first seven belong to expansion and contraction, the last three to churn."""

    CROSS_SELL = "cross_sell"
    PRODUCT_DROPPED = "product_dropped"
    UPGRADE = "upgrade"
    DOWNGRADE = "downgrade"
    SEATS = "seats"
    PRICE = "price"
    CURRENCY = "currency"
    VOLUNTARY = "voluntary"
    PAYMENT_FAILURE = "payment_failure"
    OTHER = "other"


class SubscriptionRow(NamedTuple):
    """One row of a subscription: `amount` minor units per `interval_count` intervals, for the whole row.

    `started_on <= day < ended_on`; `ended_on` None means running.
    """

    subscription: str
    product: str
    plan: str
    quantity: int
    amount: int
    currency: str
    interval: Interval
    interval_count: int
    started_on: date
    ended_on: date | None = None
    end_reason: EndReason | None = None
    end_detail: str | None = None
    cancelled_on: date | None = None
    """The day on which notice was given; None: none was, or it is not known."""


class Movement(NamedTuple):
    """One line of the ledger: what an account's MRR in one currency was before `day` and is from `day` on.

    At most one line per account, currency and day. `kind` is judged over the whole account; on the rare day on which an
    account that stays a customer changes in several currencies at once it is None: only a report's rates can tell.
    """

    day: date
    currency: str
    before: int
    after: int
    kind: MovementKind | None
    cause: Cause | None = None
    detail: str | None = None


class BookFilter(NamedTuple):
    """Which accounts a figure is about; None means no restriction, an empty text the accounts that have none."""

    segment: str | None = None
    csm_email: str | None = None
    plan: str | None = None
    """Accounts that have, or had, a subscription to a plan of this name."""
    account_id: int | None = None


@dataclass(frozen=True, slots=True)
class RevenueFacts:
    """What a period did to a book of accounts, in minor units of the one `currency` all is converted to.

    The five movements are positive amounts. `start` is the first day of the period, `end` the day after its last.
    """

    currency: str
    start: date
    end: date
    opening: int = 0
    new: int = 0
    reactivation: int = 0
    expansion: int = 0
    contraction: int = 0
    churn: int = 0
    by_cause: Mapping[Cause, int] = field(default_factory=dict)
    """Expansion, contraction and churn by cause: positive amounts."""
    retained: int = 0
    """Closing MRR of the accounts that were customers at opening."""
    kept: int = 0
    """The sum of min(opening, closing) over the accounts that were customers at opening."""
    customers_opening: int = 0
    customers_closing: int = 0
    customers_lost: int = 0
    """Customers at opening that are none at closing."""
    customers_won: int = 0
    """Customers at closing that were none at opening."""
    lost_by_cause: Mapping[Cause, int] = field(default_factory=dict)
    """`customers_lost` by the cause of their last churn in the period."""

    @property
    def closing(self) -> int:
        """MRR at the end of the period's last day: the identity of the ledger."""
        return self.opening + self.new + self.reactivation + self.expansion - self.contraction - self.churn


class AccountRow(NamedTuple):
    """One account in a list behind a figure: who it is, and why it is there."""

    account_id: int
    key: str
    name: str
    segment: str | None
    why: Sentence
    """What puts it into the list, with its own numbers: "3 of 12 features used", "due on 5 Dec, health 38"."""
    mrr: Money | None = None
    day: date | None = None
    """When it happened or is due."""


class Breakdown(NamedTuple):
    """A figure split by something that is no account: features, sources, campaigns, answers in the customers' words."""

    title: Sentence
    rows: "tuple[BreakdownRow, ...]"


class BreakdownRow(NamedTuple):
    """One line: what it is about, and what there is to say of it, shown by type (see Sentence)."""

    label: str | Sentence
    values: tuple[Value, ...]


class AccountMove(NamedTuple):
    """What one account contributed to one kind of movement in a period, in the report's currency.

    An account that grew and shrank has two of them, so that those of a kind add up to that kind's figure.
    """

    account_id: int
    key: str
    name: str
    segment: str | None
    kind: MovementKind
    change: int
    """All its movements of the kind together; negative for contraction and churn."""
    opening: int
    closing: int
    """Its whole MRR at the period's opening and closing."""
    cause: Cause | None
    """The cause of its last movement of the kind."""
    detail: str | None
    day: date
    """The day of that movement."""


# --- Figures -----------------------------------------------------------------------------------------------------


class Unit(StrEnum):
    """How a figure is shown."""

    MONEY = "money"
    RATIO = "ratio"
    COUNT = "count"
    SCORE = "score"
    """A whole or exact number on a scale that its metric names: NPS −100 to 100, CSAT and health 0 to 100."""
    MEAN = "mean"
    """A mean that is shown with its decimals: 4.3 of 5, 1.6 tickets an account."""
    MONTHS = "months"
    DAYS = "days"
    MINUTES = "minutes"
    """A length of time, shown as minutes or hours as suits it."""


class Better(StrEnum):
    """In which direction a figure improves."""

    UP = "up"
    DOWN = "down"
    NEITHER = "neither"


class Grade(StrEnum):
    """How a figure or a score is to be taken."""

    GREAT = "great"
    ACCEPTABLE = "acceptable"
    BAD = "bad"


class Figure(NamedTuple):
    """A metric's value and what it was computed from; `value` None means there is no answer (shown as n/a).

    A MONEY figure's value is minor units (an int, or a Fraction where it is a mean); a RATIO is a Fraction.
    """

    value: int | Fraction | None
    inputs: Mapping[str, int | Fraction]


@dataclass(frozen=True, slots=True)
class Term:
    """One input of a formula: what it is called and how it is shown."""

    title: str
    unit: Unit


F = TypeVar("F")


@dataclass(frozen=True, slots=True)
class Metric(Generic[F]):
    """A figure's one definition, used by every command, digest, alert, report and export.

    `formula` has a {placeholder} for each of `terms`; shown once with the terms' titles, once with their values.
    `measure` takes the facts that the metric is about (`facts` is their type: RevenueFacts or one of metrics.facts) and
    never raises on facts that are merely empty.
    """

    id: str
    title: str
    definition: str
    formula: str
    terms: Mapping[str, Term]
    unit: Unit
    better: Better
    source: str
    """Whose definition it is, or that it is our own choice and why."""
    facts: type[F]
    measure: Callable[[F], Figure]
    grade: "Callable[[Fraction, str | None, Definitions], Grade] | None" = None
    """Judges a value for a segment (None: the whole company); None where there is no band."""
    in_business_hours: bool = False
    """It is a time of work: it counts in the company's business hours where there are any."""


# --- Health ------------------------------------------------------------------------------------------------------


class Band(StrEnum):
    """How a health score is to be taken."""

    GOOD = "good"
    AVERAGE = "average"
    POOR = "poor"


class ChurnDate(StrEnum):
    """When somebody who gave notice stops being a customer."""

    SERVICE_END = "service_end"
    """When the subscription ends."""
    CANCELLATION = "cancellation"
    """On the day of notice."""


class LedgerRules(NamedTuple):
    """What a company has decided about who is a customer on which day."""

    grace_days: int = 0
    """A gap of at most so many days without any subscription is no churn."""
    churn_date: ChurnDate = ChurnDate.SERVICE_END
    past_due_days: int | None = None
    """An account with an invoice unpaid for more days than these after it was due is no customer; None: it is one."""


class ChurnBand(NamedTuple):
    """The acceptable range of a month's churn: below `low` is great, above `high` is bad."""

    low: Fraction
    high: Fraction
    high_is_bad: bool = False
    """Whether `high` itself is bad already ("under 1 %"), rather than the last acceptable value ("3 to 5 %")."""


class ChurnBands(NamedTuple):
    """What a company has decided about acceptable churn; whatever it has not is as metrics.bands has it."""

    company: ChurnBand | None = None
    """Of the whole company, and of all segments but large accounts and those below."""
    segments: Mapping[str, ChurnBand] = {}
    """By name; upper and lower case are the same."""


@dataclass(frozen=True, slots=True)
class Definitions:
    """What a company may argue with in its figures; every answer says which it used."""

    gross_margin: Fraction = Fraction(1)
    """For CLV; 0 to 1."""
    onboarding_days: int = 30
    """An onboarding that takes longer is stalled."""
    business_hours: BusinessHours | None = None
    """When time of response counts; None: at all hours."""
    churn_bands: ChurnBands = field(default_factory=ChurnBands)
    ledger: LedgerRules = field(default_factory=LedgerRules)


@dataclass(frozen=True, slots=True)
class HealthPolicy:
    """What a company may argue with: points per factor (and segment) and where the bands begin."""

    points: Mapping[str, int] = field(default_factory=dict)
    """By factor id; a factor that is missing here weighs its own `points`; 0 leaves it out."""
    points_by_segment: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    good_from: int = 70
    average_from: int = 40


class Reading(NamedTuple):
    """What a factor says: its share of its points in thousandths (0 to 1000), and the fact behind it.

    A company's accounts are scored by the ten thousand and few of their facts are ever told: one is a sentence, or
    what makes it of `about` when it is asked for.
    """

    permille: int
    told: Sentence | Callable[..., Sentence]
    about: tuple[Any, ...] = ()

    @property
    def fact(self) -> Sentence:
        """The fact as a sentence."""
        return self.told if isinstance(self.told, Sentence) else self.told(*self.about)


class FactorScore(NamedTuple):
    """A factor's part of one score."""

    factor_id: str
    points: int
    """The most it could give, before scaling."""
    reading: Reading | None
    """None: no data, left out, the others scaled up."""


class HealthScore(NamedTuple):
    """An account's health on a day; `score` None means that no factor has data."""

    score: int | None
    """1 to 100."""
    band: Band | None
    coverage: Fraction
    """Points of the factors that have data ÷ points of all."""
    factors: tuple[FactorScore, ...]


class HealthPoint(NamedTuple):
    """One stored snapshot of an account's score; `permille` has the share of each factor that had data, by its id."""

    day: date
    score: int | None
    band: Band | None
    coverage_permille: int
    permille: Mapping[str, int]


class DayScore(NamedTuple):
    """An account's score on one day of its history; None where it had none."""

    day: date
    score: int | None


# --- Accounts and people -----------------------------------------------------------------------------------------


class Account(NamedTuple):
    """A customer's master data; `key` is the account_id of the data contract."""

    id: int
    key: str
    name: str
    domain: str | None
    segment: str | None
    csm_email: str | None
    currency: str | None
    lifecycle_stage: str | None
    renewal_on: date | None
    created_on: date | None
    slack_channel_id: str | None


class LeftBy(StrEnum):
    """How it is known that a person has left an account."""

    SAID = "said"
    """The data say since when (left_on)."""
    BOUNCED = "bounced"
    """Mail to them came back, and they have not been seen since."""
    DEACTIVATED = "deactivated"
    """Their Slack account was deactivated."""
    LEFT_CHANNEL = "left_channel"
    """They left the account's shared channel."""


class Contact(NamedTuple):
    """A person at a customer."""

    key: str
    name: str
    role: str | None
    is_poc: bool
    started_on: date | None
    left_on: date | None
    last_seen_on: date | None
    left_by: LeftBy = LeftBy.SAID
    """How `left_on` is known."""


class AccountEvent(NamedTuple):
    """Something worth a mark on an account's history chart; `kind` is one of EVENT_KINDS."""

    day: date
    kind: str
    label: Sentence


EVENT_KINDS = (
    "poc_left",
    "escalation",
    "payment_failed",
    "low_score",
    "expansion",
    "contraction",
    "churn",
    "reactivation",
)


class DataCoverage(NamedTuple):
    """How complete the data behind an answer is."""

    customers: int
    """Accounts with MRR > 0 on the day."""
    with_usage: int
    """Of them, those with any usage in 90 days."""
    usage_until: date | None
    """The last day with usage of anybody; None: no usage data at all."""
    revenue_until: date | None
    """The day of the last import of subscriptions; None: none yet."""
    stopped: Stops = NO_STOPS
    """The feeds that have not come in for far too long: nothing that rests on them is known of anybody."""
