"""Usage that falls."""

from metrics.playbooks.usage_falling import PLAYBOOK


def test_it_is_offered_when_usage_or_the_score_falls():
    assert PLAYBOOK.rules == ("usage_drop", "score_fall")


def test_figures_are_looked_at_before_the_call():
    assert "Call" in PLAYBOOK.steps[2].text
    assert PLAYBOOK.days == 15
