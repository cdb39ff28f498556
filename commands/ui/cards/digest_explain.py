"""How a digest is computed: which days, at which rates, and where each part comes from."""

from commands.core.reply import Modal
from commands.core.request import Translator
from commands.ui.blocks import cut
from commands.ui.cards.explain import TITLE_MOST
from commands.ui.cards.paragraphs import as_section, line, strong
from commands.ui.cards.words import period_name
from metrics.formulas import all_metrics
from metrics.stretches import Stretch
from metrics.types import Sentence


def digest_explanation(stretch: Stretch, t: Translator) -> Modal:
    """The modal."""
    days = {"period": period_name(stretch.period, t), "before": period_name(stretch.before, t)}
    mrr, churn, nps = (all_metrics()[name] for name in ("mrr", "mrr_churn", "nps"))
    parts = (
        (
            Sentence("The days"),
            Sentence("It tells of {period} and holds that against {before}.", days),
            Sentence("All amounts are converted at the exchange rates of the last of these days."),
        ),
        (Sentence(mrr.title), Sentence(mrr.definition)),
        (Sentence(churn.title), Sentence(churn.definition)),
        (
            Sentence("Who needs a call"),
            Sentence(
                "The open risks that nobody has taken or snoozed, as of the moment it was posted: the most severe "
                "first, then the larger MRR. `/atrisk` shows them as they are now."
            ),
        ),
        (
            Sentence("Renewals ahead"),
            Sentence("Customers whose renewal day is in the next 30 days: those in poor health first."),
        ),
        (Sentence(nps.title), Sentence(nps.definition)),
        (
            Sentence("Data that comes in late"),
            Sentence(
                "Each digest computes the figures of the one before anew. Where they differ by now, it says so and "
                "what they were."
            ),
        ),
    )
    blocks = tuple(as_section(t, (strong(title), *(line(each) for each in said))) for title, *said in parts)
    return Modal(cut(t("How is this computed?"), TITLE_MOST), blocks, cut(t("Close"), TITLE_MOST))
