"""Exchange rates for an answer, and what people are told where one is missing."""

from collections.abc import Iterator
from contextlib import contextmanager

from commands.core.errors import UserError
from metrics.errors import MissingRate
from metrics.types import Sentence


@contextmanager
def rates_needed() -> Iterator[None]:
    """Around figures that convert currencies: a missing rate becomes a sentence that says which and how to mend it."""
    try:
        yield
    except MissingRate as missing:
        raise UserError(
            Sentence(
                "I have no exchange rate for {currency} on or before {day}, and I will not guess one. "
                "Add it to fx_rates.csv, run `latido import fx_rates.csv` and ask again.",
                {"currency": missing.currency, "day": missing.day},
            )
        ) from missing
