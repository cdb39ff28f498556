"""What holds for every rule, whoever adds one."""

from dataclasses import replace
from datetime import timedelta
from string import Formatter
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from metrics.judging import Finding, RiskFacts, Rule, Severity, Signal
from metrics.rules import all_rules, findings, opportunities, rules_of
from metrics.types import Band
from tests.metrics.accounts import HEALTHY, UNKNOWN, risk
from tests.metrics.strategies import (
    account_facts,
    campaign_facts,
    contact_facts,
    money_facts,
    service_facts,
    usage_facts,
    voice_facts,
)

RULES = all_rules()

IDS = """
campaign_silence contraction detractor escalation heavy_use inactivity onboarding_stalled payment_failed poc_departure
promoter_growing renewal_near score_fall seats_full ticket_surge usage_drop
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
    assert rule.check(RiskFacts(replace(HEALTHY, seats_purchased=25), 90, 90, Band.GOOD)) is None
    assert rule.check(RiskFacts(UNKNOWN)) is None


@settings(max_examples=150)
@given(risk_facts)
def test_what_is_found_can_be_shown_and_comes_worst_first(facts: RiskFacts):
    for signal, found in ((Signal.RISK, findings(facts)), (Signal.EXPANSION, opportunities(facts))):
        order = [list(Severity).index(finding.severity) for _, finding in found]
        assert order == sorted(order)
        helped_first = signal is Signal.EXPANSION and facts.band is Band.POOR
        seen = {id_ for id_, rule in rules_of(signal).items() if rule.check(facts) and not helped_first}
        assert {rule.id for rule, _ in found} == seen
    for _, finding in (*findings(facts), *opportunities(facts)):
        why = finding.why
        names = {name for text in (why.text, why.many or "") for _, name, _, _ in Formatter().parse(text) if name}
        missing = {name for name in names if why.values[name] is None}
        assert missing <= ({"score"} if facts.score is None else set())


def test_a_risk_is_no_opportunity_and_an_opportunity_no_risk():
    assert {**rules_of(Signal.RISK), **rules_of(Signal.EXPANSION)} == RULES
    assert sorted(rules_of(Signal.EXPANSION)) == ["heavy_use", "promoter_growing", "seats_full"]
    crowded = RiskFacts(replace(HEALTHY, seats_purchased=10), 80, 80, Band.GOOD)
    assert findings(crowded) == ()
    assert [rule.id for rule, _ in opportunities(crowded)] == ["seats_full"]


def test_who_is_in_trouble_is_offered_nothing():
    assert opportunities(RiskFacts(replace(HEALTHY, seats_purchased=10), 30, 30, Band.POOR)) == ()


# --- Worse data never makes a finding milder -----------------------------------------------------------------------

PARTS: dict[str, st.SearchStrategy[Any]] = {
    "usage": usage_facts(),
    "contacts": contact_facts,
    "voice": voice_facts(),
    "service": service_facts,
    "money": money_facts,
    "campaigns": campaign_facts,
}
WORSE = (
    ("inactivity", "usage", "last_on", -1),
    ("usage_drop", "usage", "sessions_28", -1),
    ("poc_departure", "contacts", "champions", -1),
    ("payment_failed", "money", "failed_open", 1),
    ("payment_failed", "money", "failed_on", -1),
    ("detractor", "voice", "last_low_score", -1),
    ("escalation", "service", "escalated_open", 1),
    ("escalation", "service", "oldest_escalated_on", -1),
    ("ticket_surge", "service", "opened_28", 1),
    ("contraction", "money", "contraction_90", 1),
    ("campaign_silence", "campaigns", "sent_90", 1),
)


def gravity(finding: Finding | None) -> int:
    """0 for nothing, then rising with severity."""
    return 0 if finding is None else len(Severity) - list(Severity).index(finding.severity)


@pytest.mark.parametrize(("rule_id", "part", "signal", "sign"), WORSE, ids=[".".join(w[:3]) for w in WORSE])
@settings(max_examples=60)
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
    check = RULES[rule_id].check
    milder = gravity(check(RiskFacts(replace(HEALTHY, **{part: before}))))
    assert gravity(check(RiskFacts(replace(HEALTHY, **{part: worse})))) >= milder


@given(st.integers(1, 100), st.integers(1, 100), st.integers(0, 50))
def test_a_deeper_fall_is_never_milder(score, before, deeper):
    check = RULES["score_fall"].check
    worse = check(risk(max(1, score - deeper), before, Band.POOR))
    assert gravity(worse) >= gravity(check(risk(score, before, Band.POOR)))
