"""kept_facts: what figures of the whole company are computed from, kept because it takes long to read."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field

from storage.columns import Day
from storage.models.base import Table


class KeptFacts(Table, table=True):
    """The facts of one kind in one period, as one way of asking has them; see storage.kept_facts."""

    __tablename__ = "kept_facts"

    kind: str = Field(max_length=50, primary_key=True)
    start: date = Field(sa_column=Column(Day, primary_key=True))
    until: date = Field(sa_column=Column(Day, primary_key=True))
    """The day after the period's last."""
    asked: str = Field(max_length=64, primary_key=True)
    """Stands for the rates and definitions that they were read with."""
    rests_on: str = Field(max_length=200)
    """The tables that they were read from, each between spaces."""
    mark: str | None = Field(default=None, max_length=32)
    """Of whoever is reading them; None: they are there."""
    facts: Any = Field(sa_column=Column(JSON, nullable=True))
    """As storage.facts_json writes them; None: they are being read, or cannot be."""
