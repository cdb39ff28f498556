"""What holds for every rule, whoever adds one."""

from dataclasses import replace
from datetime import timedelta
from string import Formatter
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from metrics.account_facts import Answered, QuietPoint
from metrics.dials import AS_DELIVERED, Calmer, RulePolicy
from metrics.judging import Finding, RiskFacts, Rule, Severity, Signal
from metrics.rules import all_rules, findings, opportunities, rules_of
from metrics.types import Band
from tests.examples import examples
from tests.metrics.accounts import HEALTHY, UNKNOWN, days_ago, judged_by, risk
from tests.metrics.strategies import (
    account_facts,
    campaign_facts,
    contact_facts,
    contraction_facts,
    money_facts,
    service_facts,
    usage_facts,
    voice_facts,
)

RULES = all_rules()

IDS = """
advocate campaign_silence contraction detractor escalation heavy_use inactivity onboarding_stalled payment_failed
poc_departure poc_silent promoter_growing renewal_near score_fall seats_full ticket_surge usage_drop
"""
"""Frozen: alerts and settings refer to them. A new rule adds one."""

every_rule = pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())

scores = st.none() | st.integers(1, 100)
risk_facts = st.builds(
    RiskFacts, account=account_facts, score=scores, score_before=scores, band=st.none() | st.sampled_from(Band)
)


def test_ids_are_the_frozen_ones():
    assert sorted(RULES) == IDS.split()


@every_rule
def test_every_rule_says_what_it_is_and_what_to_do(rule: Rule):
    assert rule.title
    assert not rule.title.endswith(".")
    assert rule.advice.endswith(".")


@every_rule
def test_there_is_nothing_to_see_in_a_steady_account_or_one_of_which_nothing_is_known(rule: Rule):
    assert rule.judge(RiskFacts(replace(HEALTHY, seats_purchased=25), 90, 90, Band.GOOD), AS_DELIVERED) is None
    assert rule.judge(RiskFacts(UNKNOWN), AS_DELIVERED) is None


@settings(max_examples=examples(150))
@given(risk_facts)
def test_what_is_found_can_be_shown_and_comes_worst_first(facts: RiskFacts):
    risks, reasons = findings(facts, AS_DELIVERED), opportunities(facts, AS_DELIVERED)
    for signal, found in ((Signal.RISK, risks), (Signal.EXPANSION, reasons)):
        order = [list(Severity).index(finding.severity) for _, finding in found]
        assert order == sorted(order)
        helped_first = signal is Signal.EXPANSION and facts.band is Band.POOR
        seen = {id_ for id_, rule in rules_of(signal).items() if rule.judge(facts, AS_DELIVERED) and not helped_first}
        assert {rule.id for rule, _ in found} == seen
    for _, finding in (*risks, *reasons):
        why = finding.why
        names = {name for text in (why.text, why.many or "") for _, name, _, _ in Formatter().parse(text) if name}
        missing = {name for name in names if why.values[name] is None}
        assert missing <= ({"score"} if facts.score is None else set())


def test_a_risk_is_no_opportunity_and_an_opportunity_no_risk():
    assert {**rules_of(Signal.RISK), **rules_of(Signal.EXPANSION)} == RULES
    assert sorted(rules_of(Signal.EXPANSION)) == ["advocate", "heavy_use", "promoter_growing", "seats_full"]
    crowded = RiskFacts(replace(HEALTHY, seats_purchased=10), 80, 80, Band.GOOD)
    assert findings(crowded, AS_DELIVERED) == ()
    assert [rule.id for rule, _ in opportunities(crowded, AS_DELIVERED)] == ["seats_full"]


def test_who_is_in_trouble_is_offered_nothing():
    assert opportunities(RiskFacts(replace(HEALTHY, seats_purchased=10), 30, 30, Band.POOR), AS_DELIVERED) == ()


# --- Worse data never makes a finding milder -----------------------------------------------------------------------

PARTS: dict[str, st.SearchStrategy[Any]] = {
    "usage": usage_facts(),
    "contacts": contact_facts,
    "voice": voice_facts(),
    "service": service_facts,
    "money": money_facts,
    "contraction": contraction_facts,
    "campaigns": campaign_facts,
}
WORSE = (
    ("inactivity", "usage", "last_on", -1),
    ("usage_drop", "usage", "sessions_28", -1),
    ("poc_departure", "contacts", "champions", -1),
    ("payment_failed", "money", "failed_open", 1),
    ("payment_failed", "money", "failed_on", -1),
    ("escalation", "service", "escalated_open", 1),
    ("escalation", "service", "oldest_escalated_on", -1),
    ("ticket_surge", "service", "opened_28", 1),
    ("contraction", "contraction", "lost_90", 1),
    ("campaign_silence", "campaigns", "sent_90", 1),
)


