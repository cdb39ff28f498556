"""Money: whether the account pays, pays on time, pays less than it did, and how near its renewal is."""

from fractions import Fraction

from metrics.account_facts import AccountFacts, ContractionFacts, MoneyFacts
from metrics.judging import Factor
from metrics.scales import FULL, scale, share
from metrics.types import Reading, Sentence, msg, plural

FAILED = scale((0, 1000), (1, 400), (2, 150), (3, 0))
"""By invoices that failed and are not paid yet."""

OVERDUE = scale((0, 1000), (7, 900), (30, 500), (60, 100), (90, 0))
"""By days since the oldest unpaid invoice was due."""

CONTRACTION = scale((0, 1000), (100, 750), (300, 300), (500, 0))
"""By MRR lost to contraction in 90 days, in thousandths of what it was."""

RENEWAL = scale((-1, 600), (0, 750), (30, 850), (90, 1000))
"""By days until the renewal: a date that has passed without a new one is worst."""


_NO_INVOICES = MoneyFacts(0, 0, None, None, 0)
_NO_MRR = ContractionFacts(0, 0)


def money(facts: AccountFacts) -> Reading | None:
    """Failed payments × overdue days × contraction × nearness of the renewal, each from its scale.

    None where neither an invoice nor an MRR of 90 days ago is known: a renewal date alone says nothing about paying.
    None, too, where invoices no longer come in: whether they are paid is half of it.
    """
    paying, cut = facts.money or _NO_INVOICES, facts.contraction or _NO_MRR
    if "invoices" in facts.stopped or not (paying.invoices_365 or cut.mrr_before_90 or paying.failed_open):
        return None
    shrunk = _shrunk_permille(cut)
    unpaid = share(paying.failed_open, FAILED) * share(paying.overdue_days, OVERDUE) // FULL
    permille = unpaid * share(shrunk, CONTRACTION) // FULL
    if facts.renewal_on is not None:
        permille = permille * share((facts.renewal_on - facts.as_of).days, RENEWAL) // FULL
    return Reading(permille, _fact, (facts, paying, cut))


def _shrunk_permille(cut: ContractionFacts) -> int:
    """Contraction in thousandths of the MRR before; nothing can be said of an account that had none."""
    return FULL * cut.lost_90 // cut.mrr_before_90 if cut.mrr_before_90 else 0


def _fact(facts: AccountFacts, paying: MoneyFacts, cut: ContractionFacts) -> Sentence:
    """The worst that is known, in the order of what a CSM would ask about first."""
    if paying.failed_open:
        return plural("{count} failed payment is open", "{count} failed payments are open", paying.failed_open)
    if paying.overdue_days:
        return plural(
            "An invoice is overdue by {count} day", "An invoice is overdue by {count} days", paying.overdue_days
        )
    if cut.lost_90 and cut.mrr_before_90:
        return Sentence("MRR cut by {part} in 90 days", {"part": Fraction(cut.lost_90, cut.mrr_before_90)})
    if facts.renewal_on is None:
        return Sentence("Nothing failed or overdue, MRR not cut in 90 days")
    if facts.renewal_on < facts.as_of:
        return Sentence("Nothing failed or overdue; the renewal date, {day}, has passed", {"day": facts.renewal_on})
    return Sentence("Nothing failed or overdue; renews on {day}", {"day": facts.renewal_on})


FACTOR = Factor(
    id="money",
    title=msg("Money"),
    points=15,
    explanation=msg(
        "Starts with all points. A failed payment that is open leaves 40%; an invoice overdue by 30 days leaves "
        "half; MRR cut by 10% in 90 days leaves 75%; a renewal 30 days ahead leaves 85%, one that has passed 60%. "
        "What applies is multiplied."
    ),
    read=money,
    feed="invoices",
)
