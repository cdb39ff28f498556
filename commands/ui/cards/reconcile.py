"""The card of /mrr reconcile: the same period under other definitions, the difference explained line by line."""

from collections.abc import Iterator, Sequence

from commands.core.reconcile_question import ReconcileAnswer
from commands.core.reply import Reply
from commands.core.request import Translator
from commands.ui import formats
from commands.ui.blocks import context
from commands.ui.cards.freshness import revenue_as_of
from commands.ui.cards.paragraphs import Line, Paragraph, as_section, line, plain_text, strong
from commands.ui.cards.words import book_name, period_name
from metrics.reconcile import LOGO, NET, Definition
from metrics.types import Money, Sentence, plural


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
        (strong(Sentence("Customers lost")), *_lines(LOGO, answer, t)),
        (strong(Sentence("Net MRR churn")), *_lines(NET, answer, t)),
        _past_due(answer),
    ]
    as_of = revenue_as_of(answer.imported_on, answer.today, answer.rates_day)
    words = tuple(as_section(t, paragraph) for paragraph in paragraphs if paragraph)
    text = plain_text(t, [*(paragraph for paragraph in paragraphs if paragraph), (line(as_of),)])
    return Reply(text, (*words, context(t.md(as_of))))


def _lines(definitions: Sequence[Definition], answer: ReconcileAnswer, t: Translator) -> Iterator[Line]:
    ours = definitions[0].rate(answer.facts)
    for definition in definitions:
        rate = definition.rate(answer.facts)
        yield line(
            Sentence("{who}: {rate}", {"who": Sentence(definition.who), "rate": formats.percent(rate, t.locale, 2)}),
            Sentence(definition.says),
            _difference(definition, answer, same=rate == ours),
        )


def _difference(definition: Definition, answer: ReconcileAnswer, *, same: bool) -> Sentence | None:
    """Why the rate is another one than ours; None for ours, and for one that never differs."""
    if not definition.differs:
        return None
    if same:
        return Sentence("No difference in this period.")
    return Sentence(definition.differs, definition.counts(answer.facts))


def _past_due(answer: ReconcileAnswer) -> Paragraph:
    facts = answer.facts
    if not facts.past_due:
        return ()
    return (
        strong(Sentence("Past due")),
        line(
            plural(
                "MRR at closing is {mrr}; {count} customer who is past due pays {late} of it. It counts until the "
                "subscription ends, as it does for ChartMogul and Stripe.",
                "MRR at closing is {mrr}; {count} customers who are past due pay {late} of it. It counts until the "
                "subscription ends, as it does for ChartMogul and Stripe.",
                facts.past_due,
                mrr=Money(facts.revenue.closing, facts.revenue.currency),
                late=Money(facts.past_due_mrr, facts.revenue.currency),
            )
        ),
    )
