"""The card of /churn: who and how much was lost, why, and whether that is acceptable."""

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

from commands.core.reply import Chart, Reply
from commands.core.request import Translator
from commands.core.revenue_question import LOSSES, RevenueAnswer
from commands.core.surroundings import Surroundings
from commands.ui import formats
from commands.ui.cards.churn_bands import normal
from commands.ui.cards.figures import points_of
from commands.ui.cards.paragraphs import Line, Paragraph, line, strong
from commands.ui.cards.revenue import (
    before_name,
    beside,
    biggest,
    month_series,
    nothing_yet,
    reply,
    scope,
)
from commands.ui.cards.words import GRADES, book_name, short
from metrics.bands import churn_band, grade_churn
from metrics.formulas import all_metrics
from metrics.types import AccountMove, Cause, ChurnBand, Money, MovementKind, Sentence, Value, msg, plural

EXPLAINED: Final = (
    "logo_churn",
    "adjusted_logo_churn",
    "annualised_logo_churn",
    "gross_mrr_churn",
    "net_mrr_churn",
    "mrr_churn",
    "involuntary_mrr_churn",
)
"""The figures on the card, in the order in which the card's explanation tells them."""
KINDS: Final = LOSSES
REASONS: Final = 3
WHY: Final[Mapping[Cause, str]] = {
    Cause.VOLUNTARY: msg("Voluntary"),
    Cause.PAYMENT_FAILURE: msg("Involuntary (payment failed)"),
    Cause.OTHER: msg("Other reasons"),
}
PERMYRIAD: Final = 10_000


def churn_card(answer: RevenueAnswer, where: Surroundings, t: Translator) -> Reply:
    """The answer with its chart; a sentence that teaches if nobody has ever paid anything."""
    if answer.empty:
        return nothing_yet(answer, where, t, "churn")
    lost = answer.of_kinds((MovementKind.CHURN,))
    paragraphs = (
        _headline(answer, t),
        _money_lost(answer, t),
        (*_causes(answer, lost), *_reasons(lost, answer.facts.currency)),
        biggest(Sentence("Biggest losses"), answer.of_kinds(LOSSES), answer.facts.currency, t),
    )
    return reply(paragraphs, answer, churn_chart(answer, t), where, t, "churn")


def _headline(answer: RevenueAnswer, t: Translator) -> Paragraph:
    now, before = answer.figure("logo_churn"), answer.figure_before("logo_churn")
    rate = Sentence("Logo churn {rate}", {"rate": formats.percent(now.value, t.locale)})
    facts = answer.facts
    count = plural(
        "{lost} of {count} customer left",
        "{lost} of {count} customers left",
        facts.customers_opening,
        lost=facts.customers_lost,
    )
    held = Sentence(
        "{period}: {rate}",
        {"period": before_name(answer, t), "rate": formats.percent(before.value, t.locale)},
    )
    return (
        strong(rate, points_of(now, before, t), scope(answer, t)),
        line(count, held, _judged(answer)),
        line(beside(answer, "adjusted_logo_churn", t), beside(answer, "annualised_logo_churn", t)),
    )


def _judged(answer: RevenueAnswer) -> Sentence:
    """The grade of a whole period's mean month; while it runs only what would be acceptable."""
    band = normal(_band(answer))
    rate = answer.figure("logo_churn").value
    if rate is None or answer.running:
        return band
    monthly = Fraction(rate) / len(answer.period.months())
    grade = GRADES[grade_churn(monthly, answer.asked.book.segment, answer.definitions)]
    judged = Sentence("{grade} ({band})", {"grade": Sentence(grade), "band": band})
    if monthly == rate:
        return judged
    return Sentence("{rate} a month on average: {judged}", {"rate": monthly, "judged": judged})


def _band(answer: RevenueAnswer) -> ChurnBand:
    return churn_band(answer.asked.book.segment, answer.definitions)


def _money_lost(answer: RevenueAnswer, t: Translator) -> Paragraph:
    facts = answer.facts
    lost = {"churn": Money(facts.churn, facts.currency), "contraction": Money(facts.contraction, facts.currency)}
    return (
        line(beside(answer, "gross_mrr_churn", t), beside(answer, "net_mrr_churn", t)),
        line(Sentence("MRR lost: {churn} by churn, {contraction} by contraction", lost)),
    )


