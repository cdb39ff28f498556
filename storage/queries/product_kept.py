"""Use of the product as it was counted ahead (see storage.product_use), read."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date

from sqlalchemy import String, bindparam, select

from metrics.facts import ProductTotals
from metrics.types import BookFilter
from storage.columns import Day
from storage.prepared import Prepared
from storage.queries.product_window import Window
from storage.queries.rollup import book_name
from storage.queries.tables import product_use
from storage.session import Session

_c = product_use.c
_KNOWN = frozenset(field.name for field in fields(ProductTotals))
"""What a version has counted that counts something else is not read: it will be counted anew."""
_sums = Prepared(
    select(_c.day, _c.sums).where(
        _c.book == bindparam("book", type_=String),
        _c.day >= bindparam("since", type_=Day),
        _c.day <= bindparam("until", type_=Day),
    )
)


def kept(db: Session, book: BookFilter, since: date, until: date) -> Mapping[date, ProductTotals]:
    """What is kept of the book's windows that end in these days, by their last day."""
    name = book_name(book)
    if name is None:
        return {}
    found = _sums.rows(db, {"book": name, "since": since, "until": until})
    return {day: ProductTotals(**sums) for day, sums in found if sums.keys() == _KNOWN}


def kept_of(db: Session, book: BookFilter, window: Window) -> ProductTotals | None:
    """What is kept of one window; None: it is still to be counted."""
    return kept(db, book, window.last, window.last).get(window.last)
