"""Who looks after which account."""

from collections.abc import Mapping

from sqlalchemy import select

from storage.prepared import Prepared
from storage.queries.tables import account
from storage.session import Session

_csms = Prepared(select(account.c.id, account.c.csm_email).where(account.c.csm_email.is_not(None)))


def csms_of(db: Session) -> Mapping[int, str]:
    """The address of each account's CSM, by the account's id; accounts without a CSM are left out."""
    return dict(_csms.rows(db, {}))
