"""What the form for a survey holds, and the draft that comes of it."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from commands.core.access import Choice, account_for
from commands.core.filters import Choices, books_of
from commands.core.reply import Invalid
from commands.core.request import Request
from commands.core.survey_draft import (
    CHANNEL,
    DIRECT,
    LANGUAGES,
    ONCE,
    RHYTHMS,
    SAMPLES,
    THREAD,
    WORDING_MOST,
    Draft,
    stamped,
)
from metrics.asking import Audience, To
from metrics.surveys import all_surveys
from metrics.types import Sentence
from storage.errors import NotFound
from storage.queries.accounts import by_key
from storage.queries.contact_search import contact_by_key, find_contacts
from storage.queries.saved_lists import SavedList, saved_lists
from storage.session import Session

KIND: Final = "survey_kind"
WHO: Final = "survey_who"
NAME: Final = "survey_name"
PLACE: Final = "survey_place"
THREAD_LINK: Final = "survey_thread"
START: Final = "survey_start"
REPEATS: Final = "survey_repeats"
SAMPLE: Final = "survey_sample"
ANONYMOUS: Final = "survey_anonymous"
TITLE: Final = "survey_title"
WORDING: Final = "survey_wording_{}"
"""Ids of the blocks with the inputs."""

NAMED: Final = (To.POINTS, To.ACCOUNT, To.CONTACT)
"""Audiences whose account or person is named in words."""
YES: Final = "yes"
_LINK: Final = re.compile(r"/archives/(C[A-Z0-9]+)/p(\d{10})(\d{6})(?:\?(?:\S*&)?thread_ts=(\d+\.\d+))?")
_LATE: Final = timedelta(minutes=10)
"""A moment so little ago still means now."""


@dataclass(frozen=True, slots=True)
class Form:
    """What stands in the inputs, and what can be chosen."""

    draft: Draft
    who: str
    """The chosen line: one of To, or "segment:…", "csm:…", "list:…"."""
    name: str
    """The account or person in words."""
    link: str
    choices: Choices
    lists: tuple[SavedList, ...]


def new_draft() -> Draft:
    """NPS to an account's points of contact, now."""
    return Draft("nps", Audience(To.POINTS))


def form_of(draft: Draft, db: Session) -> Form:
    """The form with a draft."""
    audience = draft.audience
    who = audience.to.value if audience.to in (*NAMED, To.EVERYBODY) else f"{audience.to.value}:{audience.value}"
    return Form(draft, who, _name(db, audience), _link(draft.thread), books_of(db), tuple(saved_lists(db)))


def entered_form(request: Request, db: Session) -> Form:
    """The form as it has been filled in, whatever may be wrong with it."""
    who, name = _entered(request, WHO, To.POINTS.value), _entered(request, NAME)
    link = _entered(request, THREAD_LINK)
    return Form(_entered_draft(request), who, name, link, books_of(db), tuple(saved_lists(db)))


def draft_in(request: Request, db: Session) -> Draft | Invalid:
    """The draft that a form which was sent off describes; what is wrong with it, by block, instead."""
    errors: dict[str, str] = {}
    audience = audience_of(request, db, _entered(request, WHO, To.POINTS.value), _entered(request, NAME))
    if isinstance(audience, Sentence):
        errors[NAME], audience = request.t(audience), Audience(To.EVERYBODY)
    draft = replace(_entered_draft(request), audience=audience)
    if draft.start_at is not None and draft.start_at < request.now - _LATE:
        errors[START] = request.t("This moment is over. Choose a later one, or none to ask now.")
    if draft.start_at is not None and draft.start_at <= request.now:
        draft = replace(draft, start_at=None)
    errors |= {block: request.t(what) for block, what in unfit(draft, db).items() if block not in errors}
    return Invalid(errors) if errors else stamped(draft, request)


