"""survey_trigger: how a company has set what asks by itself."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field

from storage.models.base import Table


class SurveyTrigger(Table, table=True):
    """One declared trigger (metrics.triggers): off until somebody switches it on."""

    __tablename__ = "survey_trigger"

    id: str = Field(max_length=50, primary_key=True)
    enabled: bool = False
    dials: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    """By name, where it is not the default."""
    segment: str | None = Field(default=None, max_length=100)
    """Of whom; None: of all."""
    changed_by: str | None = Field(default=None, max_length=32)
    looked_until: datetime
    """What happened before this moment has been looked at, or was before it was switched on."""
    since: datetime
    """When it was switched on or tuned last: what happened before is never asked about."""
    seen: list[str] = Field(sa_column=Column(JSON, nullable=False))
    """What had happened on that day by then, of what is known by the day alone."""
