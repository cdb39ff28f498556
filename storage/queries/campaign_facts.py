"""What accounts did with the campaigns they were sent, up to a day."""

from sqlalchemy import and_, case, func, select

from metrics.account_facts import CampaignFacts
from storage.queries.asking import AS_OF, BEFORE, Asked, question
from storage.queries.tables import campaign
from storage.session import Session

_c = campaign.c
_now = _c.day > BEFORE[90]
_opened = _c.opened > 0

_campaigns = question(
    select(
        _c.account_id,
        func.count(case((and_(_now, _c.sent > 0), 1))),
        func.count(case((and_(_now, _opened), 1))),
        func.count(case((and_(_c.day <= BEFORE[90], _opened), 1))),
        func.max(case((_opened, _c.day))),
    )
    .where(_c.account_id.is_not(None), _c.day > BEFORE[365], _c.day <= AS_OF, _c.opened.is_not(None))
    .group_by(_c.account_id),
    _c.account_id,
)


def campaigns(db: Session, asked: Asked) -> dict[int, CampaignFacts]:
    """By account that was sent something in the 365 days of which openings are counted, what it did with it."""
    return {row[0]: CampaignFacts._make(row[1:]) for row in _campaigns.ask(db, asked)}
