"""The card of /mrr: how MRR got from opening to closing, and what that says of the customers there were."""

from fractions import Fraction
from typing import Final

from commands.core.reply import Chart, Reply
from commands.core.request import Translator
from commands.core.revenue_question import GAINS, LOSSES, RevenueAnswer
from commands.core.surroundings import Surroundings
from commands.ui import formats
from commands.ui.cards.figures import change_of
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
from commands.ui.cards.words import MOVEMENTS, asked_period
from metrics.formulas import all_metrics
from metrics.money import minor_digits
from metrics.types import Money, MovementKind, RevenueFacts, Sentence, Value

EXPLAINED: Final = ("mrr", "net_new_mrr", "mrr_growth", "nrr", "grr", "arpa", "customers")
"""The figures on the card, in the order in which the card's explanation tells them."""
KINDS: Final = (*GAINS, *LOSSES)
_BESIDE: Final = (("nrr", "grr"), ("arpa", "customers"))
"""The figures below the movements, line by line, each beside the period before."""


def mrr_card(answer: RevenueAnswer, where: Surroundings, t: Translator) -> Reply:
    """The answer with its chart; a sentence that teaches if nobody has ever paid anything."""
    if answer.empty:
        return nothing_yet(answer, where, t, "mrr")
    currency = answer.facts.currency
    paragraphs = (
        _headline(answer, t),
        (*_movements(answer, t), *(line(*(beside(answer, one, t) for one in row)) for row in _BESIDE)),
        biggest(Sentence("Biggest gains"), answer.of_kinds(GAINS), currency, t),
        biggest(Sentence("Biggest losses"), answer.of_kinds(LOSSES), currency, t),
    )
    return reply(paragraphs, answer, mrr_chart(answer, t), where, t, "mrr")


def _headline(answer: RevenueAnswer, t: Translator) -> Paragraph:
    closing = Sentence("MRR {mrr}", {"mrr": Money(answer.facts.closing, answer.facts.currency)})
    before = Sentence(
        "{period}: {change}, closing at {mrr}",
        {
            "period": before_name(answer, t),
            "change": change_of(_growth(answer.facts_before), t),
            "mrr": Money(answer.facts_before.closing, answer.facts.currency),
        },
    )
    return (strong(closing, change_of(_growth(answer.facts), t), scope(answer, t)), line(before))


def _growth(facts: RevenueFacts) -> Fraction | None:
    """What MRR grew by, as a share of the opening."""
    ratio = all_metrics()["mrr_growth"].measure(facts).value
    return None if ratio is None else Fraction(ratio) - 1


def amounts(facts: RevenueFacts) -> dict[MovementKind, int]:
    """The movements with their signs."""
    return {
        MovementKind.NEW: facts.new,
        MovementKind.REACTIVATION: facts.reactivation,
        MovementKind.EXPANSION: facts.expansion,
        MovementKind.CONTRACTION: -facts.contraction,
        MovementKind.CHURN: -facts.churn,
    }


def _movements(answer: RevenueAnswer, t: Translator) -> tuple[Line, ...]:
    """Opening → closing with the sum beside the period before, then what there was of gains and of losses."""
    facts, currency = answer.facts, answer.facts.currency
    moved = amounts(facts)

    def told(kind: MovementKind) -> Sentence:
        amount = formats.signed_money(moved[kind], currency, t.locale)
        return Sentence("{kind} {amount}", {"kind": Sentence(MOVEMENTS[kind]), "amount": amount})

    ends = {"opening": Money(facts.opening, currency), "closing": Money(facts.closing, currency)}
    net = {
        "change": formats.signed_money(facts.closing - facts.opening, currency, t.locale),
        "before": formats.signed_money(answer.facts_before.closing - answer.facts_before.opening, currency, t.locale),
        "period": before_name(answer, t),
    }
    return (
        line(Sentence("From {opening} to {closing}", ends), Sentence("net new {change} ({period}: {before})", net)),
        line(*(told(kind) for kind in GAINS if moved[kind])),
        line(*(told(kind) for kind in LOSSES if moved[kind])),
    )


def mrr_chart(answer: RevenueAnswer, t: Translator) -> Chart:
    """How MRR got from opening to closing, and its twelve months."""
    facts = answer.facts
    title = _finding(answer, t)
    steps = [
        {"label": t("Opening"), "kind": "opening", "minor": facts.opening},
        *({"label": t(MOVEMENTS[kind]), "kind": kind.value, "minor": minor} for kind, minor in amounts(facts).items()),
        {"label": t("Closing"), "kind": "closing", "minor": facts.closing},
    ]
    period = asked_period(answer.asked.period, t, running=answer.running, today=answer.today)
    labels = {
        "waterfall": t("{period}, in {currency}", period=period, currency=facts.currency),
        "line": t("MRR at the end of each month, in {currency}", currency=facts.currency),
    }
    data = {
        "labels": labels,
        "steps": steps,
        "months": month_series(answer),
        "mrr": [month.closing for month in answer.months],
        "currency": facts.currency,
        "decimals": minor_digits(facts.currency),
        "running": answer.running,
        "locale": t.locale,
    }
    return Chart("mrr_waterfall_line", title, t(_alt(answer, title)), data)


def _finding(answer: RevenueAnswer, t: Translator) -> str:
    """What the picture shows, in a sentence."""
    facts = answer.facts
    values = {
        "period": asked_period(answer.asked.period, t, running=answer.running, today=answer.today),
        "change": formats.money(abs(facts.closing - facts.opening), facts.currency, t.locale),
        "mrr": formats.money(facts.closing, facts.currency, t.locale),
    }
    if facts.closing > facts.opening:
        return t(Sentence("MRR grew by {change} to {mrr}", values))
    if facts.closing < facts.opening:
        return t(Sentence("MRR fell by {change} to {mrr}", values))
    return t(Sentence("MRR stayed at {mrr}", values))


def _alt(answer: RevenueAnswer, title: str) -> Sentence:
    first, last = answer.months[0], answer.months[-1]
    values: dict[str, Value] = {
        "finding": title,
        "first": Money(first.closing, first.currency),
        "last": Money(last.closing, last.currency),
        "low": Money(min(month.closing for month in answer.months), last.currency),
        "high": Money(max(month.closing for month in answer.months), last.currency),
    }
    return Sentence("{finding}. Twelve months: from {first} to {last}, lowest {low}, highest {high}.", values)
