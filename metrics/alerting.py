"""When a signal becomes an alert, and when it is over: fires on entry, clears on recovery, is quiet in between.

Between what is stored of alerts and what the rules see now, `decide` says what to do. An alert *stands* while its
signal holds, whatever people made of it: until the signal has been gone for long enough there is no second one of the
same key, so that a figure that trembles around its threshold is told once.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final, NamedTuple, TypeAlias

from metrics.judging import Severity, Signal
from metrics.types import Money, Sentence

_RANK: Final = {severity: number for number, severity in enumerate(reversed(Severity))}

Key: TypeAlias = tuple[int, str, str]
"""An account, a rule, and which of several things the rule sees in it; empty where it sees one alone."""


@dataclass(frozen=True, slots=True)
class AlertPolicy:
    """How patient alerts are."""

    clear_after: timedelta = timedelta(hours=36)
    """A signal that has not been seen for so long is over: nights without it are two at least."""
    cool_down: Mapping[Severity, timedelta] = field(
        default_factory=lambda: {
            Severity.URGENT: timedelta(days=1),
            Severity.WARNING: timedelta(days=7),
            Severity.NOTICE: timedelta(days=7),
        }
    )
    """After one is over, how long the same rule keeps quiet of the account, by what it sees now."""

    @property
    def longest_cool_down(self) -> timedelta:
        """How far back alerts that are over still matter."""
        return max(self.cool_down.values())

    def holds(self, signal: Signal, severity: Severity) -> bool:
        """Whether such an alert waits for the digest: low risks, and all that is good news."""
        return signal is Signal.EXPANSION or severity is Severity.NOTICE


AS_DELIVERED: Final = AlertPolicy()


class Sighting(NamedTuple):
    """What a rule sees in an account now."""

    signal: Signal
    severity: Severity
    why: Sentence
    since: date | None
    mrr: Money


class Life(StrEnum):
    """What people made of an alert; as storage.queries.alerts.State has it."""

    OPEN = "open"
    TAKEN = "taken"
    SNOOZED = "snoozed"
    RECOVERED = "recovered"
    CLOSED = "closed"


class Standing(NamedTuple):
    """An alert whose signal has not cleared."""

    id: int
    life: Life
    severity: Severity
    worst: Severity
    """The most severe that it has been."""
    why: Any
    """As `said` of the decision makes it: compared for being the same."""
    since: date | None
    mrr: Money
    silent_since: datetime | None = None
    snoozed_until: datetime | None = None
    held: bool = False


class Past(NamedTuple):
    """The last alert of a key that has cleared."""

    worst: Severity
    cleared_at: datetime
    cleared_on: date
    """The day of it in the company's time zone."""


class Deed(StrEnum):
    """What is to be done."""

    OPEN = "open"
    """A new alert; nobody knew."""
    WORSEN = "worsen"
    """It is more severe than it ever was: people are told again."""
    WAKE = "wake"
    """Its snooze is over, or it has become urgent meanwhile."""
    KEEP = "keep"
    """It is still there, and what is seen of it has changed: noted quietly."""
    SILENCE = "silence"
    """It is not seen for the first time."""
    CLEAR = "clear"
    """It is over: recovered, unless somebody closed it before."""
    LOSE = "lose"
    """The account has left."""


class Decision(NamedTuple):
    """One thing to do."""

    deed: Deed
    key: Key
    alert: Standing | None = None
    """None for a new one."""
    seen: Sighting | None = None
    """None where nothing is."""
    held: bool = False
    """It waits for the digest."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What is known when some accounts have been looked at; for those accounts all of it."""

    standing: Mapping[Key, Standing]
    seen: Mapping[Key, Sighting]
    past: Mapping[Key, Past] = field(default_factory=dict)
    done: Collection[Key] = ()
    """Those with an alert that has cleared, of rules of which each subject has one for ever."""
    left: Collection[int] = ()
    """The accounts that are no customers any more."""
    unknown: Callable[[str], bool] = lambda _rule_id: False
    """Whether nobody can tell if a rule's signal is there, because the data that it rests on has stopped."""
    recovered: Collection[Key] = ()
    """The signals that are known to be over, beyond that they are not seen: they need not be waited for."""
    each_is_news: Callable[[str], bool] = lambda _rule_id: False
    """Whether what a rule sees is an event, of which the next is news although the one before was closed by hand."""
    introducing: bool = False
    """The store is new: all that is found is news, and only what is urgent is told by itself."""
    said: Callable[[Sentence], Any] = lambda why: why
    """A sentence as `Standing.why` has it."""


