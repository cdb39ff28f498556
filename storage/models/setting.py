"""setting: what the store remembers about itself, such as the grace days its ledger was built with."""

from sqlmodel import Field

from storage.models.base import Table


class Setting(Table, table=True):
    """One named value as text."""

    __tablename__ = "setting"

    name: str = Field(max_length=100, primary_key=True)
    value: str = Field(max_length=1000)
