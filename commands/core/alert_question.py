"""Questions about alerts: which are open and who has them, and how good each rule's are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from typing import Final, NamedTuple

from commands.core.arguments import render_book
from commands.core.request import Request
from commands.core.risk_question import book_asked
from metrics.alert_quality import Quality, Turn, calmer, qualities
from metrics.judging import Severity
from metrics.rules import all_rules
from metrics.types import BookFilter
from storage.queries.alert_facts import Beside, beside
from storage.queries.alert_quality import lives
from storage.queries.alerts import Alert, State, open_alerts
from storage.session import Session

COMMAND: Final = "latido alerts"
QUALITY_DAYS: Final = 90

_WORST_FIRST: Final = {severity: number for number, severity in enumerate(Severity)}
_IN_ORDER: Final = (State.OPEN, State.TAKEN, State.SNOOZED)


@dataclass(frozen=True, slots=True)
class AlertsAnswer:
    """The alerts of a book that are not over."""

    book: BookFilter
    alerts: tuple[Alert, ...]
    """Those past their day first, then those that nobody has, the taken and the snoozed; the worst first among them."""
    beside: Mapping[int, Beside]
    today: date
    zone: tzinfo

    @property
    def text(self) -> str:
        """The question as buttons carry it."""
        return render_book(self.book)

    @property
    def overdue(self) -> int:
        """How many somebody took and has not dealt with by the day."""
        return sum(is_overdue(one, self.today) for one in self.alerts)

    def count(self, state: State) -> int:
        """How many are in a state."""
        return sum(one.state is state for one in self.alerts)


class Tuning(NamedTuple):
    """A rule that fires too often in vain, and what would make it calmer."""

    quality: Quality
    turn: Turn | None
    """None: no dial of it can be turned any further, or it is switched off already."""


@dataclass(frozen=True, slots=True)
class QualityAnswer:
    """What became of the alerts of the last QUALITY_DAYS."""

    qualities: tuple[Quality, ...]
    """Of each rule, the most frequent first."""
    tunings: tuple[Tuning, ...]
    since: date


def alerts_asked(request: Request, db: Session, text: str) -> AlertsAnswer:
    """The alerts of the book that `text` names; NotUnderstood for a name that nobody knows."""
    book = book_asked(request, db, COMMAND, text)
    today = request.today
    found = sorted(open_alerts(db, book), key=lambda one: _order(one, today))
    return AlertsAnswer(book, tuple(found), beside(db, found, day=today), today, request.company.zone)


def quality_asked(request: Request, db: Session) -> QualityAnswer:
    """How good the alerts of the last QUALITY_DAYS were."""
    since = request.now - timedelta(days=QUALITY_DAYS)
    found = qualities(lives(db, since=since))
    noisy = [one for one in found if one.noisy]
    tunings = tuple(Tuning(one, _turn(one.rule_id, request)) for one in noisy)
    return QualityAnswer(found, tunings, since.astimezone(request.company.zone).date())


def is_overdue(alert: Alert, today: date) -> bool:
    """Whether somebody took it and the day by which it was to be dealt with has passed."""
    return alert.state is State.TAKEN and alert.due_on is not None and alert.due_on < today


def _turn(rule_id: str, request: Request) -> Turn | None:
    rule = all_rules().get(rule_id)
    in_force = None if rule is None else rule.in_force(request.company.rules, None)
    return None if rule is None or in_force is None else calmer(rule.dials, in_force)


def _order(alert: Alert, today: date) -> tuple[bool, int, bool, int, int, int]:
    return (
        not is_overdue(alert, today),
        _IN_ORDER.index(alert.state),
        alert.escalated_at is None,
        _WORST_FIRST[Severity(alert.severity)],
        -alert.mrr.minor,
        alert.id,
    )
