"""What people do with an alert: take it, hand it over, put it aside, vote on it, close it, open it again."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from commands.core.button_values import packed, unpacked
from commands.core.errors import UserError
from commands.core.recipients import wrong_person
from commands.core.reply import Invalid
from commands.core.request import Request
from metrics.deadlines import DONE_WITHIN, morning_after, working_day_after
from metrics.judging import Severity
from metrics.types import Sentence, msg
from storage.queries.alert_steps import Step, change, note
from storage.queries.alerts import STILL_OPEN, Alert, Outcome, State, by_id
from storage.queries.people_known import Person, by_ids, meet
from storage.session import Session

NOTE_MOST: Final = 500

OUTCOME: Final = "alert_outcome"
NOTE: Final = "alert_note"
USEFUL: Final = "alert_useful"
"""Ids of the form's inputs; frozen."""

OUTCOMES: Final[Mapping[Outcome, str]] = {
    Outcome.SAVED: msg("Saved: the account stays"),
    Outcome.LOST: msg("Lost: they leave, or have left"),
    Outcome.NOT_A_RISK: msg("Not a risk: there was nothing to save"),
}
VOTES: Final[Mapping[str, str]] = {"yes": msg("Yes"), "no": msg("No")}


@dataclass(frozen=True, slots=True)
class Closing:
    """What the form for closing says."""

    outcome: Outcome
    note: str | None
    useful: bool | None


def alert_pressed(request: Request, db: Session) -> tuple[Alert, str]:
    """The alert whose button was pressed as it is now, and what else the button says; UserError if it is gone."""
    number, _, rest = unpacked(request.text).text.partition(" ")
    alert = by_id(db, int(number)) if number.isdecimal() and len(number) <= 18 else None
    if alert is None:
        raise UserError(Sentence("This alert is no longer there."))
    return alert, rest.partition(" ")[2]


def take(request: Request, db: Session) -> Alert:
    """Take an alert that nobody has taken; UserError says who was faster, or that it is over."""
    alert, _ = alert_pressed(request, db)
    due_on = working_day_after(request.today, DONE_WITHIN[Severity(alert.severity)], request.company.quiet)
    taken = change(
        db,
        alert.id,
        Step.TAKEN,
        now=request.now,
        actor=request.actor.user_id,
        only_in=(State.OPEN, State.SNOOZED),
        state=State.TAKEN,
        taken_by=request.actor.user_id,
        taken_at=request.now,
        due_on=due_on,
        snoozed_until=None,
    )
    return _done(request, db, alert, changed=taken)


def hand_over(request: Request, db: Session) -> Alert | None:
    """Give an alert that somebody has taken to the colleague who was chosen; None if it is theirs already.

    Its day stays, unless that has passed: whoever gets it then has as long as whoever takes one. UserError says that it
    is not taken, or not any more.
    """
    alert, _ = alert_pressed(replace(request, text=packed(request.block_id.partition(" ")[2])), db)
    presser, owner = request.actor.user_id, request.text
    if not owner or (alert.state is State.TAKEN and alert.taken_by == owner):
        return None
    wrong = wrong_person(request, owner)
    if wrong is not None:
        raise UserError(wrong)
    due_on = alert.due_on
    if due_on is None or due_on < request.today:
        due_on = working_day_after(request.today, DONE_WITHIN[Severity(alert.severity)], request.company.quiet)
    detail = {} if owner == presser else {"by": presser, "by_name": request.actor.name or presser}
    given = change(
        db,
        alert.id,
        Step.TAKEN,
        now=request.now,
        actor=owner,
        detail=detail,
        only_in=(State.TAKEN,),
        taken_by=owner,
        due_on=due_on,
    )
    return _done(request, db, alert, changed=given)


