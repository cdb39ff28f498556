"""A payment that failed."""

from metrics.playbooks.payment_recovery import PLAYBOOK


def test_it_is_offered_when_a_payment_fails():
    assert PLAYBOOK.rules == ("payment_failed",)


def test_the_reason_is_looked_up_at_once():
    assert PLAYBOOK.steps[0].days == 0
