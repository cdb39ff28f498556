"""An account that pays less."""

from metrics.playbooks.contraction_stop import PLAYBOOK


def test_it_is_offered_when_revenue_shrinks():
    assert PLAYBOOK.rules == ("contraction",)


def test_it_ends_with_a_review_before_the_renewal():
    assert "renewal" in PLAYBOOK.steps[-1].text
