"""What a company may turn, and whose word counts."""

import pytest

from metrics.dials import AS_DELIVERED, Dial, DialUnit, RulePolicy
from metrics.rules import all_rules

DIALS = {"days": Dial("Days", 10, DialUnit.DAYS, 1, 20), "times": Dial("Times", 2, DialUnit.TIMES, 1, 9)}
ALL = [(f"{rule.id}.{name}", dial) for rule in all_rules().values() for name, dial in rule.dials.items()]

IDS = """
advocate.pause_days advocate.recent_days
campaign_silence.least_sent campaign_silence.warning_sent contraction.notice_percent contraction.urgent_percent
contraction.warning_percent detractor.recent_days detractor.urgent_nps detractor.urgent_rating escalation.urgent_days
escalation.urgent_tickets heavy_use.least_people heavy_use.notice_percent heavy_use.warning_percent
inactivity.least_days inactivity.most_days inactivity.times_usual inactivity.urgent_times onboarding_stalled.days
onboarding_stalled.urgent_times payment_failed.urgent_days payment_failed.urgent_failures poc_departure.recent_days
poc_silent.least_days poc_silent.times_usual promoter_growing.growing_percent promoter_growing.least_sessions
renewal_near.days renewal_near.very_near_days
score_fall.points score_fall.urgent_points score_fall.warning_points seats_full.full_percent seats_full.least_seats
ticket_surge.least_tickets ticket_surge.notice_times ticket_surge.warning_times usage_drop.least_days
usage_drop.least_sessions usage_drop.urgent_below usage_drop.warn_below
"""
"""Frozen: settings refer to them. A new dial adds one."""


def test_names_are_the_frozen_ones():
    assert sorted(name for name, _ in ALL) == IDS.split()


@pytest.mark.parametrize("dial", [dial for _, dial in ALL], ids=[name for name, _ in ALL])
def test_every_dial_says_what_it_is_and_can_be_turned_both_ways(dial: Dial):
    assert dial.title
    assert not dial.title.endswith((".", ":"))
    assert 0 <= dial.low <= dial.default <= dial.high
    assert dial.low < dial.high


def test_nothing_is_turned_as_delivered():
    assert AS_DELIVERED.in_force("silence", DIALS, "smb") == {"days": 10, "times": 2}


def test_a_segments_word_goes_before_the_companys():
    policy = RulePolicy({"silence.days": 12, "silence.times": 3}, {"Enterprise": {"silence.days": 5}})
    assert policy.in_force("silence", DIALS, None) == {"days": 12, "times": 3}
    assert policy.in_force("silence", DIALS, "smb") == {"days": 12, "times": 3}
    assert policy.in_force("silence", DIALS, "ENTERPRISE") == {"days": 5, "times": 3}
    assert policy.in_force("noise", DIALS, "enterprise") == {"days": 10, "times": 2}


def test_a_rule_is_off_for_all_or_for_a_segment_and_a_segment_may_have_it_nevertheless():
    policy = RulePolicy({"silence": False}, {"smb": {"noise": False}, "enterprise": {"silence": True}})
    assert policy.in_force("silence", DIALS, None) is None
    assert policy.in_force("silence", DIALS, "smb") is None
    assert policy.in_force("silence", DIALS, "enterprise") == {"days": 10, "times": 2}
    assert policy.in_force("noise", DIALS, "smb") is None
    assert policy.in_force("noise", DIALS, None) == {"days": 10, "times": 2}
