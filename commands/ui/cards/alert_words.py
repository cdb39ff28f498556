"""What alerts, their states and their outcomes are called, and who is who on their cards."""

from collections.abc import Mapping
from datetime import date, tzinfo
from typing import Final, NamedTuple

from commands.core.button_values import packed
from commands.ui.blocks import mention
from commands.ui.cards.words import SEVERITY_SIGNS, short
from metrics.judging import Severity, Signal
from metrics.rules import all_rules
from metrics.types import Sentence, msg
from storage.queries.alerts import Alert, Outcome, State
from storage.queries.people_known import Person

SEVERITIES: Final[Mapping[Severity, str]] = {
    Severity.URGENT: msg("🔴 urgent"),
    Severity.WARNING: msg("🟠 warning"),
    Severity.NOTICE: msg("🟡 notice"),
}
OUTCOMES: Final[Mapping[Outcome, str]] = {
    Outcome.SAVED: msg("saved"),
    Outcome.LOST: msg("lost"),
    Outcome.NOT_A_RISK: msg("not a risk"),
}
_CLOSED: Final[Mapping[Outcome | None, str]] = {
    Outcome.SAVED: msg("closed: saved"),
    Outcome.LOST: msg("closed: lost"),
    Outcome.NOT_A_RISK: msg("closed: not a risk"),
    None: msg("closed"),
}
SPANS: Final[Mapping[int, str]] = {1: msg("1 day"), 3: msg("3 days"), 7: msg("1 week"), 14: msg("2 weeks")}
"""For how many days an alert can be put aside."""


class Day(NamedTuple):
    """When and where a card is read: what tells days from moments."""

    today: date
    zone: tzinfo


def title_of(rule_id: str) -> Sentence:
    """What a rule looks for; its id where it is no longer declared."""
    rule = all_rules().get(rule_id)
    return Sentence("{signal}", {"signal": rule_id}) if rule is None else Sentence(rule.title)


def about_whom(alert: Alert) -> Sentence:
    """What a rule saw, and in whose answer where it saw several: told apart in a menu."""
    what, who = title_of(alert.rule_id), alert.why.values.get("who")
    if not alert.subject or "score" not in alert.why.values:
        return what
    if isinstance(who, str):
        return Sentence("{who}: {what}", {"who": short(who), "what": _score_of(alert)})
    return Sentence("{signal}: {what}", {"signal": what, "what": _score_of(alert)})


def _score_of(alert: Alert) -> Sentence:
    values = alert.why.values
    return Sentence("{kind} {score} of {best}", {name: values.get(name) for name in ("kind", "score", "best")})


def advice_of(rule_id: str) -> Sentence | None:
    """The next step; None where the rule is no longer declared."""
    rule = all_rules().get(rule_id)
    return None if rule is None else Sentence("→ {advice}", {"advice": Sentence(rule.advice)})


def is_risk(rule_id: str) -> bool:
    """Whether the rule warns of a loss; one that sees a reason to offer more puts nothing at stake."""
    rule = all_rules().get(rule_id)
    return rule is None or rule.signal is Signal.RISK


def sign_of(alert: Alert) -> str:
    """How severe it is while it is open; then what became of it."""
    if alert.state is State.RECOVERED or alert.outcome is Outcome.SAVED:
        return "✅"
    return "⚪" if alert.state is State.CLOSED else SEVERITY_SIGNS[Severity(alert.severity)]


def headline(alert: Alert) -> tuple[Sentence, Sentence, Sentence]:
    """The account, what was seen, and what is at stake, or paid where nothing is."""
    mrr = {"mrr": alert.mrr}
    return (
        Sentence("{sign} {account}", {"sign": sign_of(alert), "account": short(alert.account_name)}),
        title_of(alert.rule_id),
        Sentence("MRR {mrr} at stake", mrr) if is_risk(alert.rule_id) else Sentence("MRR {mrr}", mrr),
    )


def state_of(alert: Alert, taker: str, when: Day) -> Sentence:
    """Where it is in its life; `taker` is how whoever took it is called."""
    match alert.state:
        case State.TAKEN:
            values = {"who": taker, "day": alert.due_on}
            if alert.due_on is not None and alert.due_on < when.today:
                return Sentence("taken by {who}, was due {day}", values)
            return Sentence("taken by {who}, due {day}", values)
        case State.SNOOZED:
            until = alert.snoozed_until and alert.snoozed_until.astimezone(when.zone).date()
            return Sentence("snoozed until {day}", {"day": until})
        case State.RECOVERED:
            return Sentence("recovered")
        case State.CLOSED:
            return Sentence(_CLOSED[alert.outcome])
    return Sentence("open") if alert.escalated_at is None else Sentence("open, nobody took it in time")


def named(user_id: str | None, person: Person | None) -> str:
    """Somebody in plain words: their name, or what Slack calls them."""
    return person.name if person is not None and person.name else user_id or "?"


def mentioned(user_id: str | None) -> str:
    """Somebody as Slack shows colleagues."""
    return mention(user_id) if user_id else "?"


def value_of(alert: Alert, more: str = "") -> str:
    """What its buttons carry: its id, and its version, so that a press on another state of it is another press."""
    return packed(f"{alert.id} {alert.version} {more}".strip())
