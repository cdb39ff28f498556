"""What is said about the report that comes every month."""

from commands.core.button_values import packed
from commands.core.reply import Reply
from commands.core.report_schedule import next_moment
from commands.core.request import Company, Translator
from commands.ui.blocks import actions, button, mention, section
from metrics.types import Sentence
from storage.queries.schedules import Schedule


def arranged(schedule: Schedule, company: Company, t: Translator) -> Reply:
    """That it comes, from when on, and how to stop it."""
    told = Sentence(
        "The report will come here on the first of every month at 09:00, with its PDF, next on {moment}.",
        {"moment": next_moment(schedule, company)},
    )
    return _with_stop(t(told), t.md(told), schedule, t)


def exists_already(schedule: Schedule, company: Company, t: Translator) -> Reply:
    """That it comes already, who set that up, and how to stop it."""
    told = Sentence(
        "The report comes here every month already, set up by {person}, next on {moment}.",
        {"moment": next_moment(schedule, company)},
    )
    person = mention(schedule.owner)
    return _with_stop(t(told, person=person), t.md(told, person=person), schedule, t)


def stopped(schedule: Schedule, t: Translator) -> Reply:
    """That it comes no more; whoever set it up is named to others."""
    return Reply(t("The report comes here no more. It was set up by {person}.", person=mention(schedule.owner)))


def _with_stop(text: str, marked: str, schedule: Schedule, t: Translator) -> Reply:
    stop = button(t("Stop it"), "report.unschedule", packed(str(schedule.id)))
    return Reply(text, (section(marked), actions(stop)))
