"""The card of /mrr reconcile: the same period under other definitions, the difference explained line by line."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from commands.core.reconcile_question import ReconcileAnswer
from commands.core.reply import Reply
from commands.core.request import Translator
from commands.ui import formats
from commands.ui.blocks import context
from commands.ui.cards.freshness import revenue_as_of
from commands.ui.cards.ledger_rules import unusual
from commands.ui.cards.paragraphs import Line, Paragraph, as_section, line, plain_text, strong
from commands.ui.cards.words import book_name, period_name
from metrics.facts import ChurnFacts
from metrics.reconcile import BASES, LOGO, NET, Basis, Definition, facts_by, lost_customers, lost_mrr, told
from metrics.types import LedgerRules, Money, Sentence, Value, plural

Lost = Callable[[ChurnFacts], Mapping[str, Value]]
"""What a basis tells of the figure."""


def reconcile_card(answer: ReconcileAnswer, t: Translator) -> Reply:
    """Customers lost and net MRR churn, each definition with its rate, what it counts and why it differs."""
    scope = Sentence(
        "{period}, {accounts}",
        {"period": period_name(answer.period, t), "accounts": book_name(answer.asked.book)},
    )
    paragraphs: list[Paragraph] = [
        (
            strong(Sentence("The same period by other definitions"), scope),
            line(Sentence("Only the definitions differ; the data and the period are the same for all.")),
        ),
        (strong(Sentence("Customers lost")), *_lines(LOGO, lost_customers, answer, t)),
        (strong(Sentence("Net MRR churn")), *_lines(NET, lost_mrr, answer, t)),
        _past_due(answer),
    ]
    as_of = revenue_as_of(answer.imported_on, answer.today, answer.rates_day, answer.asked.currency)
    words = tuple(as_section(t, paragraph) for paragraph in paragraphs if paragraph)
    text = plain_text(t, [*(paragraph for paragraph in paragraphs if paragraph), (line(as_of),)])
    return Reply(text, (*words, context(t.md(as_of))))


def _lines(definitions: Sequence[Definition], lost: Lost, answer: ReconcileAnswer, t: Translator) -> Iterator[Line]:
    ours = definitions[0].rate(answer.found.ours)
    for definition in told(definitions, answer.found):
        rate = definition.rate(facts_by(definition.basis, answer.found))
        yield line(
            Sentence("{who}: {rate}", {"who": Sentence(definition.who), "rate": formats.percent(rate, t.locale, 2)}),
            Sentence(definition.says),
            *(unusual(answer.rules) if definition.basis is Basis.OURS else ()),
            *_difference(definition, lost, answer, same=rate == ours),
        )


def _difference(definition: Definition, lost: Lost, answer: ReconcileAnswer, *, same: bool) -> Iterator[Sentence]:
    """Why the rate is another one than ours: whom it counts, and how; nothing for ours, and where it never differs."""
    facts = facts_by(definition.basis, answer.found)
    if definition.basis is not Basis.OURS and lost(facts) != lost(answer.found.ours):
        yield Sentence(BASES[definition.basis], lost(facts))
    elif same and (definition.differs or definition.basis is not Basis.SERVICE):
        if definition.basis is not Basis.OURS:
            yield Sentence("No difference in this period.")
        return
    if definition.differs:
        yield Sentence(definition.differs, definition.counts(facts))


def _past_due(answer: ReconcileAnswer) -> Paragraph:
    """Who has not paid, where all count until their subscription ends; by other rules the lines tell it."""
    ours, paid_up = answer.found.ours, answer.found.paid_up
    late = ours.customers_closing - paid_up.customers_closing
    if answer.rules != LedgerRules() or late <= 0:
        return ()
    return (
        strong(Sentence("Past due")),
        line(
            plural(
                "MRR at closing is {mrr}; {count} customer unpaid for over 30 days pays {late} of it. It counts until "
                "the subscription ends, as it does for ChartMogul and Stripe.",
                "MRR at closing is {mrr}; {count} customers unpaid for over 30 days pay {late} of it. It counts until "
                "the subscription ends, as it does for ChartMogul and Stripe.",
                late,
                mrr=Money(ours.closing, ours.currency),
                late=Money(ours.closing - paid_up.closing, ours.currency),
            )
        ),
    )