def decide(looked: Looked, now: datetime, policy: AlertPolicy = AS_DELIVERED) -> Iterator[Decision]:
    """What to do, in order of keys.

    A signal that is not seen for want of data stays as it is: unknown is not recovery.
    """
    sightings = _folded(looked)
    for key in sorted(looked.standing.keys() | sightings.keys()):
        alert, seen = looked.standing.get(key), sightings.get(key)
        if key[0] in looked.left:
            decision = None if alert is None else Decision(Deed.LOSE, key, alert)
        elif alert is None:
            decision = None if seen is None else _entry(key, seen, looked, now, policy)
        elif seen is not None and _is_another(key, alert, seen, looked):
            yield Decision(Deed.CLEAR, key, alert)
            decision = Decision(Deed.OPEN, key, None, seen, policy.holds(seen.signal, seen.severity))
        elif seen is not None:
            decision = _presence(key, alert, seen, looked.said, now, policy)
        else:
            decision = _absence(key, alert, looked, now, policy)
        if decision is not None:
            yield decision


def _folded(looked: Looked) -> Mapping[Key, Sighting]:
    """What is seen. An alert without a subject, of a rule that tells several things apart, is from before it did.

    It goes on for all that it knew of, which is what began by the day that it says, and shows the latest of that.
    """
    known = [key for key in looked.seen if key[2] and key not in looked.standing and _knew(looked, key)]
    if not known:
        return looked.seen
    seen = dict(looked.seen)
    for key in known:
        whole, sighting = (*key[:2], ""), seen.pop(key)
        shown = seen.get(whole)
        if shown is None or _began(shown) < _began(sighting):
            seen[whole] = sighting
    return seen


def _knew(looked: Looked, key: Key) -> bool:
    """Whether the account has an alert from before subjects that is about this, too."""
    alert = looked.standing.get((*key[:2], ""))
    return alert is not None and _began(looked.seen[key]) <= (alert.since or date.min)


def _began(seen: Sighting) -> date:
    return seen.since or date.min


def _entry(key: Key, seen: Sighting, looked: Looked, now: datetime, policy: AlertPolicy) -> Decision | None:
    """A new alert, unless the last one is over so recently that this is the same again.

    It is not the same if it is worse, or if it began after the last one was over. What has a subject does not tremble:
    it was over because somebody changed it, and has changed it back.
    """
    if key in looked.done:
        return None
    past = looked.past.get(key)
    if past is not None and not key[2] and now - past.cleared_at < policy.cool_down[seen.severity]:
        began_since = seen.since is not None and seen.since >= past.cleared_on
        if not began_since and _RANK[seen.severity] <= _RANK[past.worst]:
            return None
    waits = policy.holds(seen.signal, seen.severity)
    held = waits or (looked.introducing and seen.severity is not Severity.URGENT)
    return Decision(Deed.OPEN, key, None, seen, held)


def _is_another(key: Key, alert: Standing, seen: Sighting, looked: Looked) -> bool:
    """Whether another event is seen than the one whose alert somebody has closed."""
    if alert.life is not Life.CLOSED or alert.since is None or seen.since is None:
        return False
    return looked.each_is_news(key[1]) and seen.since > alert.since


def _presence(
    key: Key, alert: Standing, seen: Sighting, said: Callable[[Sentence], Any], now: datetime, policy: AlertPolicy
) -> Decision | None:
    worse = _RANK[seen.severity] > _RANK[alert.worst]
    held = policy.holds(seen.signal, seen.severity) if worse else alert.held
    if alert.life is Life.SNOOZED:
        over = alert.snoozed_until is None or alert.snoozed_until <= now
        if over or (worse and seen.severity is Severity.URGENT):
            return Decision(Deed.WAKE, key, alert, seen, held)
    elif worse and alert.life in (Life.OPEN, Life.TAKEN):
        return Decision(Deed.WORSEN, key, alert, seen, held)
    known = (alert.severity, alert.why, alert.since, alert.mrr, alert.silent_since)
    if known == (seen.severity, said(seen.why), seen.since, seen.mrr, None):
        return None
    return Decision(Deed.KEEP, key, alert, seen, alert.held)


def _absence(key: Key, alert: Standing, looked: Looked, now: datetime, policy: AlertPolicy) -> Decision | None:
    if key in looked.recovered:
        return Decision(Deed.CLEAR, key, alert)
    if looked.unknown(key[1]):
        return None
    if alert.silent_since is None:
        return Decision(Deed.SILENCE, key, alert)
    return Decision(Deed.CLEAR, key, alert) if now - alert.silent_since >= policy.clear_after else None


def worst(first: Severity, second: Severity) -> Severity:
    """The more severe of two."""
    return max(first, second, key=_RANK.__getitem__)
