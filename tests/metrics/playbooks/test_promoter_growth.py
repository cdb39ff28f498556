"""A promoter who grows."""

from metrics.playbooks.promoter_growth import PLAYBOOK


def test_it_is_offered_for_promoters():
    assert PLAYBOOK.rules == ("promoter_growing", "advocate")


def test_thanks_come_before_requests():
    assert "Thank" in PLAYBOOK.steps[0].text
    assert "review" in PLAYBOOK.steps[1].text
