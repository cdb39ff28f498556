"""Checklists in Slack: where the message of a playbook at work goes, its edits, and what is said in its thread."""

from datetime import datetime
from typing import Any

from commands.core.posted import written
from commands.core.reply import Reply
from commands.core.request import Company
from commands.core.routing import People, is_person, language_in
from commands.ui.blocks import mention, section
from commands.ui.cards.alert_words import named
from commands.ui.cards.playbook import checklist_card, handed_over
from commands.ui.text import translator
from metrics.types import Sentence
from storage.queries.alert_places import living
from storage.queries.alert_routes import routes
from storage.queries.outbox import Draft, put
from storage.queries.people_known import by_ids
from storage.queries.playbook_runs import Run, Thread, by_id, note, thread_of
from storage.session import Session

PURPOSE = "playbook"


def thread_for(db: Session, alert_id: int, channel_id: str) -> Thread | None:
    """The thread of an alert's message, of several that in the channel; None: it stands nowhere."""
    found = [thread for one in living(db, alert_id) if (thread := thread_of(db, one.outbox_id)) is not None]
    here = [thread for thread in found if channel_id in {thread.channel_id, thread.destination}]
    return next(iter((*here, *found)), None)


def language_at(db: Session, destination: str, company: Company) -> str:
    """The language in which something is written there."""
    return language_in(destination, routes(db), People({}, by_ids(db, [destination])), company)


def post(
    db: Session,
    run: Run,
    destination: str,
    *,
    by: str,
    company: Company,
    now: datetime,
    thread: Thread | None = None,
) -> None:
    """Put the checklist into the outbox, in a thread or as a message of its own; `by` hears if it cannot go there."""
    draft = Draft(
        PURPOSE,
        f"{run.id} {run.version}",
        destination,
        _content(run, company, now),
        now,
        thread_of=None if thread is None else thread.outbox_id,
        owner=by,
    )
    note(db, run.id, outbox_id=put(db, draft, now=now))


def refresh(db: Session, run: Run, *, company: Company, now: datetime) -> None:
    """Put an edit of the run's message into the outbox."""
    _edit(db, run, _content(run, company, now), now)


def hand_over(db: Session, run: Run, *, by: str, company: Company, now: datetime) -> None:
    """Show the new owner: where all can see it in its place, else by a message to them in the place of the old one."""
    thread = _thread(db, run)
    if thread is None or is_person(thread.destination):
        _edit(db, run, written(handed_over(run, translator(run.language))), now)
        post(db, run, run.owner, by=by, company=company, now=now)
    else:
        refresh(db, run, company=company, now=now)


def say(db: Session, run: Run, what: Sentence, *, now: datetime, **people: str) -> None:
    """Put a line into the thread of the run's message as it is now; `people` fill placeholders with Slack users."""
    thread = _thread(db, by_id(db, run.id) or run)
    if thread is None:
        return
    t, known = translator(run.language), by_ids(db, people.values())
    names = {place: named(user_id, known.get(user_id)) for place, user_id in people.items()}
    mentions = {place: mention(user_id) for place, user_id in people.items()}
    reply = Reply(t(what, **names), (section(t.md(what, **mentions)),))
    occurrence = f"{run.id} {run.version} said"
    put(
        db,
        Draft(PURPOSE, occurrence, thread.destination, written(reply), now, thread_of=thread.outbox_id),
        now=now,
    )


def _thread(db: Session, run: Run) -> Thread | None:
    return None if run.outbox_id is None else thread_of(db, run.outbox_id)


def _edit(db: Session, run: Run, content: dict[str, Any], now: datetime) -> None:
    thread = _thread(db, run)
    if thread is None:
        return
    occurrence = f"{run.id} {run.version} edit"
    put(db, Draft(PURPOSE, occurrence, thread.destination, content, now, edits=run.outbox_id), now=now)


def _content(run: Run, company: Company, now: datetime) -> dict[str, Any]:
    today = now.astimezone(company.zone).date()
    return written(checklist_card(run, translator(run.language), today=today, zone=company.zone))
