"""The company of a folder of files, and every figure of it, from the definitions alone: no code of the product."""

from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, Final

from tests.scenarios.oracle import (
    health,
    onboarding,
    points,
    product,
    programmes,
    renewals,
    revenue,
    service,
    value,
    voice,
)
from tests.scenarios.oracle.asked import Asked, Convert
from tests.scenarios.oracle.files import DECIMALS, HOME, Record, Value, records, texts
from tests.scenarios.oracle.ledger import Account, paid_row

KEPT: Final = ("snapshots", "survey_waves", "asks", "slack_answers", "anonymous_answers", "voided")
"""What no importer brings: the bot comes by it itself."""


class World:
    """What the files say. Whoever computes from it gets records by the name of their file."""

    def __init__(self, folder: Path, *, grace_days: int = 0, gross_margin: Fraction = Fraction(1)) -> None:
        self.gross_margin = gross_margin
        self._rates: defaultdict[str, list[tuple[date, Fraction]]] = defaultdict(list)
        for rate in texts(folder / "fx_rates.csv"):
            self._rates[rate["currency"]].append((date.fromisoformat(rate["day"]), Fraction(rate["rate"])))
        self._folder = folder
        self._files: dict[str, list[Record]] = {}
        self.waves = [records(path) for path in sorted(folder.glob("accounts*.csv"))]
        """Accounts as they were told one time after the other."""
        self.details: defaultdict[str, dict[str, Any]] = defaultdict(dict)
        """What is known of each account in the end."""
        for row in (row for wave in self.waves for row in wave):
            self.details[row["account_id"]].update(row)
        self.accounts = {
            key: Account(_folded(known.get("segment")), _folded(known.get("csm_email")))
            for key, known in self.details.items()
        }
        for line in texts(folder / "subscriptions.csv"):
            account = self.accounts[line["account_id"]]
            account.plans.add(_folded(line["plan"]))
            if (paid := paid_row(line)) is not None:
                account.rows.append(paid)
        for account in self.accounts.values():
            account.settle(grace_days)

    def __getitem__(self, entity: str) -> list[Record]:
        """The rows of a file."""
        if entity not in self._files:
            folder = self._folder / "kept" if entity in KEPT else self._folder
            self._files[entity] = records(folder / f"{entity}.csv")
        return self._files[entity]

    def asked(
        self,
        start: date,
        end: date,
        *,
        rates_of: date | None = None,
        segment: str | None = None,
        csm: str | None = None,
        plan: str | None = None,
    ) -> Asked:
        """A question; a segment, CSM or plan of "" means the accounts without one.

        Rates are those of the last day, or of `rates_of`.
        """
        chosen = frozenset(
            key
            for key, account in self.accounts.items()
            if (segment is None or account.segment == _folded(segment))
            and (csm is None or account.csm == _folded(csm))
            and (plan is None or (_folded(plan) in account.plans if plan else not account.plans))
        )
        convert = self._convert(rates_of or end - timedelta(days=1))
        return Asked(start, end, chosen, (segment, csm, plan) == (None, None, None), convert)

    def sums(self, asked: Asked) -> revenue.Sums:
        """What the asked accounts paid."""
        accounts = (self.accounts[key] for key in asked.accounts)
        return revenue.Sums().over(accounts, asked.start, asked.end, asked.convert)

    def revenue(self, asked: Asked) -> dict[str, Value]:
        """The figures of recurring revenue and customers."""
        return revenue.figures(self.sums(asked), asked.start, asked.end)

    def figures(self, asked: Asked) -> dict[str, Value]:
        """Every figure, by id."""
        sums = self.sums(asked)
        year = self.revenue(asked.since(asked.end.replace(year=asked.end.year - 1)))
        return {
            **revenue.figures(sums, asked.start, asked.end),
            "portfolio_growth": revenue.portfolio_growth(sums),
            "nrr_12m": year["nrr"],
            "grr_12m": year["grr"],
            **value.figures(self, asked, sums),
            **renewals.figures(self, asked),
            **points.figures(self, asked),
            **voice.figures(self, asked),
            **product.figures(self, asked),
            **onboarding.figures(self, asked),
            **service.figures(self, asked, sums),
            **programmes.figures(self, asked),
            **health.figures(self, asked),
        }

    def paid_on(self, asked: Asked, day: date) -> dict[str, int]:
        """The customers among the asked accounts on the evening of a day, with what they pay."""
        evening = ((key, self.accounts[key].at_end_of(day)) for key in asked.accounts)
        return {key: revenue.worth(money, asked.convert) for key, money in evening if money}

    def _convert(self, day: date) -> Convert:
        """At the last rates known on or before the day, to the nearest minor unit, a half to the even one."""

        @cache
        def rate(currency: str) -> Fraction:
            return max(known for known in self._rates[currency] if known[0] <= day)[1]

        @cache
        def convert(minor: int, currency: str) -> int:
            if currency == HOME:
                return minor
            return round(Fraction(minor * 100, 10 ** DECIMALS[currency]) * rate(currency))

        return convert


def _folded(name: object) -> str:
    return str(name or "").casefold()