def snooze(request: Request, db: Session) -> Alert:
    """Put an alert aside for the days that were chosen; UserError if it is over."""
    alert, days = alert_pressed(request, db)
    if not days.isdecimal() or not 0 < int(days) <= 31:
        raise UserError(Sentence("This menu is from an earlier time and no longer works. Please ask again."))
    company = request.company
    snoozed = change(
        db,
        alert.id,
        Step.SNOOZED,
        now=request.now,
        actor=request.actor.user_id,
        detail={"days": int(days)},
        state=State.SNOOZED,
        snoozed_until=morning_after(request.now, int(days), company.quiet, company.zone),
    )
    return _done(request, db, alert, changed=snoozed)


def vote(request: Request, db: Session, *, useful: bool) -> Alert:
    """Note what somebody thinks of an alert; their last word counts."""
    alert, _ = alert_pressed(request, db)
    _meet(request, db)
    detail = {"useful": useful}
    note(db, alert.id, Step.VOTED, now=request.now, actor=request.actor.user_id, detail=detail)
    return alert


def closing_in(request: Request) -> Closing | Invalid:
    """What a submitted form says; Invalid says at which input what is wrong."""
    outcome, words, useful = (request.state.get(name) for name in (OUTCOME, NOTE, USEFUL))
    why = words.strip() if isinstance(words, str) else ""
    wrong = {}
    if outcome not in set(Outcome):
        wrong[OUTCOME] = request.t("Choose one of these, please.")
    if len(why) > NOTE_MOST:
        wrong[NOTE] = request.t("At most {count} characters, please.", count=NOTE_MOST)
    if wrong:
        return Invalid(wrong)
    return Closing(Outcome(str(outcome)), why or None, None if useful not in VOTES else useful == "yes")


def close(request: Request, db: Session, closing: Closing) -> Alert:
    """Close an alert with what came of it; UserError if it is over already."""
    alert, _ = alert_pressed(request, db)
    if closing.useful is not None:
        vote(request, db, useful=closing.useful)
    closed = change(
        db,
        alert.id,
        Step.CLOSED,
        now=request.now,
        actor=request.actor.user_id,
        detail={"outcome": closing.outcome.value},
        state=State.CLOSED,
        outcome=closing.outcome,
        note=closing.note,
        closed_at=request.now,
        snoozed_until=None,
    )
    return _done(request, db, alert, changed=closed)


def reopen(request: Request, db: Session) -> Alert:
    """Open an alert that was closed by mistake: whoever had taken it has it again. UserError if it is too late."""
    alert, _ = alert_pressed(request, db)
    if alert.cleared_at is not None:
        raise UserError(Sentence("The signal has gone since, so there is nothing to open again."))
    opened = change(
        db,
        alert.id,
        Step.REOPENED,
        now=request.now,
        actor=request.actor.user_id,
        only_in=(State.CLOSED,),
        state=State.TAKEN if alert.taken_by else State.OPEN,
        outcome=None,
        note=None,
        closed_at=None,
    )
    return _done(request, db, alert, changed=opened)


def _done(request: Request, db: Session, alert: Alert, *, changed: bool) -> Alert:
    """The alert as it is after the step; UserError says in which state it was instead."""
    now = by_id(db, alert.id) or alert
    if not changed:
        raise UserError(_why_not(db, now))
    _meet(request, db)
    return now


def _why_not(db: Session, alert: Alert) -> Sentence:
    if alert.state is State.TAKEN and alert.taken_by:
        known = by_ids(db, [alert.taken_by]).get(alert.taken_by)
        who = known.name if known is not None and known.name else alert.taken_by
        return Sentence("{who} has taken this already, due {day}.", {"who": who, "day": alert.due_on})
    if alert.state in STILL_OPEN:
        return Sentence("This alert is open.")
    return Sentence("This alert is over: it has recovered, or somebody has closed it.")


def _meet(request: Request, db: Session) -> None:
    """Remember who pressed: they are called by their name from now on."""
    actor = request.actor
    meet(db, Person(actor.user_id, actor.email, actor.name, actor.locale))
