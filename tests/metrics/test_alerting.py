"""Alerts fire on entry, clear on recovery and are quiet in between."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.alerting import (
    AS_DELIVERED,
    Decision,
    Deed,
    Key,
    Life,
    Looked,
    Past,
    Sighting,
    Standing,
    decide,
    worst,
)
from metrics.judging import Severity, Signal
from metrics.types import Money, Sentence

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
NIGHT = timedelta(days=1)
WHY = Sentence("Not used")
KEY: Key = (1, "inactivity", "")
ANSWER: Key = (1, "detractor", "answer 812")
LATER: Key = (1, "detractor", "answer 900")
WHOLE: Key = (1, "detractor", "")
URGENT, WARNING, NOTICE = Severity


def sighting(severity: Severity = WARNING, **other: object) -> Sighting:
    seen = Sighting(Signal.RISK, severity, WHY, date(2026, 11, 1), Money(100, "USD"))
    return seen._replace(**other)  # type: ignore[arg-type]


def standing(severity: Severity = WARNING, life: Life = Life.OPEN, **other: object) -> Standing:
    alert = Standing(7, life, severity, severity, WHY, date(2026, 11, 1), Money(100, "USD"))
    return alert._replace(**other)  # type: ignore[arg-type]


def decided(
    alert: Standing | None = None, seen: Sighting | None = None, *, now: datetime = NOW, **other: object
) -> Decision | None:
    looked = Looked({KEY: alert} if alert else {}, {KEY: seen} if seen else {})
    decisions = list(decide(replace(looked, **other), now))  # type: ignore[arg-type]
    assert len(decisions) <= 1
    return decisions[0] if decisions else None


def deed(alert: Standing | None = None, seen: Sighting | None = None, **other: object) -> Deed | None:
    decision = decided(alert, seen, **other)  # type: ignore[arg-type]
    return decision and decision.deed


# --- Entry ---------------------------------------------------------------------------------------------------------


def test_what_nobody_knew_opens_an_alert() -> None:
    assert decided(None, sighting()) == Decision(Deed.OPEN, KEY, None, sighting(), held=False)


@pytest.mark.parametrize(
    ("seen", "held"),
    [
        (sighting(URGENT), False),
        (sighting(WARNING), False),
        (sighting(NOTICE), True),
        (sighting(WARNING, signal=Signal.EXPANSION), True),
    ],
)
def test_low_risks_and_good_news_wait_for_the_digest(seen: Sighting, held: bool) -> None:
    decision = decided(None, seen)
    assert decision is not None
    assert decision.held is held


def test_on_the_first_day_only_what_is_urgent_is_told() -> None:
    decisions = [decided(None, sighting(severity), introducing=True) for severity in Severity]
    assert [one.held for one in decisions if one is not None] == [False, True, True]


@pytest.mark.parametrize(
    ("severity", "days", "opens"),
    [(WARNING, 6.9, False), (WARNING, 7, True), (NOTICE, 6.9, False), (URGENT, 0.9, True), (URGENT, 1, True)],
)
def test_a_rule_keeps_quiet_for_a_while_after_an_alert_is_over(severity: Severity, days: float, opens: bool) -> None:
    cleared_at = NOW - timedelta(days=days)
    past = {KEY: Past(WARNING, cleared_at, cleared_at.date())}
    assert (deed(None, sighting(severity), past=past) is Deed.OPEN) is opens


def test_what_was_as_bad_before_waits_a_day_even_if_it_is_urgent() -> None:
    cleared_at = NOW - timedelta(hours=23)
    past = {KEY: Past(URGENT, cleared_at, cleared_at.date())}
    assert deed(None, sighting(URGENT), past=past) is None
    assert deed(None, sighting(URGENT), past=past, now=NOW + timedelta(hours=1)) is Deed.OPEN


def test_what_began_after_the_last_one_was_over_is_told_at_once() -> None:
    past = {KEY: Past(URGENT, NOW - NIGHT, (NOW - NIGHT).date())}
    assert deed(None, sighting(since=NOW.date()), past=past) is Deed.OPEN
    assert deed(None, sighting(since=None), past=past) is None


# --- While it is there ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("life", [Life.OPEN, Life.TAKEN, Life.CLOSED])
def test_what_is_the_same_is_left_alone(life: Life) -> None:
    assert deed(standing(life=life), sighting()) is None


@pytest.mark.parametrize("change", [{"why": Sentence("x")}, {"since": None}, {"mrr": Money(2, "USD")}])
def test_what_has_changed_is_noted_quietly(change: dict[str, Any]) -> None:
    assert deed(standing(), sighting(**change)) is Deed.KEEP


def test_what_is_worse_than_ever_is_told_again() -> None:
    decision = decided(standing(WARNING, Life.TAKEN), sighting(URGENT))
    assert decision is not None
    assert (decision.deed, decision.held) == (Deed.WORSEN, False)


def test_a_held_alert_that_worsens_is_told() -> None:
    decision = decided(standing(NOTICE, held=True), sighting(WARNING))
    assert decision is not None
    assert (decision.deed, decision.held) == (Deed.WORSEN, False)


def test_a_severity_that_trembles_is_told_once() -> None:
    assert deed(standing(URGENT), sighting(WARNING)) is Deed.KEEP
    assert deed(standing(WARNING, worst=URGENT), sighting(URGENT)) is Deed.KEEP


def test_one_that_was_closed_stays_quiet_however_bad_it_gets() -> None:
    assert deed(standing(NOTICE, Life.CLOSED), sighting(URGENT)) is Deed.KEEP


def test_a_snoozed_one_wakes_when_its_time_is_over_and_the_signal_is_there() -> None:
    alert = standing(life=Life.SNOOZED, snoozed_until=NOW)
    assert deed(alert, sighting()) is Deed.WAKE
    assert deed(alert, sighting(), now=NOW - timedelta(seconds=1)) is None
    assert deed(alert) is Deed.SILENCE


def test_a_snoozed_one_that_becomes_urgent_wakes_at_once() -> None:
    later = NOW + NIGHT
    assert deed(standing(WARNING, Life.SNOOZED, snoozed_until=later), sighting(URGENT)) is Deed.WAKE
    assert deed(standing(URGENT, Life.SNOOZED, snoozed_until=later), sighting(URGENT)) is None
    assert deed(standing(NOTICE, Life.SNOOZED, snoozed_until=later), sighting(WARNING)) is Deed.KEEP


# --- When it is gone -----------------------------------------------------------------------------------------------


def test_what_is_not_seen_is_over_only_after_a_while() -> None:
    assert deed(standing()) is Deed.SILENCE
    since = NOW - AS_DELIVERED.clear_after
    assert deed(standing(silent_since=since + timedelta(seconds=1))) is None
    assert deed(standing(silent_since=since)) is Deed.CLEAR


def test_one_that_comes_back_meanwhile_goes_on() -> None:
    assert deed(standing(silent_since=NOW - NIGHT), sighting()) is Deed.KEEP


def test_unknown_is_not_recovery() -> None:
    assert deed(standing(), unknown=lambda rule: rule == "inactivity") is None
    assert deed(standing(silent_since=NOW - 9 * NIGHT), unknown=lambda rule: rule == "inactivity") is None
    assert deed(standing(), unknown=lambda rule: rule == "detractor") is Deed.SILENCE


def test_the_alerts_of_an_account_that_left_are_over_at_once() -> None:
    assert deed(standing(), left={1}) is Deed.LOSE
    assert deed(None, sighting(), left={1}) is None
    assert deed(standing(), sighting(), left={2}) is None


def test_of_two_severities_the_worse_is_the_more_urgent() -> None:
    assert (worst(URGENT, NOTICE), worst(NOTICE, WARNING)) == (URGENT, WARNING)


# --- Night after night ---------------------------------------------------------------------------------------------


@dataclass
class Store:
    """One account and rule, as a store would keep it."""

    alert: Standing | None = None
    past: Past | None = None
    opened: int = 0
    told: int = 0
    ends: list[str] = field(default_factory=list)

    def night(self, now: datetime, seen: Sighting | None, *, unknown: bool = False, left: bool = False) -> None:
        looked = Looked(
            {KEY: self.alert} if self.alert else {},
            {KEY: seen} if seen else {},
            {KEY: self.past} if self.past else {},
            left={1} if left else (),
            unknown=lambda _: unknown,
        )
        for decision in decide(looked, now):
            self._do(decision, now)
        assert list(decide(replace(looked, standing=self._standing(), past=self._past()), now)) == []

    def _standing(self) -> dict[Key, Standing]:
        return {KEY: self.alert} if self.alert else {}

    def _past(self) -> dict[Key, Past]:
        return {KEY: self.past} if self.past else {}

    def _do(self, decision: Decision, now: datetime) -> None:
        seen = decision.seen
        if decision.deed is Deed.OPEN:
            assert seen is not None
            assert self.alert is None, "two alerts while one stands"
            self.opened += 1
            self.told += not decision.held
            self.alert = Standing(
                self.opened, Life.OPEN, seen.severity, seen.severity, seen.why, seen.since, seen.mrr, held=decision.held
            )
            return
        assert self.alert is not None
        match decision.deed:
            case Deed.SILENCE:
                self.alert = self.alert._replace(silent_since=now)
            case Deed.CLEAR | Deed.LOSE:
                self.ends.append("closed" if self.alert.life is Life.CLOSED else decision.deed)
                self.past, self.alert = Past(self.alert.worst, now, now.date()), None
            case _:
                assert seen is not None
                woken = decision.deed is Deed.WAKE
                self.told += decision.deed is not Deed.KEEP and not decision.held
                self.alert = self.alert._replace(
                    life=Life.OPEN if woken else self.alert.life,
                    snoozed_until=None if woken else self.alert.snoozed_until,
                    severity=seen.severity,
                    worst=worst(self.alert.worst, seen.severity),
                    why=seen.why,
                    since=seen.since,
                    mrr=seen.mrr,
                    silent_since=None,
                    held=decision.held,
                )


severities = st.sampled_from(list(Severity))


@given(st.integers(1, 400), severities)
def test_a_signal_that_stays_opens_exactly_one_alert(nights: int, severity: Severity) -> None:
    life = Store()
    for number in range(nights):
        life.night(NOW + number * NIGHT, sighting(severity))
    assert (life.opened, life.told) == (1, severity is not NOTICE)


@given(st.lists(st.booleans(), max_size=60))
def test_one_that_flaps_faster_than_it_clears_opens_exactly_one_alert(there: list[bool]) -> None:
    """Seen at least every second night: one night without it never clears it."""
    life = Store()
    nights = [True, *(seen for each in there for seen in ((True,) if each else (False, True)))]
    for number, seen in enumerate(nights):
        life.night(NOW + number * NIGHT, sighting() if seen else None)
    assert (life.opened, life.told, life.ends) == (1, 1, [])


@given(st.lists(severities, min_size=1, max_size=60))
def test_a_severity_is_told_at_most_once_while_the_signal_stays(found: list[Severity]) -> None:
    life = Store()
    for number, severity in enumerate(found):
        life.night(NOW + number * NIGHT, sighting(severity))
    assert life.opened == 1
    assert life.told <= 2


events = st.tuples(
    st.none() | severities,
    st.sampled_from(["night", "snooze", "close", "take", "unknown", "left"]),
    st.integers(1, 72),
)


@given(st.lists(events, max_size=80))
def test_never_two_alerts_at_once_and_none_is_forgotten(happened: list[tuple[Severity | None, str, int]]) -> None:
    life, now = Store(), NOW
    for severity, what, hours in happened:
        if life.alert is not None and life.alert.life is not Life.CLOSED:
            match what:
                case "snooze":
                    life.alert = life.alert._replace(life=Life.SNOOZED, snoozed_until=now + 3 * NIGHT)
                case "close":
                    life.alert = life.alert._replace(life=Life.CLOSED)
                case "take":
                    life.alert = life.alert._replace(life=Life.TAKEN)
        seen = None if severity is None or what == "left" else sighting(severity)
        life.night(now, seen, unknown=what == "unknown", left=what == "left")
        now += timedelta(hours=hours)
    assert len(life.ends) + (life.alert is not None) == life.opened
    for _ in range(4):
        life.night(now, None)
        now += NIGHT
    assert life.alert is None, "what is not there any more ends"
    assert len(life.ends) == life.opened


# --- Several things in one account ---------------------------------------------------------------------------------


def deeds(looked: Looked) -> dict[Key, Deed]:
    return {one.key: one.deed for one in decide(looked, NOW)}


def test_each_thing_has_an_alert_of_its_own() -> None:
    seen = {ANSWER: sighting(), LATER: sighting(URGENT)}
    assert deeds(Looked({ANSWER: standing()}, seen)) == {LATER: Deed.OPEN}
    over = Looked({ANSWER: standing(), LATER: standing(URGENT)}, {LATER: sighting(URGENT)}, recovered=(ANSWER,))
    assert deeds(over) == {ANSWER: Deed.CLEAR}


def test_what_is_known_to_be_over_is_even_where_its_data_has_stopped() -> None:
    looked = Looked({ANSWER: standing(), LATER: standing()}, {}, unknown=lambda _rule: True, recovered=(ANSWER,))
    assert deeds(looked) == {ANSWER: Deed.CLEAR}


def test_an_answer_that_is_changed_back_is_news() -> None:
    past = {ANSWER: Past(WARNING, NOW, NOW.date())}
    assert deeds(Looked({}, {ANSWER: sighting()}, past)) == {ANSWER: Deed.OPEN}


def test_what_may_be_once_is_not_done_again() -> None:
    assert deeds(Looked({}, {ANSWER: sighting(), LATER: sighting()}, done={ANSWER})) == {LATER: Deed.OPEN}


def test_an_alert_from_before_goes_on_for_all_it_knew_of() -> None:
    before, on, after = date(2026, 10, 20), date(2026, 11, 1), date(2026, 11, 2)
    seen = {ANSWER: sighting(since=before), LATER: sighting(since=on)}
    looked = Looked({WHOLE: standing(since=on)}, seen)
    assert deeds(looked) == {}
    assert deeds(replace(looked, seen={**seen, (1, "detractor", "answer 950"): sighting(since=after)})) == {
        (1, "detractor", "answer 950"): Deed.OPEN
    }
    (kept,) = decide(replace(looked, seen={ANSWER: sighting(since=before)}), NOW)
    assert (kept.deed, kept.key, kept.seen) == (Deed.KEEP, WHOLE, sighting(since=before))
    assert deeds(replace(looked, seen={})) == {WHOLE: Deed.SILENCE}


def test_an_alert_of_its_own_is_not_taken_in_by_one_from_before() -> None:
    looked = Looked({WHOLE: standing(), ANSWER: standing()}, {ANSWER: sighting()})
    assert deeds(looked) == {WHOLE: Deed.SILENCE}


def test_another_account_s_alert_from_before_knew_of_nothing_here() -> None:
    looked = Looked({(2, "detractor", ""): standing()}, {ANSWER: sighting()})
    assert deeds(looked) == {ANSWER: Deed.OPEN, (2, "detractor", ""): Deed.SILENCE}
