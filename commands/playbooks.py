"""/latido playbooks [account]: checklists for signals, with what came of them; begun, ticked off and ended here."""

from commands.core.access import Choice, account_for, account_known
from commands.core.button_values import unpacked
from commands.core.errors import UserError
from commands.core.playbook_asked import (
    HERE,
    OWNER,
    PLAYBOOK,
    WHERE,
    Target,
    edited_of,
    ending_of,
    entry_known,
    run_id_of,
    target_of,
)
from commands.core.playbook_question import Entry, entries, fitting, offered
from commands.core.playbook_work import ENDED, GONE, Start, assign, begin, finish, running, shown_of, stop, tick
from commands.core.recipients import wrong_person
from commands.core.reply import Invalid, Modal, Reply
from commands.core.request import Place, Request, Role
from commands.core.spec import Action, Command, View
from commands.ui.alert_posting import refresh as refresh_alert
from commands.ui.blocks import mention, section
from commands.ui.cards.accounts import choice_card
from commands.ui.cards.playbook import ASSIGN, FINISH, STOP, TICK
from commands.ui.cards.playbook_forms import BEGIN, END, SAVE, edit_form, finish_form, start_form
from commands.ui.cards.playbook_list import (
    ADD,
    EDIT,
    REMOVE,
    RESTORE,
    RUNS_MOST,
    SHOW,
    START,
    account_card,
    list_card,
    playbook_modal,
)
from commands.ui.playbook_posting import hand_over, language_at, post, refresh, say, thread_for
from commands.ui.text import translator
from metrics.types import BookFilter, Sentence, msg
from storage.queries.alerts import open_alerts
from storage.queries.playbook_runs import Run, RunState, by_id, of_account
from storage.queries.playbooks import forget, free_id, keep
from storage.session import Session


def show(request: Request, db: Session) -> Reply:
    """All playbooks, or what was begun for the account that is named."""
    if not request.text.strip():
        return _list(request, db, 0)
    found = account_for(request, db, request.text)
    if isinstance(found, Choice):
        return choice_card(found, request.t, opens="playbooks.account")
    return account_card(found, of_account(db, found.id, most=RUNS_MOST), request.t, request.company.zone)


def show_account(request: Request, db: Session) -> Reply:
    """What was begun for the account whose button was pressed."""
    account = account_known(request, db, unpacked(request.text).text)
    return account_card(account, of_account(db, account.id, most=RUNS_MOST), request.t, request.company.zone)


def turn(request: Request, db: Session) -> Reply:
    """Another page, in the place of the one before."""
    return _list(request, db, unpacked(request.text).page, replace=True)


def open_playbook(request: Request, db: Session) -> Modal:
    """One playbook with its steps."""
    return _opened(request, db, unpacked(request.text).text)


# --- Writing them --------------------------------------------------------------------------------------------------


def ask_new(request: Request, _db: Session) -> Modal:
    """The form for a playbook of the company's own."""
    return edit_form(None, request.t)


def ask_change(request: Request, db: Session) -> Modal:
    """The form to change one."""
    return edit_form(entry_known(db, _id(request)), request.t)


def save(request: Request, db: Session) -> Modal | Invalid:
    """Keep what the form says."""
    edited = edited_of(request, db)
    if isinstance(edited, Invalid):
        return edited
    playbook = edited.playbook if edited.entry is not None else edited.named(free_id(db))
    keep(db, playbook, by=request.actor.user_id, now=request.now)
    return _opened(request, db, playbook.id)


def remove(request: Request, db: Session) -> Modal:
    """Offer one no longer."""
    entry = entry_known(db, _id(request))
    keep(db, entry.playbook, by=request.actor.user_id, now=request.now, removed=True)
    return _opened(request, db, entry.playbook.id)


def restore(request: Request, db: Session) -> Modal:
    """Make a declared one what it was; offer one of the company's own again."""
    entry = entry_known(db, _id(request))
    if entry.declared:
        forget(db, entry.playbook.id)
    else:
        keep(db, entry.playbook, by=request.actor.user_id, now=request.now)
    return _opened(request, db, entry.playbook.id)


