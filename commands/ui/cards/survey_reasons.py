"""Why somebody is not asked, or a question did not get there, in words."""

from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from typing import Any, Final

from metrics.asking import Decision, Reason
from metrics.surveys import all_surveys
from metrics.types import Sentence, Value, msg, plural

FAILURES: Final = {
    "user_not_visible": msg("the bot cannot see them"),
    "cannot_dm_bot": msg("they are a bot"),
    "invalid_user_combination": msg("Slack allows no direct message to them"),
    "user_disabled": msg("their account is deactivated"),
    "account_inactive": msg("their account is deactivated"),
    "is_archived": msg("the channel is archived"),
    "channel_not_found": msg("the channel is gone, or the bot is not in it"),
    "not_in_channel": msg("the bot is not in the channel"),
    "user_not_found": msg("the bot cannot see them"),
    "expired": msg("it could not be sent in time"),
    "not_found": msg("Slack did not take it"),
    "dropped": msg("an admin took it out of the queue"),
}
"""By Slack's word for it."""


def counted(reason: str, count: int) -> Sentence:
    """How many are not asked for the reason (the value of a metrics.asking.Reason)."""
    plurals = {
        Reason.LEFT: plural("{count} has left", "{count} have left", count),
        Reason.NO_CUSTOMER: plural("{count} is not a customer's", "{count} are not customers'", count),
        Reason.OPTED_OUT: plural("{count} wants no more questions", "{count} want no more questions", count),
        Reason.ASKED_LATELY: plural("{count} was asked something lately", "{count} were asked something lately", count),
        Reason.ASKED_THIS_LATELY: plural(
            "{count} was asked this lately, or has answered it",
            "{count} were asked this lately, or have answered it",
            count,
        ),
        Reason.OPEN_QUESTION: plural(
            "{count} still has a question to answer", "{count} still have a question to answer", count
        ),
        Reason.ESCALATION: plural("{count} is in an open escalation", "{count} are in an open escalation", count),
        Reason.UNREACHABLE: plural("{count} cannot be reached in Slack", "{count} cannot be reached in Slack", count),
        Reason.DEACTIVATED: plural(
            "{count} has no Slack account any more", "{count} have no Slack account any more", count
        ),
        Reason.SAME_PERSON: plural(
            "{count} is asked at another account", "{count} are asked at another account", count
        ),
        Reason.NOT_SAMPLED: plural("{count} is not in the sample", "{count} are not in the sample", count),
        Reason.TOLD_BY_OTHERS: plural("{count} need not be asked", "{count} need not be asked", count),
    }
    known = next((said for one, said in plurals.items() if one.value == reason), None)
    return known or Sentence("{count}: {reason}", {"count": count, "reason": reason})


def why_not(why: Decision, zone: tzinfo) -> Sentence:
    """Why one person is not asked, with what that rests on."""
    return said(why.reason, why.detail, zone)


def said(reason: str | None, detail: Mapping[str, Any], zone: tzinfo) -> Sentence:
    """The stored reason in words, after a person's name."""
    known = next((one for one in Reason if one.value == reason), None)
    if known is None:
        return Sentence(FAILURES[reason]) if reason in FAILURES else Sentence("Slack said: {word}", {"word": reason})
    try:
        return _told(known, detail, zone) or Sentence(_ALONE[known])
    except (KeyError, ValueError, TypeError):
        return Sentence(_ALONE[known])


_ALONE: Final = {
    Reason.LEFT: msg("has left"),
    Reason.NO_CUSTOMER: msg("is not of a customer this survey is for"),
    Reason.OPTED_OUT: msg("wants no more questions"),
    Reason.ASKED_LATELY: msg("was asked something lately"),
    Reason.ASKED_THIS_LATELY: msg("was asked this lately, or has answered it"),
    Reason.OPEN_QUESTION: msg("still has a question to answer"),
    Reason.ESCALATION: msg("is in an open escalation"),
    Reason.UNREACHABLE: msg("cannot be reached in Slack"),
    Reason.DEACTIVATED: msg("has no Slack account any more"),
    Reason.SAME_PERSON: msg("is asked at another account"),
    Reason.NOT_SAMPLED: msg("is not in the sample"),
    Reason.TOLD_BY_OTHERS: msg("need not be asked any more"),
}


def _told(reason: Reason, detail: Mapping[str, Any], zone: tzinfo) -> Sentence | None:
    """The sentence with what the reason rests on; None where nothing more is known."""
    values: dict[str, Value]
    match reason:
        case Reason.LEFT:
            return Sentence("left on {day}", {"day": date.fromisoformat(detail["day"])})
        case Reason.OPTED_OUT:
            return Sentence("has wanted no more questions since {day}", {"day": _day(detail, zone)})
        case Reason.ASKED_LATELY | Reason.ASKED_THIS_LATELY:
            values = {"kind": _kind(detail), "day": _day(detail, zone), "days": int(detail["days"])}
            return Sentence("was asked or answered {kind} on {day}: not again within {days} days", values)
        case Reason.OPEN_QUESTION:
            return Sentence("has not answered {kind} yet", {"kind": _kind(detail)})
        case Reason.ESCALATION:
            return Sentence("ticket {ticket} is escalated", {"ticket": str(detail["ticket"])})
        case Reason.NOT_SAMPLED:
            return Sentence("is not in the sample of one in {count}", {"count": int(detail["one_in"])})
        case Reason.SAME_PERSON:
            return Sentence("is asked at {account}", {"account": str(detail["account"])})
    return None


def _day(detail: Mapping[str, Any], zone: tzinfo) -> date:
    return datetime.fromisoformat(detail["at"]).astimezone(zone).date()


def _kind(detail: Mapping[str, Any]) -> Sentence:
    kind = str(detail["kind"])
    survey = all_surveys().get(kind)
    return Sentence(kind if survey is None else survey.title)
