"""Escalated tickets, or many at once."""

from metrics.playbooks.support_fire import PLAYBOOK


def test_it_is_offered_for_escalations_and_surges():
    assert PLAYBOOK.rules == ("escalation", "ticket_surge")


def test_somebody_is_in_charge_at_once():
    assert PLAYBOOK.steps[0].days == 0
    assert "owner" in PLAYBOOK.steps[0].text
