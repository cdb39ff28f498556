"""An account at the limit of what it bought."""

from metrics.playbooks.seats_expansion import PLAYBOOK


def test_it_is_offered_when_seats_are_full_or_use_is_heavy():
    assert PLAYBOOK.rules == ("seats_full", "heavy_use")


def test_the_offer_comes_after_the_talk():
    assert [step.days for step in PLAYBOOK.steps] == [1, 3, 4, 6, 8, 12]
