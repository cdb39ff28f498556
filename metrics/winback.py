"""Win-back: why an account left, how likely it comes back for that, and what to say to it.

The chances are an estimate of our own, there to put the list in order: whoever left for a card that expired did not
want to leave.
"""

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction
from typing import Final

from metrics.types import Cause, msg


class Reason(StrEnum):
    """Why an account left, as far as its cause and detail tell."""

    PAYMENT = "payment"
    PRICE = "price"
    MISSING = "missing"
    SERVICE = "service"
    COMPETITOR = "competitor"
    NO_NEED = "no_need"
    OTHER = "other"
    CLOSED = "closed"
    """Their business is no more: lost for good."""


TITLES: Final[Mapping[Reason, str]] = {
    Reason.PAYMENT: msg("payment failed"),
    Reason.PRICE: msg("price"),
    Reason.MISSING: msg("something was missing"),
    Reason.SERVICE: msg("service or quality"),
    Reason.COMPETITOR: msg("another tool"),
    Reason.NO_NEED: msg("no need any more"),
    Reason.OTHER: msg("reason unknown"),
    Reason.CLOSED: msg("business closed"),
}

CHANCES: Final[Mapping[Reason, Fraction]] = {
    Reason.PAYMENT: Fraction(50, 100),
    Reason.PRICE: Fraction(20, 100),
    Reason.MISSING: Fraction(20, 100),
    Reason.SERVICE: Fraction(15, 100),
    Reason.COMPETITOR: Fraction(10, 100),
    Reason.NO_NEED: Fraction(5, 100),
    Reason.OTHER: Fraction(10, 100),
    Reason.CLOSED: Fraction(0),
}

ADVICE: Final[Mapping[Reason, str]] = {
    Reason.PAYMENT: msg("They did not want to leave: send a link to pay, and say that all is as they left it."),
    Reason.PRICE: msg("Offer a smaller plan or a year at a lower price, with what they used most."),
    Reason.MISSING: msg("Tell them what has been built since, and offer to show it with their own data."),
    Reason.SERVICE: msg("Say what went wrong and what has changed, and give them a person to call."),
    Reason.COMPETITOR: msg("Ask how the other tool does when its first term ends, and offer to move their data back."),
    Reason.NO_NEED: msg("Ask who else there could use it, and keep in touch once a quarter."),
    Reason.OTHER: msg("Ask why they left, in one short question, before offering anything."),
    Reason.CLOSED: msg("Leave them in peace."),
}

_WORDS: Final[tuple[tuple[Reason, tuple[str, ...]], ...]] = (
    (
        Reason.CLOSED,
        (
            *("company closed", "closed down", "closed its", "closed their", "business closed", "closed business"),
            *("shut down", "out of business", "bankrupt", "insolven", "liquidat", "ceased", "dissolved", "acquired"),
            *("merge", "empresa cerr", "cierre", "quiebra", "liquidaci", "fusión", "банкрот", "закрыл", "ликвид"),
        ),
    ),
    (Reason.PRICE, ("price", "pricing", "expensive", "cheap", "budget", "cost", "precio", "presupuesto", "muy caro",
                    "demasiado caro", "barat", "цен", "дорог", "дешевл", "бюджет")),
    (Reason.MISSING, ("missing", "feature", "integration", "lack", "falta", "funci", "integraci", "функц", "интеграц",
                      "не хватает")),
    (Reason.SERVICE, ("support", "service", "bug", "slow", "outage", "quality", "soporte", "servicio", "lent",
                      "поддержк", "ошибк", "медленн", "качеств")),
    (Reason.COMPETITOR, ("competitor", "another tool", "other tool", "switched", "moved to", "went to", "competencia",
                         "otra herramienta", "конкурент", "перешл", "другой")),
    (Reason.NO_NEED, ("no longer need", "not need", "no need", "unused", "project ended", "ya no", "не нужн",
                      "не пользу")),
)  # fmt: skip
"""What a detail says, in the three languages; the first that is found decides."""


OF_CHOICE: Final[Mapping[str, Reason]] = {
    "price": Reason.PRICE,
    "missing": Reason.MISSING,
    "quality": Reason.SERVICE,
    "effort": Reason.SERVICE,
    "support": Reason.SERVICE,
    "competitor": Reason.COMPETITOR,
    "no_need": Reason.NO_NEED,
}
"""What somebody chose who was asked why the account left: the options of metrics.surveys.exit but for `other`."""


def reason_of(
    cause: Cause | None, detail: str | None, *, choice: str | None = None, words: str | None = None
) -> Reason:
    """Why an account left: by its data; where that says nothing, by what was told when somebody was asked.

    >>> reason_of(Cause.VOLUNTARY, "Went to a cheaper tool", choice="missing")
    <Reason.PRICE: 'price'>
    >>> reason_of(Cause.PAYMENT_FAILURE, "card expired")
    <Reason.PAYMENT: 'payment'>
    >>> reason_of(None, None, choice="other", words="Too expensive for us")
    <Reason.PRICE: 'price'>
    """
    found = _said(detail)
    if cause is Cause.PAYMENT_FAILURE and found is not Reason.CLOSED:
        return Reason.PAYMENT
    if found is Reason.OTHER:
        return OF_CHOICE.get(choice or "") or _said(words)
    return found


def _said(text: str | None) -> Reason:
    said = (text or "").casefold()
    return next((reason for reason, words in _WORDS if any(word in said for word in words)), Reason.OTHER)


def worth(lost: int, reason: Reason) -> Fraction:
    """What is to be expected of winning an account back: the MRR that was lost × the chance; by it they are ordered."""
    return lost * CHANCES[reason]