def _entered_draft(request: Request) -> Draft:
    place = _entered(request, PLACE, DIRECT)
    kind, repeats = _entered(request, KIND), _entered(request, REPEATS, ONCE)
    texts = {one: _entered(request, WORDING.format(one))[:WORDING_MOST] for one in LANGUAGES}
    return Draft(
        kind=kind if kind in all_surveys() else "nps",
        audience=Audience(To.POINTS),
        place=place if place in (DIRECT, CHANNEL, THREAD) else DIRECT,
        thread=_thread(_entered(request, THREAD_LINK)) if place == THREAD else None,
        one_in=_sample(_entered(request, SAMPLE, "1")),
        anonymous=YES in (request.state.get(ANONYMOUS) or ()),
        name=_entered(request, TITLE)[:100],
        start_at=_moment(_entered(request, START)),
        repeats=repeats if repeats in RHYTHMS else ONCE,
        wording={language: text for language, text in texts.items() if text},
    )


def _entered(request: Request, block_id: str, otherwise: str = "") -> str:
    value = request.state.get(block_id)
    return value.strip() if isinstance(value, str) and value.strip() else otherwise


def audience_of(request: Request, db: Session, who: str, name: str) -> Audience | Sentence:
    """Whom the form means, or why that cannot be told."""
    to, _, value = who.partition(":")
    if to not in {one.value for one in To}:
        return Sentence("Choose one of these, please.")
    if To(to) not in NAMED:
        return Audience(To(to), value)
    if not name:
        return Sentence("Name the account or the person, please.")
    return _person(db, name) if To(to) is To.CONTACT else _account(request, db, To(to), name)


def _person(db: Session, name: str) -> Audience | Sentence:
    found = find_contacts(db, name)
    if found.hit is not None:
        return Audience(To.CONTACT, found.hit.key)
    if not found.candidates:
        return Sentence("I know no contact called “{name}”.", {"name": name[:60]})
    near = ", ".join(f"{one.name} ({one.email or one.key}, {one.account_name})" for one in found.candidates)
    return Sentence("Several people could be meant: {names}. Give the e-mail address.", {"names": near})


def _account(request: Request, db: Session, to: To, name: str) -> Audience | Sentence:
    found = account_for(request, db, name)
    if not isinstance(found, Choice):
        return Audience(to, found.key)
    if not found.accounts:
        return Sentence("I know no account called “{name}”.", {"name": name[:60]})
    near = ", ".join(one.name for one in found.accounts)
    return Sentence("Which account is meant? These come close: {names}.", {"names": near})


def unfit(draft: Draft, db: Session) -> dict[str, Sentence]:
    """What does not go together, by block."""
    to = draft.audience.to
    alone = to is To.CONTACT
    if alone and draft.place != DIRECT:
        return {PLACE: Sentence("One person is asked by direct message: in a channel everybody there could answer.")}
    if alone and draft.anonymous:
        return {ANONYMOUS: Sentence("One person alone cannot stay anonymous.")}
    if draft.place == CHANNEL and to is To.LIST:
        return {PLACE: Sentence("A list of people is asked by direct message.")}
    if draft.place != THREAD:
        return {}
    if to not in (To.POINTS, To.ACCOUNT):
        return {PLACE: Sentence("A thread belongs to one account. Choose one, or another place.")}
    if draft.thread is None:
        return {THREAD_LINK: Sentence("Paste the link of a message: in Slack, More actions › Copy link.")}
    try:
        channel = by_key(db, draft.audience.value).slack_channel_id
    except NotFound:
        return {}
    if channel != draft.thread.partition(" ")[0]:
        return {THREAD_LINK: Sentence("This message is not in the channel that is shared with that account.")}
    return {}


def _thread(link: str) -> str | None:
    """The thread of a message by its link: "C0123 1700000000.000100"; None if it is none."""
    found = _LINK.search(link)
    return None if found is None else f"{found[1]} {found[4] or f'{found[2]}.{found[3]}'}"


def _link(thread: str | None) -> str:
    channel, _, ts = (thread or "").partition(" ")
    return f"/archives/{channel}/p{ts.replace('.', '')}" if ts else ""


def _moment(seconds: str) -> datetime | None:
    return datetime.fromtimestamp(int(seconds), UTC) if seconds.isdecimal() and len(seconds) < 12 else None


def _sample(text: str) -> int:
    return int(text) if text.isdecimal() and int(text) in SAMPLES else 1


def _name(db: Session, audience: Audience) -> str:
    if audience.to is To.CONTACT:
        person = contact_by_key(db, audience.value)
        return "" if person is None else person.email or person.key
    if audience.to not in NAMED or not audience.value:
        return ""
    try:
        return by_key(db, audience.value).name
    except NotFound:
        return ""
