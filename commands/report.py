"""/report [month] [segment|csm]: the monthly report that management expects, as a card and as a PDF, also regularly."""

from dataclasses import replace
from typing import Final

from commands.core.arguments import Arguments, render
from commands.core.asked import arguments_of
from commands.core.button_values import unpacked
from commands.core.errors import UserError
from commands.core.filters import changed, choices_of
from commands.core.reply import Document, Reply
from commands.core.report_question import ReportAnswer, report
from commands.core.report_schedule import JOB, arrange, here, known
from commands.core.request import Place, Request, Role
from commands.core.spec import Action, Command
from commands.core.surroundings import Surroundings, alone, shared
from commands.ui.cards.report import report_card
from commands.ui.cards.report_paper import report_document
from commands.ui.cards.report_regular import arranged, exists_already, stopped
from metrics.types import Sentence, msg
from storage.queries.schedules import by_id, remove
from storage.session import Session

ID: Final = "report"


def show(request: Request, db: Session) -> Reply:
    """Answer what was typed."""
    return _card(request, db, request.text, alone(request))


def step(request: Request, db: Session) -> Reply:
    """The same for the period before or after, in the place of the card whose button was pressed."""
    return replace(_card(request, db, unpacked(request.text).text, alone(request)), replace=True)


def narrow(request: Request, db: Session) -> Reply:
    """The same for what was chosen in a menu, in the place of the card that the menu stands in."""
    asked = changed(_asked(request, db, unpacked(request.block_id).text), request.text, request)
    return replace(_card(request, db, render(asked), alone(request)), replace=True)


def share(request: Request, db: Session) -> Reply:
    """The same question asked afresh, for everybody in the channel."""
    return _card(request, db, unpacked(request.text).text, shared(request))


def pdf(request: Request, db: Session) -> Document:
    """The whole report as pages, for the asker alone."""
    answer = _answer(request, db, unpacked(request.text).text)
    return report_document(answer, request.t, request.company.name)


def schedule(request: Request, db: Session) -> Reply:
    """Have it posted here on the first of every month."""
    book = _asked(request, db, unpacked(request.text).text).book
    there = known(db, here(request), book)
    if there is not None:
        return exists_already(there, request.company, request.t)
    return arranged(arrange(db, request, book), request.company, request.t)


def unschedule(request: Request, db: Session) -> Reply:
    """Have it posted no more: by whoever set it up, or an admin."""
    number = unpacked(request.text).text
    there = by_id(db, int(number)) if number.isdecimal() else None
    if there is None or there.job != JOB:
        return Reply(request.t("The report comes no more: somebody has stopped it already."))
    if request.actor.role < Role.ADMIN and request.actor.user_id != there.owner:
        raise UserError(Sentence("Only the person who set it up, or an admin, can stop the report."))
    remove(db, there.id)
    return stopped(there, request.t)


def _card(request: Request, db: Session, text: str, around: Surroundings) -> Reply:
    around = replace(around, choices=choices_of(request, db))
    return report_card(_answer(request, db, text), around, request.t)


def _answer(request: Request, db: Session, text: str) -> ReportAnswer:
    return report(db, _asked(request, db, text), company=request.company, today=request.today)


def _asked(request: Request, db: Session, text: str) -> Arguments:
    return arguments_of(request, db, ID, text)


COMMAND = Command(
    id=ID,
    usage=msg("[month] [segment or csm:name]"),
    summary=msg(
        "The monthly report: churn, MRR, customer value, leads, support, health, renewals and CSMs, also as a PDF"
    ),
    run=show,
    least_role=Role.MEMBER,
    place=Place.INTERNAL,
    examples=("", "last month", "2026-Q3", "enterprise", "csm:ana"),
    own_name=True,
    actions=(
        Action(f"{ID}.earlier", step, Role.MEMBER, Place.INTERNAL),
        Action(f"{ID}.later", step, Role.MEMBER, Place.INTERNAL),
        Action(f"{ID}.filter", narrow, Role.MEMBER, Place.INTERNAL),
        Action(f"{ID}.pdf", pdf, Role.MEMBER, Place.INTERNAL),
        Action(f"{ID}.share", share, Role.MEMBER, Place.INTERNAL, once=True),
        Action(f"{ID}.schedule", schedule, Role.MEMBER, Place.INTERNAL, once=True),
        Action(f"{ID}.unschedule", unschedule, Role.MEMBER, Place.INTERNAL, once=True),
    ),
)
