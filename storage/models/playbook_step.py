"""playbook_step: one line of a checklist at work."""

from datetime import date, datetime

from sqlalchemy import Column, ForeignKey, Integer
from sqlmodel import Field

from storage.models.base import Table


class PlaybookStep(Table, table=True):
    """One step of a run, as it read when the run began."""

    __tablename__ = "playbook_step"
    __table_args__ = ({"sqlite_with_rowid": False},)

    run_id: int = Field(sa_column=Column(Integer, ForeignKey("playbook_run.id"), primary_key=True))
    position: int = Field(sa_column=Column(Integer, primary_key=True))
    text: str = Field(max_length=500)
    due_on: date | None = None
    done_by: str | None = Field(default=None, max_length=32)
    done_at: datetime | None = None
