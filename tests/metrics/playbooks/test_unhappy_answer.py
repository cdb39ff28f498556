"""An unhappy answer to a survey."""

from metrics.playbooks.unhappy_answer import PLAYBOOK


def test_it_is_offered_for_detractors():
    assert PLAYBOOK.rules == ("detractor",)


def test_they_hear_from_us_within_a_day_and_again_when_it_is_done():
    assert PLAYBOOK.steps[1].days == 1
    assert "Come back" in PLAYBOOK.steps[-2].text
