"""Exchange rates as they were known on a day."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from sqlalchemy import and_, bindparam, func, select

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


def rates_on(db: Session, day: date, *, home: str) -> Rates:
    """For each currency the last rate known on or before `day`, into the company's currency `home`."""
    found = _rates.rows(db, {"day": day, "home": home})
    rates: Mapping[str, Fraction] = {currency: Fraction(rate) for currency, rate in found}
    return Rates(home, MappingProxyType(rates), day)
