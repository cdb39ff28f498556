"""product_use: what a book's accounts did in the product in 28 days, kept because it takes long to count."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field

from storage.columns import Day
from storage.models.base import Table


class ProductUse(Table, table=True):
    """The sums of one book (as storage.kept names it) for the window that ends with `day`; see storage.product_use."""

    __tablename__ = "product_use"
    __table_args__ = ({"sqlite_with_rowid": False},)

    book: str = Field(max_length=300, primary_key=True)
    day: date = Field(sa_column=Column(Day, primary_key=True))
    sums: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
