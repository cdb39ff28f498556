"""/latido queue: what I was to say unasked and have not said, and what is to become of it."""

from collections.abc import Callable
from datetime import timedelta

from commands.core.reply import Reply
from commands.core.request import Place, Request, Role
from commands.core.spec import Action, Command, Handler
from commands.ui.cards.delivery import CLEAR, DROP, ON_A_PAGE, PAGE, RETRY, SEND, THERE, queue_card
from metrics.types import Sentence, msg, plural
from storage.queries import destinations, queue
from storage.session import Session

FAILED_DAYS = 7

MEANWHILE = Sentence("That has been settled meanwhile.")


def run(request: Request, db: Session) -> Reply:
    """The first page."""
    return _page(request, db, skip=0)


def page(request: Request, db: Session) -> Reply:
    """Another page; the button's value is how many entries come before it."""
    shown = _page(request, db, skip=int(request.text) if request.text.isdecimal() else 0)
    return Reply(shown.text, shown.blocks, replace=True)


def retry(request: Request, db: Session) -> Reply:
    """Write to a broken destination again."""
    if destinations.try_again(db, request.text):
        return _page(request, db, done=Sentence("I try again now. If it is still broken, it is here again shortly."))
    return _page(request, db, done=MEANWHILE)


def clear(request: Request, db: Session) -> Reply:
    """Drop all that waits for a destination."""
    dropped = queue.drop_all(db, request.text, now=request.now)
    return _page(request, db, done=plural("{count} message dropped.", "{count} messages dropped.", dropped))


def _decision(decide: Callable[[Request, Session, int], bool], said: Sentence) -> Handler:
    """A button about one message, whose value is the message's id."""

    def decided(request: Request, db: Session) -> Reply:
        done = request.text.isdecimal() and decide(request, db, int(request.text))
        return _page(request, db, done=said if done else MEANWHILE)

    return decided


there = _decision(
    lambda request, db, outbox_id: queue.is_there(db, outbox_id, now=request.now), Sentence("Noted: it is there.")
)
send = _decision(lambda _request, db, outbox_id: queue.send_again(db, outbox_id), Sentence("I send it now."))
drop = _decision(
    lambda request, db, outbox_id: queue.drop(db, outbox_id, now=request.now), Sentence("It is not sent any more.")
)


def _page(request: Request, db: Session, *, skip: int = 0, done: Sentence | None = None) -> Reply:
    since = request.now - timedelta(days=FAILED_DAYS)
    found = queue.queue(db, failed_since=since, skip=skip, most=ON_A_PAGE)
    return queue_card(found, request.t, skip=skip, zone=request.company.zone, done=done)


def _action(id_: str, handler: Handler, *, once: bool = True) -> Action:
    return Action(id_, handler, Role.ADMIN, Place.INTERNAL, once=once)


COMMAND = Command(
    id="queue",
    usage="",
    summary=msg("What I was to say unasked and have not said: what waits, what is broken, what failed"),
    run=run,
    least_role=Role.ADMIN,
    place=Place.INTERNAL,
    examples=("",),
    own_name=False,
    actions=(
        _action(PAGE, page, once=False),
        _action(RETRY, retry),
        _action(CLEAR, clear),
        _action(THERE, there),
        _action(SEND, send),
        _action(DROP, drop),
    ),
)
