"""A departed point of contact."""

from metrics.playbooks.champion_left import PLAYBOOK


def test_it_is_offered_when_a_point_of_contact_leaves_or_falls_silent():
    assert PLAYBOOK.rules == ("poc_departure", "poc_silent")


def test_the_first_call_is_due_the_next_day():
    assert PLAYBOOK.steps[0].days == 1
    assert "Call" in PLAYBOOK.steps[0].text
