"""From the form, or a short line, to a survey that is on its way: look, check who is asked, send."""

from dataclasses import replace
from typing import Final

from commands.core.button_values import unpacked
from commands.core.errors import UserError
from commands.core.reply import Invalid, Modal, Reply
from commands.core.request import Place, Request, Role
from commands.core.spec import Action, Handler, View
from commands.core.survey_check import Checked, checked, wave_of
from commands.core.survey_draft import DIRECT, LANGUAGES, Draft, draft_of
from commands.core.survey_form import draft_in, entered_form, form_of, new_draft, unfit
from commands.core.survey_recurring import schedule_of, set_up_already
from commands.core.survey_short import Short, draft_typed
from commands.ui.blocks import cut
from commands.ui.cards.explain import TITLE_MOST
from commands.ui.cards.paragraphs import as_section, plain_text
from commands.ui.cards.survey_form import CHECK, LOOK, survey_form
from commands.ui.cards.survey_plan import CHANGE, PEOPLE, SEND, SEND_MODAL, plan_card, plan_modal, sent_paragraph
from commands.ui.cards.survey_sample import SAMPLE, whole_questions
from commands.ui.survey_cards import post_card
from metrics.types import Sentence
from storage.queries.schedules import add
from storage.queries.survey_waves import add_wave
from storage.queries.survey_wordings import wordings
from storage.session import Session

NEW: Final = "survey.new"
NOBODY: Final = Sentence("Nobody would be asked now, so nothing was sent.")


def ask_new(request: Request, db: Session, draft: Draft | None = None) -> Modal:
    """The form for a survey."""
    return survey_form(form_of(draft or new_draft(), db), request.t)


def ask_kind(request: Request, db: Session, typed: Short) -> Modal | Reply:
    """The short way: what would become of it; without anybody named the form."""
    if not typed.rest.strip():
        return ask_new(request, db, replace(new_draft(), kind=typed.survey.id))
    draft = draft_typed(request, db, typed)
    return plan_card(checked(draft, request, db), request.t, request.company.zone)


def look(request: Request, db: Session) -> Modal:
    """The form as it has been filled in, with the question as it will be read."""
    form = entered_form(request, db)
    draft = form.draft
    wording = wordings(db, draft.kind) | dict(draft.wording)
    blocks = whole_questions(
        draft.survey,
        wording,
        [one for one in LANGUAGES if one in draft.wording] or LANGUAGES,
        request.company.surveys,
        request.t,
        anonymous=draft.anonymous,
        shared=draft.place != DIRECT,
    )
    return survey_form(form, request.t, preview=blocks)


def check(request: Request, db: Session) -> Modal | Invalid:
    """Who will be asked by what the form says, and who will not."""
    draft = draft_in(request, db)
    if isinstance(draft, Invalid):
        return draft
    return plan_modal(checked(draft, request, db), request.t, request.company.zone)


def people(request: Request, db: Session) -> Modal:
    """Another page of the people, or those who are not asked."""
    pressed = unpacked(request.text)
    tab, _, draft = pressed.text.partition(" ")
    one = checked(draft_of(draft), request, db)
    return plan_modal(one, request.t, request.company.zone, tab=tab, page=pressed.page)


def change(request: Request, db: Session) -> Modal:
    """Back to the form."""
    return survey_form(form_of(draft_of(unpacked(request.text).text), db), request.t)


def send(request: Request, db: Session) -> Reply:
    """Send it, from a message."""
    said = sent_paragraph(_sent(request, db), request.company.zone)
    return Reply(plain_text(request.t, [said]), (as_section(request.t, said),), replace=True)


def send_form(request: Request, db: Session) -> Modal:
    """Send it, from the form."""
    t = request.t
    said = sent_paragraph(_sent(request, db), request.company.zone)
    return Modal(cut(t("Survey"), TITLE_MOST), (as_section(t, said),), close=cut(t("Close"), TITLE_MOST))


def show_sample(_request: Request, _db: Session) -> None:
    """A button that only shows what it would look like."""


def _sent(request: Request, db: Session) -> Checked:
    """Keep what was prepared: once, however often it is sent off."""
    draft = draft_of(unpacked(request.text).text)
    if draft.start_at is not None and draft.start_at <= request.now:
        draft = replace(draft, start_at=None)
    for what in unfit(draft, db).values():
        raise UserError(what)
    one, wave = checked(draft, request, db), wave_of(draft, request, db)
    if one.repeats:
        if set_up_already(db, wave.occurrence) is None:
            add(db, schedule_of(draft, wave, request))
        return one
    if not one.plan.asked:
        raise UserError(NOBODY)
    post_card(db, add_wave(db, wave, request.now), company=request.company, now=request.now)
    return one


def _action(name: str, run: Handler, *, opens_modal: bool = False, once: bool = False) -> Action:
    return Action(name, run, Role.MEMBER, Place.INTERNAL, opens_modal=opens_modal, once=once)


SENDING: Final = (
    _action(NEW, ask_new, opens_modal=True),
    _action(LOOK, look),
    _action(SAMPLE, show_sample),
    _action(PEOPLE, people, opens_modal=True),
    _action(CHANGE, change, opens_modal=True),
    _action(SEND, send, once=True),
)
SENDING_VIEWS: Final = (
    View(CHECK, check, Role.MEMBER, Place.INTERNAL, repeatable=True),
    View(SEND_MODAL, send_form, Role.MEMBER, Place.INTERNAL),
)
