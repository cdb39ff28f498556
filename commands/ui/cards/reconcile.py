"""The card of /mrr reconcile: the same period under other definitions, the difference explained line by line."""

from collections.abc import Iterable, Iterator

from commands.core.reconcile_question import ReconcileAnswer
from commands.core.reply import Reply
from commands.core.request import Translator
from commands.ui import formats
from commands.ui.blocks import context
from commands.ui.cards.freshness import revenue_as_of
from commands.ui.cards.paragraphs import Line, Paragraph, as_section, line, plain_text, strong
from commands.ui.cards.words import book_name, period_name
from metrics.reconcile import LOGO, NET, Definition
from metrics.types import Money, Sentence, Value


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


def _lines(definitions: Iterable[Definition], answer: ReconcileAnswer, t: Translator) -> Iterator[Line]:
    for definition in definitions:
        rate = formats.percent(definition.rate(answer.facts), t.locale, 2)
        yield line(
            Sentence("{who}: {rate}", {"who": Sentence(definition.who), "rate": rate}),
            Sentence(definition.says),
            Sentence(definition.differs, definition.counts(answer.facts)) if definition.differs else None,
        )


def _past_due(answer: ReconcileAnswer) -> Paragraph:
    facts = answer.facts
    if not facts.past_due:
        return ()
    amounts: dict[str, Value] = {
        "mrr": Money(facts.revenue.closing, facts.revenue.currency),
        "late": Money(facts.past_due_mrr, facts.revenue.currency),
        "count": facts.past_due,
    }
    return (
        strong(Sentence("Past due")),
        line(
            Sentence(
                "MRR at closing is {mrr}; {count} customers whose payment is past due pay {late} of it. It counts "
                "until the subscription ends, as it does for ChartMogul and Stripe.",
                amounts,
            )
        ),
    )
