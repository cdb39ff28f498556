"""The picture of health: what customers pay by the band of their scores."""

from fractions import Fraction
from typing import Final

from commands.core.reply import Chart
from commands.core.request import Translator
from commands.ui import formats
from commands.ui.cards.words import BANDS, book_name
from metrics.facts import HealthTotals
from metrics.types import Band, BookFilter, Money, Sentence, Value

TONES: Final = {Band.GOOD: "good", Band.POOR: "bad"}


def band_bars(totals: HealthTotals, mrr: int, book: BookFilter, t: Translator) -> Chart | None:
    """MRR by band, by the stored scores, with what nothing is known of; None where nobody has a score.

    `mrr` is that of all the customers, in minor units of the totals' currency.
    """
    if not any(totals.customers.values()) or mrr <= 0:
        return None
    amounts: dict[Band | None, int] = {band: totals.mrr.get(band, 0) for band in Band}
    unknown = mrr - sum(amounts.values())
    if totals.unknown:
        amounts[None] = unknown
    rows = [
        {
            "label": t("no score") if band is None else t(BANDS[band]),
            "value": minor,
            "shown": formats.short_money(minor, totals.currency, t.locale),
            "tone": "quiet" if band is None else TONES.get(band, ""),
        }
        for band, minor in amounts.items()
    ]
    values: dict[str, Value] = {
        "share": Fraction(amounts[Band.POOR], mrr),
        "poor": Money(amounts[Band.POOR], totals.currency),
        "average": Money(amounts[Band.AVERAGE], totals.currency),
        "good": Money(amounts[Band.GOOD], totals.currency),
    }
    title = t(Sentence("{share} of MRR is in poor health", values))
    alt = t(Sentence("{finding}: poor {poor}, average {average}, good {good}.", {"finding": title, **values}))
    caption = t("MRR by health, {accounts}, in {currency}", accounts=book_name(book), currency=totals.currency)
    return Chart("bars", title, alt, {"rows": rows, "labels": {"caption": caption}})
