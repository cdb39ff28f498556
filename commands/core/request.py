"""Who asks what, where and when: everything a command gets to know."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

from commands.core.reply import Markup
from metrics.alerting import AlertPolicy
from metrics.asking import SurveyPolicy
from metrics.deadlines import TAKE_WITHIN, Allowance
from metrics.dials import RulePolicy
from metrics.judging import Severity
from metrics.quiet_hours import QuietHours
from metrics.types import Definitions, HealthPolicy, Sentence


class Role(IntEnum):
    """What a person may do, least first. Outsiders and guests of the workspace have no part in internal figures."""

    OUTSIDER = 0
    GUEST = 1
    MEMBER = 2
    ADMIN = 3


class Place(StrEnum):
    """Where an answer may be seen."""

    INTERNAL = "internal"
    """Only by people of the company: never in a channel with outsiders or guests' companies."""
    CUSTOMER = "customer"
    """Also by a customer's people (survey questions and their answers)."""


@dataclass(frozen=True, slots=True)
class Actor:
    """The person who asks, as Slack knows them; a person of whom Slack tells too little is an outsider."""

    user_id: str
    team_id: str
    role: Role
    name: str = ""
    email: str | None = None
    locale: str = "en"
    """One of the catalogues' languages: en, es, ru."""
    locale_known: bool = True
    """Slack tells it; False: it does not, or tells one that we do not speak."""


@dataclass(frozen=True, slots=True)
class Audience:
    """The conversation the question came from; `external` is True unless Slack says that it is the company's own."""

    channel_id: str
    external: bool
    direct: bool = False
    """A direct message with the bot, or the bot's home: nobody else reads along."""
    known: bool = True
    """Slack says who reads along; False: it does not, and the conversation counts as external."""
    member: bool = True
    """The bot is in it, and so may post there."""


@dataclass(frozen=True, slots=True)
class Company:
    """What the company has decided about its figures."""

    currency: str
    zone: ZoneInfo
    command_prefix: str = ""
    health: HealthPolicy = field(default_factory=HealthPolicy)
    definitions: Definitions = field(default_factory=Definitions)
    rules: RulePolicy = field(default_factory=RulePolicy)
    language: str = "en"
    """Of what is said unasked in channels."""
    admins: tuple[str, ...] = ()
    """Slack ids of those who are told when something of the bot's own is wrong."""
    leads: tuple[str, ...] = ()
    """Slack ids of those to whom alerts go that nobody takes."""
    name: str = ""
    """What the company is called on its reports; empty: they do not say."""
    alert_channel: str | None = None
    """Where alerts go for which no route says otherwise; None: to the account's CSM, else the first lead or admin."""
    quiet: QuietHours = field(default_factory=QuietHours)
    win_from: int | None = None
    """A new customer of at least so much MRR, in minor units, is celebrated; None: only those who come back are."""
    take_within: Mapping[Severity, Allowance] = field(default_factory=lambda: TAKE_WITHIN)
    """In what time somebody should take an alert; then the lead is told."""
    patience: AlertPolicy = field(default_factory=AlertPolicy)
    """When an alert is over, and for how long its rule then keeps quiet of the account."""
    surveys: SurveyPolicy = field(default_factory=SurveyPolicy)
    """How often customers are asked, and how."""


class Translator(Protocol):
    """Turns Sentences into the reader's words, numbers, money and dates (commands.ui.text builds one)."""

    @property
    def locale(self) -> str:
        """The language: en, es or ru."""
        ...

    def __call__(self, text: str | Sentence, /, **values: object) -> str:
        """Translate a msgid or a Sentence; values are shown by type as metrics.types.Sentence says, not escaped."""
        ...

    def md(self, text: str | Sentence, /, **values: object) -> Markup:
        """The same as mrkdwn: the text's own *bold* works; values are shown letter by letter unless they are Markup."""
        ...


@dataclass(frozen=True, slots=True)
class Request:
    """One question: a typed command, a pressed button, a submitted modal."""

    text: str
    """What follows the command's name; for a button its value."""
    actor: Actor
    audience: Audience
    now: datetime
    """Aware UTC."""
    company: Company
    t: Translator
    state: Mapping[str, str | tuple[str, ...] | None] = field(default_factory=dict)
    """A submitted modal's inputs by block id."""
    in_modal: bool = False
    """The button that was pressed stands in a modal."""
    conversations: Mapping[str, Audience] = field(default_factory=dict)
    """Who reads along, at this moment, in the conversations that were chosen in a submitted modal, by id."""
    people: Mapping[str, Role] = field(default_factory=dict)
    """Who the people are that were chosen in the pressed menu or in a submitted modal, by id."""
    block_id: str = ""
    """Of the row in which the pressed button or menu stands: a row of menus carries the question of its card there."""
    moment: str = ""
    """When boxes were ticked or something was chosen, by Slack's clock: tells which of two came later."""

    @property
    def today(self) -> date:
        """The day in the company's time zone."""
        return self.now.astimezone(self.company.zone).date()
