"""touched_account: accounts of which new data has come in since their signals were last looked at."""

from datetime import datetime

from sqlalchemy import Column, ForeignKey, Integer
from sqlmodel import Field

from storage.models.base import Table


class TouchedAccount(Table, table=True):
    """One account that waits to be judged anew; written in the transaction that brings the data."""

    __tablename__ = "touched_account"

    account_id: int = Field(sa_column=Column(Integer, ForeignKey("account.id"), primary_key=True))
    touched_at: datetime