def gravity(finding: Finding | None) -> int:
    """0 for nothing, then rising with severity."""
    return 0 if finding is None else len(Severity) - list(Severity).index(finding.severity)


@pytest.mark.parametrize(("rule_id", "part", "signal", "sign"), WORSE, ids=[".".join(w[:3]) for w in WORSE])
@settings(max_examples=examples(60))
@given(data=st.data(), by=st.integers(1, 40))
def test_worse_data_never_makes_a_finding_milder(rule_id, part, signal, sign, data, by):
    before = data.draw(PARTS[part])
    value = getattr(before, signal)
    assume(value is not None)
    step: Any = sign * by
    changed = value + timedelta(days=step) if signal.endswith("_on") else max(0, value + step)
    worse = before._replace(**{signal: changed})
    if part == "usage":  # the account has a history, and all of its sessions are in the last 90 days
        worse = worse._replace(first_on=HEALTHY.created_on, sessions_90=before.sessions_90 - before.sessions_28)
        worse = worse._replace(sessions_90=worse.sessions_90 + worse.sessions_28)
        before = before._replace(first_on=HEALTHY.created_on)
    check = judged_by(RULES[rule_id])
    milder = gravity(check(RiskFacts(replace(HEALTHY, **{part: before}))))
    assert gravity(check(RiskFacts(replace(HEALTHY, **{part: worse})))) >= milder


@given(st.integers(1, 100), st.integers(1, 100), st.integers(0, 50))
def test_a_deeper_fall_is_never_milder(score, before, deeper):
    check = judged_by(RULES["score_fall"])
    worse = check(risk(max(1, score - deeper), before, Band.POOR))
    assert gravity(worse) >= gravity(check(risk(score, before, Band.POOR)))


# --- Dials ---------------------------------------------------------------------------------------------------------

DIALS = [(rule, name) for rule in RULES.values() for name in rule.dials]


def dials_of(rule: Rule) -> st.SearchStrategy[dict[str, int]]:
    """Its dials somewhere: near their defaults, or at an edge."""
    return st.fixed_dictionaries(
        {
            name: st.integers(dial.low, min(dial.high, 3 * dial.default)) | st.sampled_from((dial.low, dial.high))
            for name, dial in rule.dials.items()
        }
    )


@pytest.mark.parametrize(("rule", "name"), DIALS, ids=[f"{rule.id}.{name}" for rule, name in DIALS])
@settings(max_examples=examples(60))
@given(data=st.data(), facts=risk_facts)
def test_a_dial_that_is_turned_to_be_calmer_never_finds_more(rule: Rule, name: str, data: st.DataObject, facts):
    dials, dial = data.draw(dials_of(rule)), rule.dials[name]
    up = dial.calmer is Calmer.HIGHER
    calmer = data.draw(st.integers(dials[name], dial.high) if up else st.integers(dial.low, dials[name]))
    before = gravity(rule.check(facts, dials))
    assert gravity(rule.check(facts, {**dials, name: calmer})) <= before


@given(risk_facts)
def test_a_rule_that_is_off_finds_nothing(facts: RiskFacts):
    off = RulePolicy(dict.fromkeys(RULES, False))
    assert (findings(facts, off), opportunities(facts, off)) == ((), ())


LOW = Answered(812, "nps", 6, days_ago(1))
HIGH = Answered(813, "nps", 9, days_ago(50), contact_id=7, who="Bo")
DROP = {"sessions_28": 130, "sessions_before": 200, "sessions_90": 580}
QUIET = {"last_on": days_ago(8)}
QUIET_POINT = (QuietPoint("Ana", champion=True, last_seen_on=days_ago(39), active_days=50),)
NEAR: Any = {"renewal_on": days_ago(-100), "score": 30, "band": Band.POOR}
TURNS: tuple[tuple[str, int, int, RiskFacts], ...] = (
    ("usage_drop.warn_below", 66, 65, risk(usage=DROP)),
    ("usage_drop.least_sessions", 200, 201, risk(usage={**DROP, "sessions_28": 100, "sessions_90": 700})),
    ("inactivity.least_days", 8, 9, risk(usage=QUIET)),
    ("inactivity.times_usual", 4, 9, risk(usage=QUIET)),
    ("inactivity.most_days", 8, 9, risk(usage={**QUIET, "active_days_28": 1, "active_days_before": 2})),
    ("renewal_near.days", 100, 99, risk(**NEAR)),
    ("score_fall.points", 5, 6, risk(80, 85)),
    ("contraction.notice_percent", 4, 5, risk(contraction={"lost_90": 2_000})),
    ("ticket_surge.least_tickets", 9, 10, risk(service={"opened_28": 9, "opened_before": 3})),
    ("ticket_surge.notice_times", 3, 4, risk(service={"opened_28": 10, "opened_before": 9})),
    ("campaign_silence.least_sent", 6, 7, risk(campaigns={"opened_90": 0})),
    ("onboarding_stalled.days", 20, 21, risk(onboarding_started_on=days_ago(20))),
    ("poc_departure.recent_days", 11, 10, risk(contacts={"points_left_90": 1, "last_left_on": days_ago(10)})),
    ("poc_silent.times_usual", 4, 20, risk(contacts={"quiet": QUIET_POINT})),
    ("poc_silent.least_days", 39, 40, risk(contacts={"quiet": QUIET_POINT})),
    ("detractor.recent_days", 50, 49, risk(voice={"low": (LOW._replace(on=days_ago(50)),)})),
    ("advocate.recent_days", 50, 49, risk(voice={"promoting": (HIGH,)})),
    (
        "advocate.pause_days",
        59,
        60,
        risk(voice={"promoting": (HIGH._replace(on=days_ago(1)),)}, advocated_on=days_ago(60)),
    ),
    ("seats_full.full_percent", 72, 73, risk(seats_purchased=25)),
    ("seats_full.least_seats", 20, 21, risk()),
    ("heavy_use.notice_percent", 20, 21, risk(usage={"users_28": 24, "users_before": 20})),
    ("heavy_use.least_people", 5, 6, risk(usage={"users_28": 10, "users_before": 5})),
    ("promoter_growing.growing_percent", 10, 11, risk(usage={"sessions_28": 220, "sessions_90": 660})),
    ("promoter_growing.least_sessions", 200, 201, risk(usage={"sessions_28": 300, "sessions_90": 740})),
)


