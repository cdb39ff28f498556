"""What happened to an alert, as the lines in its thread say it."""

from datetime import date, datetime
from typing import Final

from commands.ui.cards.alert_words import OUTCOMES, Day, named
from commands.ui.cards.words import short
from metrics.sentences import from_json
from metrics.types import Sentence, Value
from storage.queries.alert_steps import Event, Step
from storage.queries.alerts import Alert, Outcome
from storage.queries.people_known import Person

TOLD: Final = frozenset(
    {
        Step.WORSENED,
        Step.TAKEN,
        Step.SNOOZED,
        Step.WOKEN,
        Step.ESCALATED,
        Step.PLAYBOOK,
        Step.RECOVERED,
        Step.CLOSED,
        Step.REOPENED,
    }
)
"""Steps that have a line; votes are nobody else's business, the others are no news."""


def step_line(alert: Alert, event: Event, actor: Person | None, when: Day, whose: str | None = None) -> Sentence | None:
    """The line for a step that just happened to `alert`; None where it has none.

    `whose` is the name or the mention of whoever is to look at it again when it got worse or woke.
    """
    if event.kind not in TOLD:
        return None
    who = named(event.actor, actor)
    match Step(event.kind):
        case Step.TAKEN:
            return _taken(alert, event, who)
        case Step.SNOOZED:
            return Sentence("{who} snoozed it until {day}.", {"who": who, "day": _day(alert.snoozed_until, when)})
        case Step.WOKEN:
            return _called(whose, Sentence("It is awake again: {why}", {"why": alert.why}))
        case Step.WORSENED:
            return _called(whose, Sentence("It got worse: {why}", {"why": alert.why}))
        case Step.ESCALATED:
            return _escalated(event)
        case Step.PLAYBOOK:
            values: dict[str, Value] = {"who": who, "title": str(event.detail.get("title") or "")}
            return Sentence("{who} started the playbook “{title}”.", values)
        case Step.RECOVERED:
            return _recovered(event)
        case Step.REOPENED:
            return Sentence("{who} opened it again.", {"who": who})
    return _closed(alert, None if event.actor is None else who)


def _taken(alert: Alert, event: Event, who: str) -> Sentence:
    """By themselves, or because somebody has given it to them."""
    if giver := giver_of(event):
        values: dict[str, Value] = {"giver": giver, "who": who, "day": alert.due_on}
        return Sentence("{giver} has handed it to {who}, due {day}.", values)
    return Sentence("{who} takes it, due {day}.", {"who": who, "day": alert.due_on})


def giver_of(event: Event) -> str:
    """Who has handed it over, by name; empty where nobody has."""
    return str(event.detail.get("by_name") or "") if event.kind == Step.TAKEN else ""


def _called(whose: str | None, said: Sentence) -> Sentence:
    """The same with a name or a mention before it."""
    return said if whose is None else Sentence("{who}: {what}", {"who": whose, "what": said})


def _recovered(event: Event) -> Sentence:
    """What shows it, where that is more than that nothing is seen any more."""
    if why := event.detail.get("why"):
        return Sentence("Recovered: {why}.", {"why": from_json(why)})
    return Sentence("Recovered: the signal has gone.")


def about(alert: Alert, said: Sentence) -> Sentence:
    """The same under a message that tells of several alerts."""
    return Sentence("{account}: {what}", {"account": short(alert.account_name), "what": said})


def _escalated(event: Event) -> Sentence:
    lead = event.detail.get("lead_name") or event.detail.get("lead")
    if not lead:
        return Sentence("Nobody took it in time.")
    return Sentence("Nobody took it in time, so {who} knows now.", {"who": str(lead)})


def _closed(alert: Alert, who: str | None) -> Sentence:
    outcome = Sentence(OUTCOMES[alert.outcome or Outcome.NOT_A_RISK])
    if who is None:
        return Sentence("Closed: {outcome}.", {"outcome": outcome})
    if not alert.note:
        return Sentence("{who} closed it: {outcome}.", {"who": who, "outcome": outcome})
    values: dict[str, Value] = {"who": who, "outcome": outcome, "note": alert.note}
    return Sentence("{who} closed it: {outcome}. “{note}”", values)


def _day(moment: datetime | None, when: Day) -> date | None:
    return None if moment is None else moment.astimezone(when.zone).date()
