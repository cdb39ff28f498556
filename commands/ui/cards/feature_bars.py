"""The picture of adoption: a bar for each feature, as long as the share of the customers that use it."""

from fractions import Fraction
from typing import Final

from commands.core.figure_question import FiguresAnswer
from commands.core.reply import Chart
from commands.core.request import Translator
from commands.ui import formats
from commands.ui.cards.words import book_name, short
from metrics.facts import ProductTotals
from metrics.types import Sentence, Value

BARS_MOST: Final = 12


def feature_bars(answer: FiguresAnswer, t: Translator) -> Chart | None:
    """The most used features; None where none is tracked or nobody could use one."""
    facts: ProductTotals = answer.facts[ProductTotals]
    if not facts.by_feature or not facts.customers:
        return None
    used = sorted(facts.by_feature.items(), key=lambda one: (-one[1], one[0]))
    shares = [(feature, Fraction(count, facts.customers)) for feature, count in used]
    caption = Sentence("Share of customers in 28 days, {accounts}", {"accounts": book_name(answer.asked.book)})
    rows = [
        {"label": feature, "value": str(share), "shown": formats.percent(share, t.locale)}
        for feature, share in shares[:BARS_MOST]
    ]
    title = t(_finding(shares))
    alt = Sentence("{finding}. Features tracked: {count}.", {"finding": title, "count": len(shares)})
    return Chart("bars", title, t(alt), {"rows": rows, "labels": {"caption": t(caption)}})


def _finding(shares: list[tuple[str, Fraction]]) -> Sentence:
    """The most used feature beside the least used one."""
    (most, most_share), (least, least_share) = shares[0], shares[-1]
    told: dict[str, Value] = {"most": short(most), "share": most_share}
    if most_share == least_share:
        return Sentence("{most} is used by {share} of customers", told)
    return Sentence(
        "{most} is used by {share} of customers, {least} by {least_share}",
        {**told, "least": short(least), "least_share": least_share},
    )
