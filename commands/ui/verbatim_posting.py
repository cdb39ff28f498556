"""Comments to the channels of the company that want to read them: edited in place as the answer changes."""

from datetime import datetime

from commands.core.posted import written
from commands.core.request import Company
from commands.ui.cards.verbatim import AboutAccount, verbatim_card
from commands.ui.text import translator
from metrics.errors import MissingRate
from metrics.types import Band, Money
from storage.queries.accounts import by_key
from storage.queries.heard import Heard, heard
from storage.queries.outbox import Draft, put, withdraw
from storage.queries.people_known import people_of
from storage.queries.rates import rates_on
from storage.queries.revenue import account_mrr
from storage.queries.standings import scores_on
from storage.queries.verbatim_routes import EDIT, VERBATIM, Standing, messages_of, verbatim_routes
from storage.session import Session


def flow(db: Session, response_id: int, *, company: Company, now: datetime) -> int:
    """Put what an answer's channels are to read into the outbox; how many messages that is.

    A comment goes once to each channel that has a route for it, when that may be spoken to. What stands somewhere
    already is edited when the answer changes, loses its words or is voided. Done again it changes nothing.
    """
    answer = heard(db, (response_id,)).get(response_id)
    if answer is None:
        return 0
    silent = answer.voided_at is not None or not (answer.comment or "").strip()
    before = messages_of(db, response_id)
    living = [one for one in before if one.state != "failed"]
    there = {one.destination for one in living}
    routes = () if silent else verbatim_routes(db)
    fitting = [one for one in routes if one.fits(answer.kind, answer.score, answer.segment)]
    new = {one.channel_id: one.owner for one in reversed(fitting) if one.channel_id not in there}
    if not living and not new:
        return 0
    content = written(verbatim_card(answer, _about(db, answer, company, now), translator(company.language)))
    edited = sum(_edit(db, one, content, silent=silent, now=now) for one in living)
    occurrence = str(response_id) if not before else f"{response_id} {len(before)}"
    due_at = company.quiet.next_moment(now, company.zone)
    for channel, owner in new.items():
        put(db, Draft(VERBATIM, occurrence, channel, content, due_at, owner=owner), now=now)
    return edited + len(new)


def _edit(db: Session, one: Standing, content: dict[str, object], *, silent: bool, now: datetime) -> int:
    """Let a message say what holds now; one that nobody has seen yet is taken back where there is nothing to say."""
    if content == one.content or (silent and one.state == "pending" and withdraw(db, one.outbox_id)):
        return 0
    occurrence = f"{one.outbox_id} {now.isoformat()}"
    put(db, Draft(EDIT, occurrence, one.destination, content, now, edits=one.outbox_id), now=now)
    return 1


def _about(db: Session, answer: Heard, company: Company, now: datetime) -> AboutAccount:
    """The account's MRR, health, renewal and CSM today."""
    day = now.astimezone(company.zone).date()
    account = by_key(db, answer.account_key)
    _, score, band = scores_on(db, day, {answer.account_id}).get(answer.account_id, (0, None, None))
    csms = people_of(db, {account.csm_email}) if account.csm_email else {}
    csm = csms.get((account.csm_email or "").lower())
    return AboutAccount(
        _mrr(db, answer, company, now), score, None if band is None else Band(band), account.renewal_on, csm
    )


def _mrr(db: Session, answer: Heard, company: Company, now: datetime) -> Money | None:
    """None where an exchange rate is missing: nobody is there to be told of it."""
    day = now.astimezone(company.zone).date()
    try:
        return account_mrr(db, answer.account_id, on=day, rates=rates_on(db, day, home=company.currency))
    except MissingRate:
        return None
