"""saved_list: contacts that somebody has put together to ask them."""

from datetime import datetime

from sqlmodel import Field

from storage.models.base import Table


class SavedList(Table, table=True):
    """One list; its contacts are in saved_contact."""

    __tablename__ = "saved_list"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=100, unique=True)
    owner: str = Field(max_length=32)
    changed_at: datetime
