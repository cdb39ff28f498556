"""What accounts did with the campaigns they were sent, up to a day."""

from datetime import date

from sqlalchemy import BindParameter, ColumnElement, and_, case, func, select

from metrics.account_facts import CampaignFacts
from storage.queries.asking import AS_OF, BEFORE, Asked, Question, question
from storage.queries.tables import account, campaign
from storage.session import Session

_c = campaign.c
_opened = _c.opened > 0


def _mailed(after: BindParameter[date], until: BindParameter[date], *what: ColumnElement[int]) -> Question:
    """The days after a day and until another on which accounts were sent something, how many they opened it on, `what`.

    And which of those was the last.
    """
    during = and_(_c.account_id == account.c.id, _c.day > after, _c.day <= until, _c.opened.is_not(None))
    return question(
        select(
            account.c.id,
            func.count(case((_opened, 1))),
            func.max(case((_opened, _c.day))),
            *what,
        )
        .join_from(account, campaign, during)
        .group_by(account.c.id),
        account.c.id,
        _c.account_id,
    )


_lately = _mailed(BEFORE[90], AS_OF, func.count(case((_c.sent > 0, 1))))
_before = _mailed(BEFORE[365], BEFORE[90])


def campaigns(db: Session, asked: Asked) -> dict[int, CampaignFacts]:
    """By account that was sent something in the 365 days of which openings are counted, what it did with it."""
    lately = {row[0]: row for row in _lately.ask(db, asked)}
    before = {row[0]: row for row in _before.ask(db, asked)}
    found = {}
    for account_id in lately.keys() | before.keys():
        _, opened, last, sent = lately.get(account_id, (account_id, 0, None, 0))
        _, opened_before, last_before = before.get(account_id, (account_id, 0, None))
        found[account_id] = CampaignFacts(sent, opened, opened_before, last or last_before)
    return found
