"""anonymous_answer: what somebody answered in an anonymous wave; nothing leads from here to a person or an account."""

from datetime import date, datetime

from sqlmodel import Field

from storage.models.base import Table


class AnonymousAnswer(Table, table=True):
    """One answer; its order of arrival is not kept: the key is the mark."""

    __tablename__ = "anonymous_answer"
    __table_args__ = ({"sqlite_with_rowid": False},)

    wave_id: int = Field(foreign_key="survey_wave.id", primary_key=True)
    mark: str = Field(max_length=64, primary_key=True)
    """One way, made with the wave's secret: the same person's second answer takes the place of the first."""
    kind: str = Field(max_length=20)
    score: int | None = None
    choice: str | None = Field(default=None, max_length=50)
    comment: str | None = Field(default=None, max_length=10000)
    day: date
    """No moment, which would tell who it was; when the wave is over, the day on which it began."""
    segment: str | None = Field(default=None, max_length=100)
    language: str | None = Field(default=None, max_length=5)
    voided_at: datetime | None = None
    voided_by: str | None = Field(default=None, max_length=32)
    void_reason: str | None = Field(default=None, max_length=300)
    """It is in no figure where there is one."""
