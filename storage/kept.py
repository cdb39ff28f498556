"""Which sums of the roll-up there are, and how they are called."""

from collections.abc import Callable
from fractions import Fraction
from functools import cache, partial
from typing import Final, NamedTuple

from metrics.money import Rates, convert

MIXED: Final = ""
"""Stands for the currency of accounts that have several."""


EVERYBODY: Final = ""
"""The book of the whole company."""


def book_of_segment(segment: str) -> str:
    """The name of a segment's book; upper and lower case are the same, as they are to whoever asks."""
    return f"segment {segment.strip().casefold()}"


def book_of_csm(csm_email: str) -> str:
    """The name of a CSM's book."""
    return f"csm {csm_email.strip().casefold()}"


def books_of(segment: str | None, csm_email: str | None) -> tuple[str, ...]:
    """The books that an account is in."""
    named = (segment and book_of_segment(segment), csm_email and book_of_csm(csm_email))
    return (EVERYBODY, *(book for book in named if book))


class Kept(NamedTuple):
    """The sums of one currency at one rate: "" as they are, "EUR 271/250" in another currency."""

    currency: str
    rate: str

    @property
    def worth(self) -> Callable[[int], int]:
        """Converts minor units of the currency into those of the sums."""
        if not self.rate:
            return int
        home, _, rate = self.rate.partition(" ")
        return cache(partial(_converted, rate=Fraction(rate), currency=self.currency, home=home))


def kept_at(currency: str, rates: Rates) -> Kept | None:
    """Under which name the sums of `currency` at these rates are kept; None where the rate is not known."""
    if currency == rates.home:
        return Kept(currency, "")
    rate = rates.rates.get(currency)
    return None if rate is None else Kept(currency, f"{rates.home} {rate}")


def _converted(minor: int, *, rate: Fraction, currency: str, home: str) -> int:
    return convert(minor, rate, currency, home)
