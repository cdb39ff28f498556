"""Why somebody was not asked: what would hold today, and what was decided before."""

from datetime import tzinfo
from typing import Final

from commands.core.reply import Reply
from commands.core.request import Translator
from commands.core.survey_why import Why
from commands.ui.blocks import context
from commands.ui.cards.paragraphs import Line, Paragraph, as_section, line, plain_text, strong
from commands.ui.cards.survey_reasons import said, why_not
from metrics.asking import Reason
from metrics.surveys import all_surveys
from metrics.types import Sentence, msg
from storage.queries.contact_search import Person
from storage.queries.survey_decisions import Told

MOST: Final = 10
"""Decisions that are told."""
STATES: Final = {
    "queued": msg("asked: the question is on its way"),
    "sent": msg("asked"),
    "answered": msg("asked, and has answered"),
    "declined": msg("asked, and wanted no more questions"),
    "expired": msg("asked; the question has expired"),
}


def why_card(person: Person, why: Why, t: Translator, zone: tzinfo) -> Reply:
    """One person: what would be if they were to be asked now, then the decisions so far."""
    told: list[Paragraph] = [
        (strong(person.name, person.account_name), line(_whole(why))),
        (strong(Sentence("If asked today")), *(_today(kind, why, zone) for kind in why.today)),
        (strong(Sentence("So far")), *_past(why, zone)),
    ]
    blocks = [as_section(t, paragraph) for paragraph in told]
    if len(why.past) > MOST:
        blocks.append(context(t.md("These are the last {count} decisions.", count=MOST)))
    return Reply(plain_text(t, told), tuple(blocks))


def _whole(why: Why) -> Sentence:
    """The answer in a sentence; an exit survey is not for those who stay, which is no reason to wonder."""
    meant = [one for one in why.today.values() if one is None or one.reason is not Reason.NO_CUSTOMER]
    if meant and not any(meant):
        return Sentence("Nothing speaks against asking them.")
    if None in meant:
        return Sentence("They can be asked some things today, not all.")
    return Sentence("They would not be asked anything today.")


def _today(kind: str, why: Why, zone: tzinfo) -> Line:
    decision = why.today[kind]
    title = Sentence(all_surveys()[kind].title)
    what = Sentence("can be asked") if decision is None else why_not(decision, zone)
    return line(Sentence("{kind}: {what}", {"kind": title, "what": what}))


def _past(why: Why, zone: tzinfo) -> tuple[Line, ...]:
    if not why.past:
        return (line(Sentence("Nobody has wanted to ask them anything yet.")),)
    return tuple(_told(one, zone) for one in why.past[:MOST])


def _told(one: Told, zone: tzinfo) -> Line:
    survey = all_surveys().get(one.kind)
    kind = one.kind if survey is None else Sentence(survey.title)
    day = (one.asked_at or one.decided_at).astimezone(zone).date()
    where = Sentence("in the shared channel") if one.in_channel else None
    when = Sentence("{day}: {kind}", {"day": day, "kind": kind})
    return line(when, one.wave_name or None, where, _became(one, zone))


def _became(one: Told, zone: tzinfo) -> Sentence:
    if one.state in STATES:
        return Sentence(STATES[one.state])
    reason = said(one.reason, one.detail, zone)
    if one.state == "skipped":
        return Sentence("not asked: {reason}", {"reason": reason})
    if one.state == "withdrawn":
        return Sentence("withdrawn: {reason}", {"reason": reason})
    return Sentence("not reached: {reason}", {"reason": reason})
