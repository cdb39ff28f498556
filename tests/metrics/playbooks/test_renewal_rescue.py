"""A renewal at risk."""

from metrics.playbooks.renewal_rescue import PLAYBOOK


def test_it_is_offered_when_a_renewal_is_near_and_health_is_poor():
    assert PLAYBOOK.rules == ("renewal_near",)


def test_it_ends_with_the_decision_and_its_reason():
    assert "reason" in PLAYBOOK.steps[-1].text
