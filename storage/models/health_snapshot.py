"""health_snapshot: an account's health score on a day, with what each factor said."""

from datetime import date

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Index, Integer
from sqlmodel import Field

from storage.columns import Day
from storage.models.base import Table


class HealthSnapshot(Table, table=True):
    """One score a day and account; `permille` maps factor ids to their share in thousandths (see HealthPoint)."""

    __tablename__ = "health_snapshot"
    __table_args__ = (
        CheckConstraint("score BETWEEN 1 AND 100", name="score"),
        CheckConstraint("band IN ('good', 'average', 'poor')", name="band"),
        CheckConstraint("coverage_permille BETWEEN 0 AND 1000", name="coverage_permille"),
        Index("ix_health_snapshot_day", "day", "account_id", "score", "band"),
        {"sqlite_with_rowid": False},
    )

    account_id: int = Field(sa_column=Column(Integer, ForeignKey("account.id"), primary_key=True))
    day: date = Field(sa_column=Column(Day, primary_key=True))
    score: int | None = None
    band: str | None = Field(default=None, max_length=10)
    coverage_permille: int
    permille: dict[str, int] = Field(sa_column=Column(JSON, nullable=False))
