"""data_load: what came in when, so that every answer can say how fresh its data is."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from storage.models.base import Table


class DataLoad(Table, table=True):
    """The last load of an entity that brought at least one good row."""

    __tablename__ = "data_load"
    __table_args__ = (CheckConstraint("length(entity) > 0", name="entity"),)

    entity: str = Field(max_length=50, primary_key=True)
    loaded_at: datetime
