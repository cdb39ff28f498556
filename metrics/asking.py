"""Who is asked and who is not: the rules by which a survey is never a nuisance."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import blake2b
from typing import Any, Final, NamedTuple

from metrics.surveys import all_surveys

EXPECTED_CAPS: Final = "expected kinds of surveys with days from 0 to 730 such as nps=180 csat=30; kinds: "
MOST_CAP_DAYS: Final = 730


class To(StrEnum):
    """Whom a wave is for."""

    CONTACT = "contact"
    POINTS = "points"
    """An account's points of contact."""
    ACCOUNT = "account"
    """All contacts of an account."""
    SEGMENT = "segment"
    """All points of contact of a segment's accounts."""
    CSM = "csm"
    """All points of contact of a CSM's accounts."""
    LIST = "list"
    EVERYBODY = "everybody"
    """All points of contact of all customers."""


class Audience(NamedTuple):
    """To whom."""

    to: To
    value: str = ""
    """The key of the contact or account, the segment, the CSM's address, the list's id; empty for everybody."""

    def as_json(self) -> dict[str, Any]:
        """As it is stored."""
        return {"to": self.to.value, "value": self.value}

    @staticmethod
    def from_json(stored: Mapping[str, Any]) -> "Audience":
        """What was stored."""
        return Audience(To(stored["to"]), str(stored.get("value", "")))


class Reason(StrEnum):
    """Why somebody is not asked, or is not asked any more; the values are stored."""

    LEFT = "left"
    """The contact has left the account."""
    NO_CUSTOMER = "no_customer"
    """The account is no customer (for an exit survey: has not left)."""
    OPTED_OUT = "opted_out"
    ASKED_LATELY = "asked_lately"
    """Something was asked within the days of the cap over all kinds."""
    ASKED_THIS_LATELY = "asked_this_lately"
    """The same kind was asked, or answered elsewhere, within the days of its own cap."""
    OPEN_QUESTION = "open_question"
    """Another question of ours still waits for an answer."""
    ESCALATION = "escalation"
    """The account has an escalated ticket that is not resolved."""
    UNREACHABLE = "unreachable"
    """No Slack user is known for the contact, or no shared channel for the account."""
    DEACTIVATED = "deactivated"
    """Their Slack account is."""
    SAME_PERSON = "same_person"
    """The same person is asked in this wave as a contact of another account."""
    NOT_SAMPLED = "not_sampled"
    """The wave asks only some, and they are not among them."""
    TOLD_BY_OTHERS = "told_by_others"
    """The reason for asking has gone: the ticket was opened again, the wave was withdrawn."""


@dataclass(frozen=True, slots=True)
class SurveyPolicy:
    """What a company has decided about asking."""

    cap_days: int = 90
    """Nobody is asked anything more often than once in so many days."""
    kind_caps: Mapping[str, int] = field(default_factory=dict)
    """By kind, where it is not the one of its declaration."""
    remind_after: timedelta = timedelta(days=5)
    """0: nobody is reminded."""
    expire_after: timedelta = timedelta(days=7)
    change_within: timedelta = timedelta(hours=24)
    emoji: bool = False
    """Kinds that have them show emoji in place of numbers."""
    product: str = ""
    """What the product is called in questions; empty: "our product" in the reader's language."""
    an_hour: int = 600
    """How many questions are sent in an hour at most: deliveries spread out."""

    def cap_of(self, kind: str) -> int:
        """Nobody is asked this kind more often than once in so many days."""
        return self.kind_caps.get(kind, all_surveys()[kind].cap_days)


POLICY: Final = SurveyPolicy()
SMALL_GROUP: Final = 5
"""An anonymous wave shows no figure of fewer answers."""


