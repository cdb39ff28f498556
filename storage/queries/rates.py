"""Exchange rates as they were known on a day."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from sqlalchemy import and_, bindparam, func, select

from metrics.errors import MissingRate
from metrics.money import Rates
from storage.prepared import Prepared
from storage.queries.tables import fx_rate
from storage.session import Session

_latest = (
    select(fx_rate.c.currency, func.max(fx_rate.c.day).label("day"))
    .where(fx_rate.c.day <= bindparam("day"), fx_rate.c.currency != bindparam("home"))
    .group_by(fx_rate.c.currency)
    .subquery()
)
_rates = Prepared(
    select(fx_rate.c.currency, fx_rate.c.rate).join(
        _latest, and_(fx_rate.c.currency == _latest.c.currency, fx_rate.c.day == _latest.c.day)
    )
)
_currencies = Prepared(select(fx_rate.c.currency).distinct().order_by(fx_rate.c.currency))


def rates_on(db: Session, day: date, *, home: str, shown: str | None = None) -> Rates:
    """For each currency the last rate known on or before `day`, into `shown`; None: the company's currency `home`.

    Rates come in as units of `home`; into another currency they are the quotient of two of them, exactly. MissingRate
    where `shown` itself has no rate.
    """
    found = {str(currency): Fraction(rate) for currency, rate in _rates.rows(db, {"day": day, "home": home})}
    if shown is None or shown == home:
        return Rates(home, MappingProxyType(found), day)
    if shown not in found:
        raise MissingRate(shown, day)
    into = found.pop(shown)
    rates: Mapping[str, Fraction] = {home: 1 / into} | {currency: rate / into for currency, rate in found.items()}
    return Rates(shown, MappingProxyType(rates), day, company=home)


def rates_like(db: Session, day: date, rates: Rates) -> Rates:
    """Rates into the same currency as `rates`, as they were known on another day."""
    return rates_on(db, day, home=rates.own, shown=rates.home)


def currencies(db: Session, home: str) -> tuple[str, ...]:
    """The currencies that amounts can be shown in: the company's first, then those that have ever had a rate."""
    return (home, *(str(code) for (code,) in _currencies.rows(db, {}) if code != home))