@pytest.mark.parametrize(("name", "finds", "silent", "facts"), TURNS, ids=[turn[0] for turn in TURNS])
def test_a_threshold_is_met_where_it_is_set_and_per_segment(name: str, finds: int, silent: int, facts: RiskFacts):
    rule = RULES[name.partition(".")[0]]
    assert rule.judge(facts, RulePolicy({name: finds}))
    assert rule.judge(facts, RulePolicy({name: silent})) is None
    assert rule.judge(facts, RulePolicy({name: silent}, {"SMB": {name: finds}}))
    assert rule.judge(facts, RulePolicy({name: finds}, {"smb": {name: silent}})) is None
    assert rule.judge(facts, RulePolicy({name: finds}, {"enterprise": {name: silent}}))


SEVERITIES: tuple[tuple[str, int, int, RiskFacts], ...] = (
    ("campaign_silence.warning_sent", 6, 7, risk(campaigns={"opened_90": 0})),
    ("contraction.warning_percent", 8, 9, risk(contraction={"lost_90": 4_000})),
    ("contraction.urgent_percent", 20, 21, risk(contraction={"lost_90": 10_000})),
    ("detractor.urgent_nps", 5, 4, risk(voice={"low": (LOW._replace(score=5),)})),
    ("detractor.urgent_rating", 2, 1, risk(voice={"low": (LOW._replace(kind="csat", score=2),)})),
    ("escalation.urgent_days", 3, 4, risk(service={"escalated_open": 1, "oldest_escalated_on": days_ago(3)})),
    ("escalation.urgent_tickets", 1, 2, risk(service={"escalated_open": 1})),
    ("payment_failed.urgent_failures", 1, 2, risk(money={"failed_open": 1})),
    ("payment_failed.urgent_days", 3, 4, risk(money={"failed_open": 1, "failed_on": days_ago(3)})),
    ("heavy_use.warning_percent", 50, 51, risk(usage={"users_28": 30, "users_before": 20})),
    ("inactivity.urgent_times", 1, 2, risk(usage=QUIET)),
    ("onboarding_stalled.urgent_times", 1, 2, risk(onboarding_started_on=days_ago(40))),
    ("renewal_near.very_near_days", 50, 49, risk(renewal_on=days_ago(-50), score=30, band=Band.POOR)),
    ("score_fall.warning_points", 12, 13, risk(80, 92)),
    ("score_fall.urgent_points", 12, 13, risk(80, 92)),
    ("ticket_surge.warning_times", 3, 4, risk(service={"opened_28": 10, "opened_before": 9})),
    ("usage_drop.urgent_below", 55, 50, risk(usage={**DROP, "sessions_28": 100, "sessions_90": 700})),
)


@pytest.mark.parametrize(("name", "graver", "milder", "facts"), SEVERITIES, ids=[turn[0] for turn in SEVERITIES])
def test_how_grave_it_is_can_be_turned(name: str, graver: int, milder: int, facts: RiskFacts):
    rule = RULES[name.partition(".")[0]]
    grave, mild = (rule.judge(facts, RulePolicy({name: value})) for value in (graver, milder))
    assert gravity(grave) > gravity(mild) > 0


def test_every_dial_is_tried():
    days_of_use = {"usage_drop.least_days"}  # see test_usage_drop
    assert {turn[0] for turn in (*TURNS, *SEVERITIES)} | days_of_use == {f"{rule.id}.{name}" for rule, name in DIALS}
