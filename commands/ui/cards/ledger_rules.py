"""Who is a customer on which day, as this company has decided it."""

from collections.abc import Iterator

from commands.core.reply import Block
from commands.core.request import Translator
from commands.ui.cards.paragraphs import as_section, line
from metrics.types import ChurnDate, LedgerRules, Sentence, plural


def decided(rules: LedgerRules) -> tuple[Sentence, ...]:
    """Each rule, with the setting that decides it."""
    if rules.churn_date is ChurnDate.SERVICE_END:
        churn = Sentence(
            "A customer churns on the day the last paid subscription ends, not on that of notice (LATIDO_CHURN_DATE)."
        )
    else:
        churn = Sentence("A customer churns on the day of notice, before the subscription ends (LATIDO_CHURN_DATE).")
    grace = plural(
        "A gap of at most {count} day is no churn (LATIDO_CHURN_GRACE_DAYS).",
        "A gap of at most {count} days is no churn (LATIDO_CHURN_GRACE_DAYS).",
        rules.grace_days,
    )
    return churn, grace, _past_due(rules.past_due_days)


def _past_due(days: int | None) -> Sentence:
    if days is None:
        return Sentence("Past-due customers count until their subscription ends (LATIDO_PAST_DUE_DAYS).")
    return plural(
        "A customer with an invoice unpaid for over {count} day after it was due counts as lost until it is paid "
        "(LATIDO_PAST_DUE_DAYS).",
        "A customer with an invoice unpaid for over {count} days after it was due counts as lost until it is paid "
        "(LATIDO_PAST_DUE_DAYS).",
        days,
    )


def unusual(rules: LedgerRules) -> Iterator[Sentence]:
    """The rules that are other ones than by default, briefly: what an answer that rests on them says."""
    if rules.churn_date is ChurnDate.CANCELLATION:
        yield Sentence("Churn counts on the day of notice.")
    if rules.grace_days:
        yield plural(
            "A gap of at most {count} day is no churn.",
            "A gap of at most {count} days is no churn.",
            rules.grace_days,
        )
    if rules.past_due_days is not None:
        yield plural(
            "Customers unpaid for over {count} day are not counted.",
            "Customers unpaid for over {count} days are not counted.",
            rules.past_due_days,
        )


def unusual_sections(rules: LedgerRules, t: Translator) -> tuple[Block, ...]:
    """The same as part of an explanation; nothing where all is as by default."""
    lines = tuple(line(sentence) for sentence in unusual(rules))
    return (as_section(t, lines),) if lines else ()
