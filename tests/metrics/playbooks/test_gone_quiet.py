"""An account that has fallen silent."""

from metrics.playbooks.gone_quiet import PLAYBOOK


def test_it_is_offered_when_nobody_uses_the_product_or_reads_campaigns():
    assert PLAYBOOK.rules == ("inactivity", "campaign_silence")


def test_causes_of_our_own_are_ruled_out_before_anybody_is_called():
    assert "ours" in PLAYBOOK.steps[0].text
    assert "Call" in PLAYBOOK.steps[2].text
