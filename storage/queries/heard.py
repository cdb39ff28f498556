"""Single answers to surveys: whose they are, what they say, and whether they still stand."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select

from storage.queries.chunks import chunks
from storage.queries.survey_rows import RATED
from storage.queries.tables import account, contact, survey_response
from storage.session import Session

_s, _a, _c = survey_response.c, account.c, contact.c


class Heard(NamedTuple):
    """One answer with its account and its author."""

    id: int
    account_id: int
    account_key: str
    account_name: str
    segment: str | None
    contact_id: int | None
    who: str | None
    """What its author is called; None: nobody knows whose it is."""
    slack_user_id: str | None
    kind: str
    score: int | None
    choice: str | None
    comment: str | None
    language: str | None
    """The author's: as they answered, else as the contact's, else the account's."""
    responded_at: datetime
    voided_at: datetime | None


_heard: Select[Any] = (
    select(
        _s.id,
        _s.account_id,
        _a.key,
        _a.name,
        _a.segment,
        _s.contact_id,
        _c.name,
        func.coalesce(_c.slack_user_id, _s.responder),
        _s.kind,
        _s.score,
        _s.choice,
        _s.comment,
        func.coalesce(_s.language, _c.language, _a.language),
        _s.responded_at,
        _s.voided_at,
    )
    .join_from(survey_response, account, _a.id == _s.account_id)
    .join(contact, _c.id == _s.contact_id, isouter=True)
)


def heard(db: Session, response_ids: Collection[int]) -> dict[int, Heard]:
    """These answers by id, voided ones too; one that is no longer there is left out."""
    found = (db.execute(_heard.where(_s.id.in_(some))) for some in chunks(response_ids))
    return {row[0]: Heard._make(row) for rows in found for row in rows}


def last_of(db: Session, contact_id: int, kind: str | None = None) -> Heard | None:
    """The latest answer of somebody that counts, of a kind (None: of any); None if there is none."""
    of_kind = () if kind is None else (_s.kind == kind,)
    query = _heard.where(_s.contact_id == contact_id, RATED, *of_kind)
    row = db.execute(query.order_by(_s.responded_at.desc(), _s.id.desc()).limit(1)).first()
    return None if row is None else Heard._make(row)
