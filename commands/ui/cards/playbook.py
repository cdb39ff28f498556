"""The message of a playbook at work: its steps as boxes to tick, whose it is, by when, and how it ended."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, tzinfo
from math import ceil
from typing import Final

from commands.core.button_values import packed
from commands.core.playbook_work import GROUP, group_shown, steps_in
from commands.core.reply import Block, Markup, Reply
from commands.core.request import Translator
from commands.ui.blocks import actions, button, checkboxes, confirm, context, join, mention, tick_option, users_select
from commands.ui.cards.paragraphs import Line, Paragraph, as_section, line, plain_text, strong
from metrics.types import Sentence, Value, msg
from storage.queries.alerts import Outcome
from storage.queries.playbook_runs import Overdue, Run, RunState, RunStep

TICK: Final = "playbooks.tick"
FINISH: Final = "playbooks.finish"
ASSIGN: Final = "playbooks.assign"
STOP: Final = "playbooks.stop"

OUTCOMES: Final[Mapping[Outcome, str]] = {
    Outcome.SAVED: msg("✅ Saved"),
    Outcome.LOST: msg("❌ Lost"),
    Outcome.NOT_A_RISK: msg("⚪ Not a risk"),
}
REMINDED_MOST: Final = 15
"""Steps told in one reminder."""


def checklist_card(run: Run, t: Translator, *, today: date, zone: tzinfo = UTC) -> Reply:
    """The checklist as it stands, its times in `zone`; once it has ended, nothing on it can be pressed any more."""
    head = [_headline(run), _standing(run)]
    if run.note:
        head.append(line(Sentence("“{note}”", {"note": run.note})))
    steps = [line(_told(step)) for step in run.steps]
    text = plain_text(t, [[*head[:1], _standing(run, named=False), *head[2:]], steps])
    if run.state is not RunState.RUNNING:
        return Reply(text, (as_section(t, head), as_section(t, steps)))
    blocks = [as_section(t, head), *_boxes(run, t, today, zone)]
    if run.complete:
        blocks.append(context(t.md("All steps are done. How did it end? Press *Finish*.")))
    return Reply(text, (*blocks, _buttons(run, t)))


def handed_over(run: Run, t: Translator) -> Reply:
    """What is left where the checklist stood before it went to somebody else's direct messages."""
    said = Sentence("This playbook has been handed over.")
    owner = t.md(Sentence("Owner: {owner}", {"owner": mention(run.owner)}))
    return Reply(
        plain_text(t, [[_headline(run), line(said)]]), (as_section(t, [_headline(run), line(said)]), context(owner))
    )


def _headline(run: Run) -> Line:
    return strong(Sentence("📋 {playbook}: {account}", {"playbook": run.title, "account": run.account_name}))


def _standing(run: Run, *, named: bool = True) -> Line:
    """Whose it is, by when and how far; or how it ended. Where mentions do not work nobody is named."""
    values: dict[str, Value] = {"owner": mention(run.owner)}
    owner = Sentence("Owner: {owner}", values) if named else None
    done = Sentence("{done} of {count} done", {"done": run.done, "count": len(run.steps)})
    if run.state is RunState.RUNNING:
        due = None if run.due_on is None else Sentence("due {day}", {"day": run.due_on})
        return line(owner, due, done)
    return line(ended(run), owner, done)


def ended(run: Run) -> Sentence:
    """How a run ended."""
    return Sentence("Stopped") if run.outcome is None else Sentence(OUTCOMES[run.outcome])


def _told(step: RunStep) -> Sentence:
    return Sentence("{box} {step}", {"box": "☑" if step.done else "☐", "step": step.text})


def _boxes(run: Run, t: Translator, today: date, zone: tzinfo) -> Iterator[Block]:
    for group in range(ceil(len(run.steps) / GROUP)):
        here = steps_in(run, group)
        options = [tick_option(step.text, str(step.position), _described(step, t, today, zone)) for step in here]
        ticked = [option for option, step in zip(options, here, strict=True) if step.done]
        yield actions(checkboxes(TICK, options, initial=ticked), block_id=str(group_shown(run, group)))


def _described(step: RunStep, t: Translator, today: date, zone: tzinfo) -> Markup | None:
    """Who ticked it off and when; else by when it is due."""
    if step.done_by is not None and step.done_at is not None:
        return t.md("✓ {person}, {moment}", person=mention(step.done_by), moment=step.done_at.astimezone(zone))
    if step.due_on is None:
        return None
    if step.due_on < today:
        return t.md("⚠️ overdue since {day}", day=step.due_on)
    return t.md("today") if step.due_on == today else t.md("by {day}", day=step.due_on)


def _buttons(run: Run, t: Translator) -> Block:
    value = packed(str(run.id))
    sure = confirm(
        t("Stop this playbook?"),
        t("It ends here without an outcome. An alert it was begun for stays as it is."),
        yes=t("Stop it"),
        no=t("Go on"),
        danger=True,
    )
    return actions(
        button(t("Finish"), FINISH, value, style="primary" if run.complete else None),
        users_select(ASSIGN, t("Assign to …")),
        button(t("Stop"), STOP, value, confirm=sure),
        block_id=f"playbooks.run {run.id} {run.version}",
    )


def reminder_card(late: list[Overdue], t: Translator) -> Reply:
    """What one owner should have done by now, the oldest first."""
    head = strong(Sentence("⏰ Playbook steps that are overdue"))
    told: list[Paragraph] = []
    for one in late[:REMINDED_MOST]:
        what = {"playbook": one.title, "account": one.account_name}
        told.append(
            (
                strong(Sentence("{account}: {playbook}", what)),
                line(one.text, Sentence("overdue since {day}", {"day": one.due_on})),
            )
        )
    more = len(late) - REMINDED_MOST
    rest = [(line(Sentence("and {count} more", {"count": more})),)] if more > 0 else []
    paragraphs: list[Paragraph] = [(head,), *told, *rest]
    hint = join("", [t.md("Tick off what is done in its checklist, or hand it over there.")])
    return Reply(plain_text(t, paragraphs), (*(as_section(t, each) for each in paragraphs), context(hint)))
