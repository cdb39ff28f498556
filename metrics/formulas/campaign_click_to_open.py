"""Click-to-open: of those who opened a campaign, the share who clicked."""

from metrics import terms_pipeline as terms
from metrics.arithmetic import ratio
from metrics.facts import CampaignTotals
from metrics.types import Better, Figure, Metric, Unit, msg


def campaign_click_to_open(facts: CampaignTotals) -> Figure:
    """Recipients who clicked over recipients who opened. None where nobody opened.

    >>> campaign_click_to_open(CampaignTotals(sent=400, opened=100, clicked=20)).value
    Fraction(1, 5)
    """
    return Figure(ratio(facts.clicked, facts.opened), {"clicked": facts.clicked, "opened": facts.opened})


METRIC = Metric(
    id="campaign_click_to_open",
    title=msg("Click-to-open"),
    definition=msg(
        "Recipients who clicked in a campaign of the period, as a share of those who opened it, over all campaigns "
        "together. It tells how good the content is, whatever the subject line did."
    ),
    formula=msg("{clicked} ÷ {opened}"),
    terms={"clicked": terms.CLICKED, "opened": terms.OPENED},
    unit=Unit.RATIO,
    better=Better.UP,
    source=msg("Common practice: everybody counts once a campaign, however often they clicked."),
    facts=CampaignTotals,
    measure=campaign_click_to_open,
)