class Candidate(NamedTuple):
    """Somebody of an audience, with all that decides whether they are asked."""

    contact_id: int | None
    """None: everybody of the account in its shared channel."""
    account_id: int
    name: str
    """Of the contact; of the account where everybody is asked."""
    account_key: str
    account_name: str
    destination: str | None
    """The Slack user, or the shared channel; None: not known."""
    language: str | None
    """As Slack, the contact or the account has it, in this order; None: nobody says."""
    zone: str | None
    """As Slack says: an IANA name; None: not known."""
    country: str | None
    """The account's, ISO 3166."""
    left_on: date | None
    customer: bool
    """The account pays."""
    former: bool
    """The account has paid, and does no more."""
    gone: bool
    """Their Slack account is deactivated."""
    opted_out_at: datetime | None
    asked_at: datetime | None
    """When anything was asked last, or is to be asked."""
    asked_kind: str | None
    """What that was."""
    asked_this_at: datetime | None
    """When the same kind was asked, or answered elsewhere, last."""
    open_kind: str | None
    """The kind of another question that waits for their answer."""
    escalated_ticket: str | None
    """The key of an escalated ticket of the account that is not resolved."""


class Decision(NamedTuple):
    """Why somebody is not asked, with what that rests on: plain JSON (moments and days as ISO text)."""

    reason: Reason
    detail: Mapping[str, Any]


def decide(candidate: Candidate, policy: SurveyPolicy, kind: str, now: datetime) -> Decision | None:
    """Why the candidate is not asked a question of that kind at the aware moment; None: they may be.

    What cannot be changed comes before what passes: of several reasons the first one is told. Days are UTC's, so that
    a question that comes every 90 days does not fail by the hours.
    """
    who = candidate
    survey = all_surveys()[kind]
    if who.left_on is not None and who.left_on <= now.date():
        return Decision(Reason.LEFT, {"day": who.left_on.isoformat()})
    if not (who.former if survey.of_those_who_left else who.customer):
        return Decision(Reason.NO_CUSTOMER, {})
    if who.gone:
        return Decision(Reason.DEACTIVATED, {})
    if who.destination is None:
        return Decision(Reason.UNREACHABLE, {})
    if who.opted_out_at is not None:
        return Decision(Reason.OPTED_OUT, {"at": who.opted_out_at.isoformat()})
    if who.escalated_ticket is not None:
        return Decision(Reason.ESCALATION, {"ticket": who.escalated_ticket})
    if who.open_kind is not None:
        return Decision(Reason.OPEN_QUESTION, {"kind": who.open_kind})
    return _capped(who, policy, kind, now)


def _capped(who: Candidate, policy: SurveyPolicy, kind: str, now: datetime) -> Decision | None:
    cap, own_cap = policy.cap_days, policy.cap_of(kind)
    survey = all_surveys()[kind]
    if survey.of_those_who_left and not survey.cap_days:
        cap = 0  # whoever leaves is asked why, whatever else they were asked lately: there is no later time for it
    if who.asked_at is not None and (now.date() - who.asked_at.date()).days < cap:
        return Decision(
            Reason.ASKED_LATELY, {"at": who.asked_at.isoformat(), "kind": who.asked_kind or kind, "days": cap}
        )
    if who.asked_this_at is not None and (now.date() - who.asked_this_at.date()).days < own_cap:
        return Decision(Reason.ASKED_THIS_LATELY, {"at": who.asked_this_at.isoformat(), "kind": kind, "days": own_cap})
    return None


def sampled(wave: str, who: str, one_in: int) -> bool:
    """Whether somebody is among the one in so many that a wave asks: always the same, and another wave asks others."""
    digest = blake2b(f"{wave}|{who}".encode(), digest_size=8).digest()
    return int.from_bytes(digest) % one_in == 0


def kind_caps_of(text: str) -> dict[str, int]:
    """The caps by kind that a text such as "nps=180 csat=30" says; ValueError says what was expected.

    >>> kind_caps_of("nps=180 CSAT=0")
    {'nps': 180, 'csat': 0}
    """
    caps: dict[str, int] = {}
    for part in text.casefold().replace(",", " ").split():
        kind, _, days = part.partition("=")
        if kind not in all_surveys() or not (days.isascii() and days.isdigit() and int(days) <= MOST_CAP_DAYS):
            raise ValueError(EXPECTED_CAPS + ", ".join(sorted(all_surveys())))
        caps[kind] = int(days)
    return caps