# --- At work -------------------------------------------------------------------------------------------------------


def ask_start(request: Request, db: Session) -> Modal:
    """The form to begin one: those that fit the alert, or the account's open alerts."""
    target = target_of(request, db)
    fits = _fitting(db, target)
    runs = [run for run in of_account(db, target.account.id, most=RUNS_MOST) if run.state is RunState.RUNNING]
    if not fits:
        raise UserError(Sentence("There is no playbook. An admin writes one with `/latido playbooks`."))
    placed = target.alert is not None and thread_for(db, target.alert.id, target.channel) is not None
    return start_form(target, fits, runs, request.actor.user_id, placed=placed, t=request.t)


def start(request: Request, db: Session) -> Reply | Invalid:
    """Begin what the form says, and put its checklist where it belongs."""
    target = target_of(request, db)
    playbook_id, owner = request.state.get(PLAYBOOK), request.state.get(OWNER)
    if not isinstance(owner, str) or not owner:
        return Invalid({OWNER: request.t("Choose one of these, please.")})
    wrong = wrong_person(request, owner)
    if wrong is not None:
        return Invalid({OWNER: request.t(wrong)})
    entry = entry_known(db, str(playbook_id))
    alert_id = None if target.alert is None else target.alert.id
    thread = None if alert_id is None else thread_for(db, alert_id, target.channel)
    here = request.state.get(WHERE) == HERE and target.channel
    destination = thread.destination if thread is not None else target.channel if here else owner
    language = language_at(db, destination, request.company)
    wanted = Start(entry.told(translator(language)), target.account.id, alert_id, owner, language)
    run = begin(request, db, wanted)
    post(db, run, destination, by=request.actor.user_id, company=request.company, now=request.now, thread=thread)
    _refresh_alert(request, db, run)
    if thread is not None:
        return _said(request, Sentence("Started. The checklist is in the alert's thread."))
    if here:
        return _said(request, Sentence("Started. The checklist is in the channel."))
    return _said(request, Sentence("Started. {owner} gets the checklist by direct message."), owner=mention(owner))


def tick_off(request: Request, db: Session) -> None:
    """Write what the person has ticked or unticked; the message shows it to everybody."""
    boxes = frozenset(int(part) for part in request.text.split(",") if part.isdecimal())
    run = tick(request, db, shown_of(request.block_id), boxes)
    if run is not None:
        refresh(db, run, company=request.company, now=request.now)


def hand_to(request: Request, db: Session) -> None:
    """Give a run to the colleague who was chosen."""
    before = _run_in_row(request, db)
    run = assign(request, db, before.id, request.text) if request.text else None
    if run is None:
        return
    hand_over(db, run, by=request.actor.user_id, company=request.company, now=request.now)
    said = Sentence("{who} has handed “{playbook}” to {owner}.", {"playbook": run.title})
    say(db, run, said, now=request.now, who=request.actor.user_id, owner=run.owner)
    _refresh_alert(request, db, run)


def ask_finish(request: Request, db: Session) -> Modal:
    """The form about how it ended."""
    run = by_id(db, run_id_of(unpacked(request.text).text))
    if run is None:
        raise UserError(GONE)
    if run.state is not RunState.RUNNING:
        raise UserError(ENDED)
    entry = entries(db).get(run.playbook_id)
    return finish_form(run, expansion=entry is not None and entry.expansion, t=request.t)


def end(request: Request, db: Session) -> Reply | Invalid:
    """Close the run, and its alert, with what the form says."""
    given = ending_of(request)
    if isinstance(given, Invalid):
        return given
    run = finish(request, db, run_id_of(unpacked(request.text).text), given.outcome, given.note)
    refresh(db, run, company=request.company, now=request.now)
    if run.alert_id is None:
        said = Sentence("{who} has finished “{playbook}”.", {"playbook": run.title})
        say(db, run, said, now=request.now, who=request.actor.user_id)
    _refresh_alert(request, db, run)
    return _said(request, Sentence("Finished. Thank you."))


