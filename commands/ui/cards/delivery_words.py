"""Words about messages that are on their way: what they are for, why one is not sent, how a destination is mended."""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from commands.core.reply import Markup
from metrics.types import Sentence

OUTSIDERS: Final = "outsiders_read_along"

PURPOSES: Final[Mapping[str, Sentence]] = {
    "digest": Sentence("Digest"),
    "alert": Sentence("Alert"),
    "report": Sentence("Report"),
    "playbook": Sentence("Playbook"),
    "broken": Sentence("Notice of a broken destination"),
    "survey": Sentence("Survey question"),
    "survey-reminder": Sentence("Reminder of a survey question"),
    "survey-edit": Sentence("Survey question that is closed"),
    "survey-card": Sentence("Card of a survey"),
    "survey-failures": Sentence("Survey questions that did not get there"),
    "verbatim": Sentence("Comment of a customer"),
}


class Fault(NamedTuple):
    """What is wrong with a destination, and what mends it."""

    why: Sentence
    mend: Sentence


_GONE = Sentence("Have these messages sent to somebody else.")
_POSTING = Fault(
    Sentence("only some people may post there"),
    Sentence("Allow me to post there (whoever manages the channel can), or have these messages sent elsewhere."),
)
_PERSON = Fault(Sentence("that person's Slack account is not active"), _GONE)

_FAULTS: Final[Mapping[str, Fault]] = {
    "is_archived": Fault(
        Sentence("the channel is archived"),
        Sentence("Unarchive it and invite me again, or have these messages sent elsewhere."),
    ),
    "not_in_channel": Fault(
        Sentence("I am not in the channel"),
        Sentence("Invite me there with `/invite`: then I send what waits by myself."),
    ),
    "channel_not_found": Fault(
        Sentence("I cannot see the channel: it is gone, or it is private and I am not in it"),
        Sentence("Invite me there with `/invite`, or have these messages sent elsewhere."),
    ),
    OUTSIDERS: Fault(
        Sentence("people from outside your company, or guests, read it"),
        Sentence("I show nothing internal there. Have these messages sent to a channel that only colleagues read."),
    ),
    "user_not_found": _PERSON,
    "user_disabled": _PERSON,
    "account_inactive": _PERSON,
    "posting_to_channel_denied": _POSTING,
    "no_permission": _POSTING,
    "cannot_dm_bot": Fault(Sentence("it is a bot"), _GONE),
}

_REASONS: Final[Mapping[str, Sentence]] = {
    "expired": Sentence("its time had passed before it could be sent"),
    "parent_not_sent": Sentence("the message that it belongs to was not sent"),
    "dropped": Sentence("it was dropped by an admin"),
    "ratelimited": Sentence("Slack wants me to wait"),
    "missing_scope": Sentence("I may not look whether it arrived: a permission to read there is missing"),
    "too_much_was_said": Sentence("too much was said there since to look for it"),
    "msg_too_long": Sentence("it is too long for Slack"),
}


def purpose_of(name: str) -> Sentence | str:
    """What a message is for; a name that nobody has given words to stands as it is."""
    return PURPOSES.get(name, name)


def fault_of(code: str) -> Fault:
    """What is wrong with a destination, by Slack's name for it."""
    if code.startswith("restricted_action"):
        return _POSTING
    mend = Sentence("Look at the channel in Slack, then press Try again in `/latido queue`.")
    return _FAULTS.get(code) or Fault(Sentence("Slack refuses it ({code})", {"code": _name(code)}), mend)


def reason_of(code: str) -> Sentence:
    """Why a message is not sent, or not known to be."""
    known = _REASONS.get(code) or (_FAULTS[code].why if code in _FAULTS else None)
    return known or Sentence("Slack says {code}", {"code": _name(code)})


def _name(code: str) -> str:
    """Slack's own name for something, so that it can be copied; anything else is shown letter by letter."""
    return Markup(f"`{code}`") if re.fullmatch(r"\w+", code) else code
