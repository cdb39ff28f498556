"""Campaign click rate: the share of recipients who clicked."""

from metrics import terms_pipeline as terms
from metrics.arithmetic import ratio
from metrics.facts import CampaignTotals
from metrics.types import Better, Figure, Metric, Unit, msg


def campaign_click_rate(facts: CampaignTotals) -> Figure:
    """Recipients who clicked over recipients. None where nothing was sent.

    >>> campaign_click_rate(CampaignTotals(sent=400, opened=100, clicked=20)).value
    Fraction(1, 20)
    """
    return Figure(ratio(facts.clicked, facts.sent), {"clicked": facts.clicked, "sent": facts.sent})


METRIC = Metric(
    id="campaign_click_rate",
    title=msg("Click rate"),
    definition=msg(
        "Recipients who clicked in a campaign of the period, as a share of its recipients, over all campaigns together."
    ),
    formula=msg("{clicked} ÷ {sent}"),
    terms={"clicked": terms.CLICKED, "sent": terms.SENT},
    unit=Unit.RATIO,
    better=Better.UP,
    source=msg("Common practice: everybody counts once a campaign, however often they clicked."),
    facts=CampaignTotals,
    measure=campaign_click_rate,
)