def _causes(answer: RevenueAnswer, left: Sequence[AccountMove]) -> tuple[Line, ...]:
    """Voluntary against involuntary: everybody who left in the period, with their MRR.

    Those who came back, or had come only after the opening, are no customers lost; how many they are is said.
    """
    if not left:
        return ()
    cost: Counter[Cause] = Counter()
    count: Counter[Cause] = Counter()
    for move in left:
        cause = move.cause or Cause.OTHER
        cost[cause] -= move.change
        count[cause] += 1

    def told(cause: Cause) -> Sentence:
        return plural(
            "{cause}: {count} customer, {mrr}",
            "{cause}: {count} customers, {mrr}",
            count[cause],
            cause=Sentence(WHY[cause]),
            mrr=Money(cost[cause], answer.facts.currency),
        )

    besides = len(left) - answer.facts.customers_lost
    more = plural(
        "{count} of them came back or had come after the opening",
        "{count} of them came back or had come after the opening",
        besides,
    )
    return (
        strong(Sentence("Why they left")),
        line(*(told(cause) for cause in WHY if cause is not Cause.OTHER or count[cause])),
        *([line(more)] if besides > 0 else ()),
    )


def _reasons(lost: Sequence[AccountMove], currency: str) -> tuple[Line, ...]:
    """What the leavers said, the reason that cost most first."""
    cost: Counter[str] = Counter()
    count: Counter[str] = Counter()
    for move in lost:
        if move.detail:
            cost[move.detail] -= move.change
            count[move.detail] += 1
    return tuple(
        line(
            plural(
                "“{reason}”: {count} customer, {mrr}",
                "“{reason}”: {count} customers, {mrr}",
                count[reason],
                reason=short(reason),
                mrr=Money(mrr, currency),
            )
        )
        for reason, mrr in cost.most_common(REASONS)
    )


def churn_chart(answer: RevenueAnswer, t: Translator) -> Chart:
    """The share lost each month, with the acceptable band."""
    band = _band(answer)
    title = t(_finding(answer, t))
    data = {
        "labels": {
            "caption": t("Share lost each month, {accounts}", accounts=book_name(answer.asked.book)),
            "logo": t("Customers"),
            "gross_mrr": t("MRR, gross"),
            "band": t(normal(band)),
        },
        "months": month_series(answer),
        "logo": _series(answer, "logo_churn"),
        "gross_mrr": _series(answer, "gross_mrr_churn"),
        "band": [float(band.low), float(band.high)],
        "running": answer.running,
        "locale": t.locale,
    }
    return Chart("churn_rate", title, t(_alt(answer, title, t)), data)


def _series(answer: RevenueAnswer, metric_id: str) -> list[int | None]:
    """A rate month by month, in hundredths of a percent."""
    metric = all_metrics()[metric_id]
    values = [metric.measure(month).value for month in answer.months]
    return [None if value is None else formats.rounded(value * PERMYRIAD) for value in values]


def _finding(answer: RevenueAnswer, t: Translator) -> Sentence:
    now, before = answer.figure("logo_churn").value, answer.figure_before("logo_churn").value
    values: dict[str, Value] = {
        "rate": formats.percent(now, t.locale),
        "before": formats.percent(before, t.locale),
        "scope": scope(answer, t),
    }
    if now is None:
        return Sentence("No customers to lose: {scope}", values)
    if before is None or now == before:
        return Sentence("Logo churn is {rate}", values)
    if now < before:
        return Sentence("Logo churn fell from {before} to {rate}", values)
    return Sentence("Logo churn rose from {before} to {rate}", values)


def _alt(answer: RevenueAnswer, title: str, t: Translator) -> Sentence:
    known = [value for value in _series(answer, "logo_churn") if value is not None]
    if not known:
        return Sentence("{finding}.", {"finding": title})
    values: dict[str, Value] = {
        "finding": title,
        "low": formats.percent(Fraction(min(known), PERMYRIAD), t.locale),
        "high": formats.percent(Fraction(max(known), PERMYRIAD), t.locale),
        "band": normal(_band(answer)),
    }
    return Sentence("{finding}. Twelve months: between {low} and {high}; {band}.", values)
