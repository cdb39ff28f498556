"""The open rate is about recipients."""

from fractions import Fraction

from metrics.facts import CampaignTotals
from metrics.formulas.campaign_open_rate import campaign_open_rate


def test_it_is_the_share_of_recipients_who_opened() -> None:
    figure = campaign_open_rate(CampaignTotals(sent=400, opened=100, clicked=20))
    assert (figure.value, figure.inputs) == (Fraction(1, 4), {"opened": 100, "sent": 400})


def test_where_nothing_was_sent_there_is_no_answer() -> None:
    assert campaign_open_rate(CampaignTotals()).value is None
