"""An onboarding that has stalled."""

from metrics.playbooks.onboarding_restart import PLAYBOOK


def test_it_is_offered_when_onboarding_stalls():
    assert PLAYBOOK.rules == ("onboarding_stalled",)


def test_it_ends_when_people_work_with_the_product():
    assert "at work" in PLAYBOOK.steps[-1].text
