"""How good a rule's alerts are by what people made of them, and which dial would make it calmer."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import Final, NamedTuple

from metrics.alert_lives import AlertLife
from metrics.dials import Calmer, Dial, Dials
from metrics.types import Money

JUDGED_LEAST: Final = 5
"""Fewer judgements say little about a rule."""
TOO_NOISY: Final = Fraction(1, 2)
"""So large a part of the judgements against a rule, and its dial should be turned."""
_TURN: Final = Fraction(1, 4)
"""By how much of itself a dial is turned."""


@dataclass(frozen=True, slots=True)
class Quality:
    """What became of a rule's alerts."""

    rule_id: str
    fired: int
    held: int
    """Of them so many waited for the digest."""
    taken: int
    median: timedelta | None
    """Until they were taken, half of them sooner; None: none was."""
    saved: int
    lost: int
    not_a_risk: int
    useful: int
    useless: int
    """Votes."""
    judged: int
    """Alerts of which somebody said, by a deed or a word, what they are worth."""
    wrong: int
    """Of them those that were called no risk, or that more people found useless than useful."""
    mrr_saved: Money | None
    """Of those closed as saved; None: several currencies."""

    @property
    def precision(self) -> Fraction | None:
        """The part of the judged alerts that was worth it: taken or saved, not called wrong. None: none is judged."""
        return Fraction(self.judged - self.wrong, self.judged) if self.judged else None

    @property
    def noise(self) -> Fraction | None:
        """The part of all its alerts that was called wrong; None: none has fired."""
        return Fraction(self.wrong, self.fired) if self.fired else None

    @property
    def noisy(self) -> bool:
        """Whether enough people say that it should be calmer."""
        return self.judged >= JUDGED_LEAST and Fraction(self.wrong, self.judged) >= TOO_NOISY


class Turn(NamedTuple):
    """A dial as it is, and as it would be calmer."""

    dial: str
    now: int
    calmer: int


def qualities(lives: Iterable[AlertLife]) -> tuple[Quality, ...]:
    """The quality of each rule that has fired, the most frequent first."""
    by_rule: defaultdict[str, list[AlertLife]] = defaultdict(list)
    for life in lives:
        by_rule[life.rule_id].append(life)
    found = (_quality(rule_id, some) for rule_id, some in by_rule.items())
    return tuple(sorted(found, key=lambda one: (-one.fired, one.rule_id)))


def calmer(dials: Mapping[str, Dial], in_force: Dials) -> Turn | None:
    """The first of a rule's dials that can still be turned to find less, by a quarter; None where none can."""
    for name, dial in dials.items():
        now = in_force[name]
        step = max(1, int(abs(now) * _TURN))
        turned = min(now + step, dial.high) if dial.calmer is Calmer.HIGHER else max(now - step, dial.low)
        if turned != now:
            return Turn(name, now, turned)
    return None


def _quality(rule_id: str, lives: list[AlertLife]) -> Quality:
    times = sorted(life.taken_after for life in lives if life.taken_after is not None)
    outcomes = [life.outcome for life in lives]
    judged = [life for life in lives if _judged(life)]
    return Quality(
        rule_id=rule_id,
        fired=len(lives),
        held=sum(life.held for life in lives),
        taken=len(times),
        median=_median(times),
        saved=outcomes.count("saved"),
        lost=outcomes.count("lost"),
        not_a_risk=outcomes.count("not_a_risk"),
        useful=sum(life.useful for life in lives),
        useless=sum(life.useless for life in lives),
        judged=len(judged),
        wrong=sum(map(_wrong, judged)),
        mrr_saved=_sum([life.mrr for life in lives if life.outcome == "saved"]),
    )


def _judged(life: AlertLife) -> bool:
    return life.taken_after is not None or life.outcome is not None or bool(life.useful or life.useless)


def _wrong(life: AlertLife) -> bool:
    return life.outcome == "not_a_risk" or (life.outcome is None and life.useless > life.useful)


def _median(times: list[timedelta]) -> timedelta | None:
    if not times:
        return None
    middle = len(times) // 2
    return times[middle] if len(times) % 2 else (times[middle - 1] + times[middle]) / 2


def _sum(amounts: list[Money]) -> Money | None:
    currencies = {one.currency for one in amounts}
    return Money(sum(one.minor for one in amounts), currencies.pop()) if len(currencies) == 1 else None
