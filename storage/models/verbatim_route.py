"""verbatim_route: which comments flow to which channel."""

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from storage.models.base import Table


class VerbatimRoute(Table, table=True):
    """One line: comments beside answers of a kind, of scores between two, of a segment; None: any."""

    __tablename__ = "verbatim_route"
    __table_args__ = (CheckConstraint("length(channel_id) > 0", name="channel_id"),)

    id: int | None = Field(default=None, primary_key=True)
    channel_id: str = Field(max_length=32)
    kind: str | None = Field(default=None, max_length=20)
    lowest: int | None = None
    highest: int | None = None
    segment: str | None = Field(default=None, max_length=100)
    owner: str = Field(max_length=32)