def stop_it(request: Request, db: Session) -> None:
    """End a run without an outcome."""
    run = stop(request, db, run_id_of(unpacked(request.text).text))
    refresh(db, run, company=request.company, now=request.now)
    said = Sentence("{who} has stopped “{playbook}”.", {"playbook": run.title})
    say(db, run, said, now=request.now, who=request.actor.user_id)


# --- Parts ---------------------------------------------------------------------------------------------------------


def _list(request: Request, db: Session, page: int, *, replace: bool = False) -> Reply:
    admin = request.actor.role >= Role.ADMIN
    return list_card(list(entries(db).values()), page, request.t, admin=admin, replace=replace)


def _opened(request: Request, db: Session, playbook_id: str) -> Modal:
    admin = request.actor.role >= Role.ADMIN
    return playbook_modal(entry_known(db, playbook_id), request.t, admin=admin, zone=request.company.zone)


def _id(request: Request) -> str:
    """The playbook of a button, without the stamp of its last change."""
    return unpacked(request.text).text.partition(" ")[0]


def _fitting(db: Session, target: Target) -> list[Entry]:
    """For an alert those of its signal; for an account all, those for its open alerts first."""
    found = entries(db).values()
    if target.alert is not None:
        return fitting(found, [target.alert.rule_id])
    rules = [alert.rule_id for alert in open_alerts(db, BookFilter(account_id=target.account.id))]
    fits = fitting(found, rules)
    return [*fits, *(entry for entry in offered(found) if entry not in fits)]


def _run_in_row(request: Request, db: Session) -> Run:
    name, _, rest = request.block_id.partition(" ")
    if name != "playbooks.run":
        raise UserError(GONE)
    return running(db, run_id_of(rest.partition(" ")[0]))


def _refresh_alert(request: Request, db: Session, run: Run) -> None:
    if run.alert_id is not None:
        refresh_alert(db, run.alert_id, company=request.company, now=request.now)


def _said(request: Request, what: Sentence, **values: str) -> Reply:
    return Reply(request.t(what, **values), (section(request.t.md(what, **values)),))


COMMAND = Command(
    id="playbooks",
    usage=msg("[account]"),
    summary=msg("Checklists for signals: what they are for, how often they were used and what came of it"),
    run=show,
    least_role=Role.MEMBER,
    place=Place.INTERNAL,
    examples=("", "acme"),
    own_name=False,
    actions=(
        Action("playbooks.account", show_account, Role.MEMBER, Place.INTERNAL),
        Action("playbooks.back", turn, Role.MEMBER, Place.INTERNAL),
        Action("playbooks.next", turn, Role.MEMBER, Place.INTERNAL),
        Action(SHOW, open_playbook, Role.MEMBER, Place.INTERNAL, opens_modal=True),
        Action(ADD, ask_new, Role.ADMIN, Place.INTERNAL, opens_modal=True),
        Action(EDIT, ask_change, Role.ADMIN, Place.INTERNAL, opens_modal=True),
        Action(REMOVE, remove, Role.ADMIN, Place.INTERNAL, once=True),
        Action(RESTORE, restore, Role.ADMIN, Place.INTERNAL, once=True),
        Action(START, ask_start, Role.MEMBER, Place.INTERNAL, opens_modal=True),
        Action(TICK, tick_off, Role.MEMBER, Place.INTERNAL, once=True),
        Action(ASSIGN, hand_to, Role.MEMBER, Place.INTERNAL, once=True),
        Action(FINISH, ask_finish, Role.MEMBER, Place.INTERNAL, opens_modal=True),
        Action(STOP, stop_it, Role.MEMBER, Place.INTERNAL, once=True),
    ),
    views=(
        View(BEGIN, start, Role.MEMBER, Place.INTERNAL),
        View(END, end, Role.MEMBER, Place.INTERNAL),
        View(SAVE, save, Role.ADMIN, Place.INTERNAL),
    ),
)
