"""Campaign open rate: the share of recipients who opened."""

from metrics import terms_pipeline as terms
from metrics.arithmetic import ratio
from metrics.facts import CampaignTotals
from metrics.types import Better, Figure, Metric, Unit, msg


def campaign_open_rate(facts: CampaignTotals) -> Figure:
    """Recipients who opened over recipients. None where nothing was sent.

    >>> campaign_open_rate(CampaignTotals(sent=400, opened=100, clicked=20)).value
    Fraction(1, 4)
    """
    return Figure(ratio(facts.opened, facts.sent), {"opened": facts.opened, "sent": facts.sent})


METRIC = Metric(
    id="campaign_open_rate",
    title=msg("Open rate"),
    definition=msg(
        "Recipients who opened a campaign of the period, as a share of its recipients, over all campaigns together."
    ),
    formula=msg("{opened} ÷ {sent}"),
    terms={"opened": terms.OPENED, "sent": terms.SENT},
    unit=Unit.RATIO,
    better=Better.UP,
    source=msg("Common practice: everybody counts once a campaign, however often they opened it."),
    facts=CampaignTotals,
    measure=campaign_open_rate,
)
