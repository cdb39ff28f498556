"""/latido digests: what comes regularly, where and when; set up, changed, tried, paused and removed here."""

from typing import Final

from commands.core.button_values import unpacked
from commands.core.digest_form import Form, filled, form_of, known_schedule, new_form, save, to_change
from commands.core.digest_list import listed
from commands.core.digest_plan import book_of, each_csm, planned
from commands.core.digest_preview import draft_of, preview, told_of
from commands.core.errors import UserError
from commands.core.reply import Invalid, Modal, Reply
from commands.core.request import Place, Request, Role
from commands.core.spec import Action, Command, Handler, View
from commands.ui.cards.digest import digest_cards
from commands.ui.cards.digest_explain import digest_explanation
from commands.ui.cards.digest_form import SAVE, digest_form, digest_set_up
from commands.ui.cards.digest_list import digest_list
from commands.ui.digest_posting import Sending, post
from metrics.types import Sentence, msg
from storage.queries.schedules import change, remove
from storage.session import Session

ID: Final = "digests"


def show(request: Request, db: Session) -> Reply:
    """The list."""
    return _list(request, db, 0, replace_it=False)


def turn(request: Request, db: Session) -> Reply:
    """Another page, in the place of the one before."""
    return _list(request, db, unpacked(request.text).page)


def new(request: Request, db: Session) -> Modal:
    """The form for another one."""
    return digest_form(new_form(request, db), request.t)


def edit(request: Request, db: Session) -> Modal:
    """The form with one that there is."""
    return digest_form(form_of(to_change(request, db, _number(request)), db), request.t)


def look(request: Request, db: Session) -> Modal:
    """The form as it has been filled in, with the digest that comes of it."""
    form = filled(_form(request, db), request.state)
    return digest_form(form, request.t, preview=preview(request, db, draft_of(form, request)))


def take(request: Request, db: Session) -> Modal | Invalid:
    """Keep what the form says."""
    kept = save(request, db, filled(_form(request, db), request.state))
    if isinstance(kept, Invalid):
        return kept
    book = None if each_csm(kept) else book_of(db, kept.book, request.today)
    return digest_set_up(kept, book, request.t)


def show_preview(request: Request, db: Session) -> Reply:
    """The real thing, for the asker alone."""
    schedule = known_schedule(db, _number(request))
    return digest_cards(preview(request, db, schedule), request.t).main


def send(request: Request, db: Session) -> Reply:
    """The real thing with its thread, by direct message to the asker."""
    schedule = known_schedule(db, _number(request))
    to = Sending(
        purpose="digest-trial",
        occurrence=f"{schedule.id} {request.now.isoformat()}",
        destination=request.actor.user_id,
        language=schedule.language,
        due_at=request.now,
    )
    post(db, preview(request, db, schedule), to, now=request.now)
    return Reply(request.t("It is on its way to you by direct message. Nobody else gets it."))


def pause(request: Request, db: Session) -> Reply:
    """It does not come until it is resumed."""
    schedule = to_change(request, db, _number(request))
    change(db, schedule._replace(paused=True))
    return _list(request, db, unpacked(request.text).page, said=Sentence("✓ Paused."))


def resume(request: Request, db: Session) -> Reply:
    """It comes again from its next moment on: what was missed meanwhile is not made up for."""
    schedule = to_change(request, db, _number(request))
    change(db, planned(schedule._replace(paused=False), request.now))
    return _list(request, db, unpacked(request.text).page, said=Sentence("✓ It comes again."))


def take_away(request: Request, db: Session) -> Reply:
    """It is gone."""
    remove(db, to_change(request, db, _number(request)).id)
    return _list(request, db, unpacked(request.text).page, said=Sentence("✓ Removed."))


def explain(request: Request, _db: Session) -> Modal:
    """Which days a digest is about, and where its figures come from."""
    return digest_explanation(told_of(unpacked(request.text).text), request.t)


def _list(request: Request, db: Session, page: int, *, said: Sentence | None = None, replace_it: bool = True) -> Reply:
    return digest_list(listed(request, db), page, request.t, now=request.now, said=said, replace=replace_it)


def _number(request: Request) -> int:
    """The digest whose button was pressed."""
    number, _, _ = unpacked(request.text).text.partition(" ")
    if not number.isdecimal():
        raise UserError(Sentence("This digest is no longer there."))
    return int(number)


def _form(request: Request, db: Session) -> Form:
    """The form that was shown: for a new digest, or with one that there is."""
    number = _number(request)
    return form_of(to_change(request, db, number), db) if number else new_form(request, db)


def _action(name: str, run: Handler, *, opens_modal: bool = False, once: bool = False) -> Action:
    return Action(f"{ID}.{name}", run, Role.MEMBER, Place.INTERNAL, opens_modal=opens_modal, once=once)


COMMAND = Command(
    id=ID,
    usage="",
    summary=msg("Digests: what comes every day, week or month, where and when; set up, try, pause"),
    run=show,
    least_role=Role.MEMBER,
    place=Place.INTERNAL,
    examples=("",),
    own_name=False,
    actions=(
        _action("back", turn),
        _action("next", turn),
        _action("new", new, opens_modal=True),
        _action("edit", edit, opens_modal=True),
        _action("look", look),
        _action("preview", show_preview),
        _action("send", send, once=True),
        _action("pause", pause, once=True),
        _action("resume", resume, once=True),
        _action("remove", take_away, once=True),
        _action("explain", explain, opens_modal=True),
    ),
    views=(View(SAVE, take, Role.MEMBER, Place.INTERNAL),),
)
