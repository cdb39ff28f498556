"""processed_event: what Slack has told us already, so that a retry or a double click does nothing twice."""

from datetime import datetime

from sqlmodel import Field

from storage.models.base import Table


class ProcessedEvent(Table, table=True):
    """Written in the same transaction as the effect; old rows may be deleted after a day."""

    __tablename__ = "processed_event"

    key: str = Field(max_length=255, primary_key=True)
    processed_at: datetime = Field(index=True)
