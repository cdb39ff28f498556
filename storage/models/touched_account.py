"""touched_account: accounts of which new data has come in since their signals were last looked at."""

from datetime import datetime

from sqlalchemy import Column, Integer
from sqlmodel import Field

from storage.models.base import Table


class TouchedAccount(Table, table=True):
    """One account that waits to be judged anew; written in the transaction that brings the data.

    The account 0 stands for all of them, so that a load of many need not name them: no foreign key.
    """

    __tablename__ = "touched_account"

    account_id: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    touched_at: datetime
