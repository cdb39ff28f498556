"""alert_place: the messages in which an alert stands; one message may tell of many."""

from sqlalchemy import Column, ForeignKey, Integer
from sqlmodel import Field

from storage.models.base import Table


class AlertPlace(Table, table=True):
    """One alert in one message of the outbox, which is edited as the alert changes."""

    __tablename__ = "alert_place"
    __table_args__ = ({"sqlite_with_rowid": False},)

    alert_id: int = Field(sa_column=Column(Integer, ForeignKey("alert.id"), primary_key=True))
    outbox_id: int = Field(sa_column=Column(Integer, ForeignKey("outbox.id"), primary_key=True, index=True))
