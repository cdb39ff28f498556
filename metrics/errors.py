"""What can go wrong while figures are computed.

MetricError                 base of all below
├── CurrencyMismatch        two currencies were added or compared
├── MissingRate             no exchange rate is known on or before the day a report needs one
├── UnknownCurrency         a code that ISO 4217 does not list
├── BadAmount               text that is no amount of money in that currency
└── BadDeclaration          a plug-in module does not declare what its folder promises
"""

from datetime import date


class MetricError(Exception):
    """Anything that stops a figure from being computed."""


class CurrencyMismatch(MetricError):
    """Two amounts in different currencies met where only one currency makes sense."""


class UnknownCurrency(MetricError):
    """A currency code that ISO 4217 does not list."""


class BadAmount(MetricError):
    """Text that is no amount of money in its currency."""


class MissingRate(MetricError):
    """No exchange rate is known for `currency` on or before `day`."""

    def __init__(self, currency: str, day: date) -> None:
        super().__init__(f"no exchange rate for {currency} on or before {day.isoformat()}; bring one in fx_rates.csv")
        self.currency = currency
        self.day = day


class BadDeclaration(MetricError):
    """A plug-in module does not declare the constant that its folder promises."""


class BadTimetable(MetricError):
    """A rule for when something happens that means nothing."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"{text!r} is no timetable: expected names of days and a time such as 'mon 09:00', 'mon-fri 08:30', "
            "'day 1 09:00' or 'last day 18:00'"
        )
        self.text = text
