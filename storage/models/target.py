"""target: what somebody means to reach."""

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from storage.models.base import Table


class Target(Table, table=True):
    """A target of one CSM or of the `team`; the number is kept as the decimal text that came in."""

    __tablename__ = "target"
    __table_args__ = (CheckConstraint("length(csm_email) > 0", name="csm_email"),)

    csm_email: str = Field(max_length=320, primary_key=True)
    metric: str = Field(max_length=50, primary_key=True)
    period: str = Field(max_length=10, primary_key=True)
    target: str = Field(max_length=40)
