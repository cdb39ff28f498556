"""What stands beside an alert: its account's score, renewal and CSM, and who has taken it."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select

from metrics.types import Band
from storage.queries.alerts import Alert
from storage.queries.chunks import chunks
from storage.queries.people_known import Person, by_ids, people_of
from storage.queries.standings import scores_on
from storage.queries.tables import account, ticket
from storage.session import Session


class Beside(NamedTuple):
    """What is known of an alert's account; None where it is not."""

    score: int | None = None
    band: Band | None = None
    renewal_on: date | None = None
    csm: Person | None = None
    """The CSM as a colleague whom Slack knows."""
    taker: Person | None = None
    open_tickets: int = 0
    """Of the account; looked for only where the alert is about somebody's answer, 0 otherwise."""


NOTHING = Beside()


def beside(db: Session, alerts: Collection[Alert], *, day: date) -> dict[int, Beside]:
    """What stands beside each alert, by its id; scores are those of the last snapshot that stands for `day`."""
    ids = {one.account_id for one in alerts}
    scores = scores_on(db, day, ids)
    query = select(account.c.id, account.c.renewal_on)
    renewals = {id_: on for some in chunks(ids) for id_, on in db.execute(query.where(account.c.id.in_(some)))}
    csms = people_of(db, {one.csm_email for one in alerts if one.csm_email})
    takers = by_ids(db, {one.taken_by for one in alerts if one.taken_by})
    tickets = _open_tickets(db, {one.account_id for one in alerts if one.subject})
    found = {}
    for one in alerts:
        _, score, band = scores.get(one.account_id, (0, None, None))
        found[one.id] = Beside(
            score,
            None if band is None else Band(band),
            renewals.get(one.account_id),
            csms.get((one.csm_email or "").lower()),
            takers.get(one.taken_by or ""),
            tickets.get(one.account_id, 0) if one.subject else 0,
        )
    return found


def _open_tickets(db: Session, account_ids: Collection[int]) -> dict[int, int]:
    """How many tickets of accounts are open; those with none are left out."""
    query = select(ticket.c.account_id, func.count()).where(ticket.c.resolved_at.is_(None))
    counted = query.group_by(ticket.c.account_id)
    rows = (db.execute(counted.where(ticket.c.account_id.in_(some))) for some in chunks(account_ids))
    return {account_id: count for found in rows for account_id, count in found}
