"""Click-to-open is about those who opened."""

from fractions import Fraction

from metrics.facts import CampaignTotals
from metrics.formulas.campaign_click_to_open import campaign_click_to_open


def test_it_is_the_share_of_the_openers_who_clicked() -> None:
    figure = campaign_click_to_open(CampaignTotals(sent=400, opened=100, clicked=20))
    assert (figure.value, figure.inputs) == (Fraction(1, 5), {"clicked": 20, "opened": 100})


def test_where_nobody_opened_there_is_no_answer() -> None:
    assert campaign_click_to_open(CampaignTotals(sent=400)).value is None
