"""Since when there is data: before its first day nothing is known, and a count of 0 would be no fact."""

from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from typing import Any, Final

from sqlalchemy import ColumnElement, func, select

from storage.prepared import Prepared
from storage.queries.tables import account, advocacy, campaign, contact, lead, mrr_movement, survey_response, ticket
from storage.session import Session

_FIRST: Final[Mapping[str, ColumnElement[Any]]] = {
    "accounts": account.c.onboarding_started_on,
    "advocacy": advocacy.c.day,
    "campaigns": campaign.c.day,
    "contacts": contact.c.started_on,
    "leads": lead.c.created_on,
    "subscriptions": mrr_movement.c.day,
    "survey_responses": survey_response.c.responded_at,
    "tickets": ticket.c.opened_at,
}
_first_days = Prepared(select(*(select(func.min(column)).scalar_subquery() for column in _FIRST.values())))


def first_days(db: Session, *, zone: tzinfo) -> Mapping[str, date]:
    """The first day in `zone` of each entity of the data contract that has any; of accounts, of their onboarding."""
    (row,) = _first_days.rows(db, {})
    return {
        entity: first.astimezone(zone).date() if isinstance(first, datetime) else first
        for entity, first in zip(_FIRST, row, strict=True)
        if first is not None
    }
