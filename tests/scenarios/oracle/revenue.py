"""Recurring revenue and customers: sums over the turns of accounts, converted afresh for each report."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction

from tests.scenarios.oracle.asked import Convert
from tests.scenarios.oracle.files import Value
from tests.scenarios.oracle.ledger import Account, Money, Turn


class Sums(Counter[str]):
    """What a report adds up, by name."""

    def over(self, accounts: Iterable[Account], start: date, end: date, convert: Convert) -> "Sums":
        """Everything of these accounts in a period."""
        for account in accounts:
            self._ends(account, start, end, convert)
            for turn in account.turns:
                if start <= turn.day < end:
                    self._turn(turn, convert)
        return self

    def _ends(self, account: Account, start: date, end: date, convert: Convert) -> None:
        """Where the account stands on the evening before the period, and on its last evening."""
        was, now = account.at_end_of(start - timedelta(days=1)), account.at_end_of(end - timedelta(days=1))
        opening, closing = worth(was, convert), worth(now, convert)
        self["opening"] += opening
        self["closing"] += closing
        self["customers at opening"] += bool(was)
        self["customers at closing"] += bool(now)
        if was:
            self["retained"] += closing
            self["kept"] += min(opening, closing)
            self["lost"] += not now
        else:
            self["won"] += bool(now)

    def _turn(self, turn: Turn, convert: Convert) -> None:
        changes = {
            currency: convert(turn.after.get(currency, 0), currency) - convert(turn.before.get(currency, 0), currency)
            for currency in {*turn.before, *turn.after}
        }
        change = sum(changes.values())
        kind = ("expansion" if change > 0 else "contraction") if turn.kind == "moved" else turn.kind
        self[kind] += abs(change)
        for currency, cause in turn.causes.items():
            self[f"{kind} by {cause}"] += abs(changes[currency])


def worth(money: Money, convert: Convert) -> int:
    """What that is in the company's currency."""
    return sum(convert(minor, currency) for currency, minor in money.items())


def figures(sums: Mapping[str, int], start: date, end: date) -> dict[str, Value]:
    """The figures as metrics.md defines them."""

    def of(name: str) -> int:
        return sums.get(name, 0)

    def over_opening(amount: int) -> Value:
        return Fraction(amount, of("opening")) if of("opening") else None

    new, reactivation, expansion = of("new"), of("reactivation"), of("expansion")
    contraction, churn = of("contraction"), of("churn")
    there, left = of("customers at opening"), of("lost")
    mean = Fraction(there + of("customers at closing"), 2)
    months = (end.year - start.year) * 12 + end.month - start.month
    makes_a_year = start.day == end.day == 1 and 12 % months == 0
    assert of("closing") == of("opening") + new + expansion + reactivation - contraction - churn
    logo_churn = Fraction(left, there) if there else None
    return {
        "opening_mrr": of("opening"),
        "mrr": of("closing"),
        "arr": 12 * of("closing"),
        "new_mrr": new,
        "expansion_mrr": expansion,
        "reactivation_mrr": reactivation,
        "contraction_mrr": contraction,
        "churned_mrr": churn,
        "net_new_mrr": of("closing") - of("opening"),
        "mrr_growth": over_opening(of("closing")),
        "expansion_rate": over_opening(expansion),
        "cross_sell_mrr": of("expansion by cross_sell"),
        "upsell_mrr": expansion - of("expansion by cross_sell"),
        "gross_mrr_churn": over_opening(churn + contraction),
        "mrr_churn": over_opening(churn),
        "net_mrr_churn": over_opening(churn + contraction - expansion - reactivation),
        "involuntary_mrr_churn": over_opening(of("churn by payment_failure")),
        "quick_ratio": Fraction(new + expansion + reactivation, contraction + churn) if contraction + churn else None,
        "nrr": over_opening(of("retained")),
        "grr": over_opening(of("kept")),
        "customers": of("customers at closing"),
        "new_customers": of("won"),
        "lost_customers": left,
        "logo_churn": logo_churn,
        "adjusted_logo_churn": left / mean if mean else None,
        "annualised_logo_churn": 1 - (1 - logo_churn) ** (12 // months)
        if makes_a_year and logo_churn is not None
        else None,
        "retention_rate": None if logo_churn is None else Fraction(there - left, there),
        "arpa": Fraction(of("closing"), of("customers at closing")) if of("customers at closing") else None,
    }


def portfolio_growth(sums: Mapping[str, int]) -> int:
    """What a book gained by its own customers less what it lost: nothing of it is counted twice."""
    return sums["expansion"] + sums["reactivation"] - sums["contraction"] - sums["churn"]
