"""Decisions about alerts settled: what was decided is stored, step by step, and what came of it is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from metrics.alerting import Decision, Deed, Key, Sighting, Standing, worst
from metrics.sentences import as_json
from metrics.types import Sentence
from storage.queries.alert_signals import Holding, Seen, clear, keep_many, open_many, silence_many
from storage.queries.alert_steps import NewAlert, Step, change
from storage.queries.alerts import Outcome, State
from storage.session import Session


@dataclass(frozen=True, slots=True)
class Judged:
    """What judging accounts made of their alerts, by id."""

    opened: list[int] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)
    """Those that worsened or woke: people are told again."""
    cleared: list[int] = field(default_factory=list)
    """Those that recovered, and those of accounts that left."""
    reworded: list[int] = field(default_factory=list)
    """Those about one thing among several of which more is known now: somebody added words to their answer."""

    def add(self, other: "Judged") -> None:
        """What another portion of accounts came to."""
        self.opened.extend(other.opened)
        self.changed.extend(other.changed)
        self.cleared.extend(other.cleared)
        self.reworded.extend(other.reworded)


class Settling(NamedTuple):
    """The decisions of one survey on their way into the store."""

    db: Session
    now: datetime
    rows: dict[Key, Holding]
    recovered: Mapping[Key, Sentence]

    def settle(self, decisions: Sequence[Decision]) -> Judged:
        """Do what was decided; done again it changes nothing."""
        by_deed: dict[Deed, list[Decision]] = {deed: [] for deed in Deed}
        for decision in decisions:
            by_deed[decision.deed].append(decision)
        judged = Judged()
        over = (*by_deed[Deed.CLEAR], *by_deed[Deed.LOSE])  # first: another alert may take an old one's place
        judged.cleared.extend(_alert(one).id for one in over if self._over(one))
        new = [_new(decision) for decision in by_deed[Deed.OPEN]]
        judged.opened.extend(open_many(self.db, new, now=self.now))
        keep_many(self.db, map(_kept, by_deed[Deed.KEEP]), now=self.now)
        judged.reworded.extend(_alert(one).id for one in by_deed[Deed.KEEP] if _says_more(one))
        silence_many(self.db, [_alert(one).id for one in by_deed[Deed.SILENCE]], now=self.now)
        again = (*by_deed[Deed.WORSEN], *by_deed[Deed.WAKE])
        judged.changed.extend(_alert(one).id for one in again if self._again(one))
        return judged

    def _again(self, decision: Decision) -> bool:
        """Worsened or woken; False where somebody has done something else with the alert meanwhile."""
        alert, seen = _alert(decision), _seen(decision)
        values: dict[str, Any] = {
            "severity": seen.severity.value,
            "worst": worst(alert.worst, seen.severity).value,
            "why": seen.why,
            "since": seen.since,
            "at_stake": seen.mrr,
            "silent_since": None,
            "held": decision.held,
        }
        detail = {"severity": seen.severity.value, "before": alert.severity.value}
        if decision.deed is Deed.WORSEN:
            among = (State.OPEN, State.TAKEN)
            return change(self.db, alert.id, Step.WORSENED, now=self.now, detail=detail, only_in=among, **values)
        state = State.TAKEN if self.rows[decision.key].taken_by else State.OPEN
        values |= {"state": state, "snoozed_until": None}
        return change(self.db, alert.id, Step.WOKEN, now=self.now, detail=detail, only_in=(State.SNOOZED,), **values)

    def _over(self, decision: Decision) -> bool:
        """Recovered or lost; False where somebody had closed it before: then only the rule may fire anew."""
        alert_id, now = _alert(decision).id, self.now
        if decision.deed is Deed.CLEAR:
            shown = self.recovered.get(decision.key)
            told = {"why": as_json(shown)} if shown else {}
            done = change(
                self.db, alert_id, Step.RECOVERED, now=now, detail=told, state=State.RECOVERED, cleared_at=now
            )
        else:
            lost: dict[str, Any] = {"state": State.CLOSED, "outcome": Outcome.LOST, "closed_at": now, "cleared_at": now}
            detail = {"outcome": Outcome.LOST.value}
            done = change(self.db, alert_id, Step.CLOSED, now=now, detail=detail, **lost)
        if not done:
            clear(self.db, alert_id, now=now)
        return done


def _alert(decision: Decision) -> Standing:
    assert decision.alert is not None  # noqa: S101 - only a new one has none
    return decision.alert


def _seen(decision: Decision) -> Sighting:
    assert decision.seen is not None  # noqa: S101 - only what is silent has none
    return decision.seen


def _says_more(decision: Decision) -> bool:
    """Whether the one thing that an alert is about is put into other words; figures that move are not worth an edit."""
    return bool(decision.key[2]) and _alert(decision).why != as_json(_seen(decision).why)


def _new(decision: Decision) -> NewAlert:
    account_id, rule_id, subject = decision.key
    seen = _seen(decision)
    return NewAlert(account_id, rule_id, seen.severity.value, seen.why, seen.since, seen.mrr, decision.held, subject)


def _kept(decision: Decision) -> Seen:
    alert, seen = _alert(decision), _seen(decision)
    return Seen(
        alert.id,
        seen.severity.value,
        worst(alert.worst, seen.severity).value,
        as_json(seen.why),
        seen.since,
        seen.mrr,
    )
