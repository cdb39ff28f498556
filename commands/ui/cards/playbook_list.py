"""The cards of /latido playbooks: all of them with what came of them, one of them, and those of an account."""

from collections.abc import Iterator
from datetime import UTC, tzinfo
from typing import Final

from commands.core.button_values import packed
from commands.core.playbook_asked import Target
from commands.core.playbook_question import Entry
from commands.core.reply import Block, Markup, Modal, Reply
from commands.core.request import Translator
from commands.ui.blocks import actions, button, confirm, context, cut, mention
from commands.ui.cards.alert_words import OUTCOMES
from commands.ui.cards.explain import TITLE_MOST
from commands.ui.cards.paragraphs import Line, Paragraph, as_section, line, plain_text, strong
from commands.ui.cards.playbook import ended
from commands.ui.cards.playbook_forms import extent
from metrics.rules import all_rules
from metrics.types import Account, Sentence, Value, plural
from storage.queries.playbook_runs import Run, RunState, Tally

SHOW: Final = "playbooks.show"
EDIT: Final = "playbooks.edit"
ADD: Final = "playbooks.add"
RESTORE: Final = "playbooks.restore"
REMOVE: Final = "playbooks.remove"
START: Final = "playbooks.start"
PAGE: Final = 8
"""Playbooks a page."""
RUNS_MOST: Final = 8
"""Runs told of an account."""


def list_card(found: list[Entry], page: int, t: Translator, *, admin: bool, replace: bool = False) -> Reply:
    """One page of the playbooks; admins may write one, and see those that were removed."""
    shown = [entry for entry in found if admin or not entry.removed]
    last = max(0, (len(shown) - 1) // PAGE)
    page = min(page, last)
    here = shown[page * PAGE : (page + 1) * PAGE]
    head: Paragraph = (
        strong(plural("{count} playbook", "{count} playbooks", sum(not entry.removed for entry in found))),
        line(Sentence("What to do when a signal fires. An alert offers those that fit.")),
    )
    told = [_entry(entry, t) for entry in here]
    blocks = [as_section(t, head)]
    for entry, paragraph in zip(here, told, strict=True):
        blocks.append(as_section(t, paragraph, accessory=button(t("Open"), SHOW, packed(entry.playbook.id))))
    buttons = list(_pages(page, last, t))
    if admin:
        buttons.append(button(t("New playbook"), ADD))
    if buttons:
        blocks.append(actions(*buttons))
    blocks.append(context(t.md("Those of one account: `/latido playbooks name`")))
    return Reply(plain_text(t, [head, *told]), tuple(blocks), replace=replace)


def _pages(page: int, last: int, t: Translator) -> Iterator[Block]:
    if page > 0:
        yield button(t("‹ Previous"), "playbooks.back", packed("", page - 1))
    if page < last:
        yield button(t("Next ›"), "playbooks.next", packed("", page + 1))


def _entry(entry: Entry, t: Translator) -> Paragraph:
    told = entry.told(t)
    removed = Sentence("removed") if entry.removed else None
    return (strong(told.title, removed), _signals(entry), line(extent(told), _used(entry.tally)))


def _signals(entry: Entry) -> Line:
    """What it is offered for."""
    titles = [Sentence(all_rules()[rule].title) for rule in entry.playbook.rules if rule in all_rules()]
    if not titles:
        return line(Sentence("Begun by hand"))
    first = Sentence("For: {signal}", {"signal": titles[0]})
    return line(first, *titles[1:])


def _used(tally: Tally) -> Sentence:
    if not tally.begun:
        return Sentence("never used")
    return plural("used once", "used {count} times", tally.begun)


def _came_of_it(tally: Tally) -> Line:
    """How many are at work, and how the others ended."""
    ends = (
        Sentence("{outcome}: {count}", {"outcome": Sentence(words), "count": tally.outcomes[one]})
        for one, words in OUTCOMES.items()
        if tally.outcomes.get(one)
    )
    at_work = plural("{count} at work", "{count} at work", tally.running) if tally.running else None
    stopped = plural("{count} stopped", "{count} stopped", tally.stopped) if tally.stopped else None
    finished = plural("{count} finished", "{count} finished", tally.finished) if tally.finished else None
    return line(_used(tally), at_work, finished, *ends, stopped)


def playbook_modal(entry: Entry, t: Translator, *, admin: bool, zone: tzinfo = UTC) -> Modal:
    """One playbook with its steps; admins may change it."""
    told = entry.told(t)
    steps = tuple(line(Sentence("☐ {step}", {"step": step.text}), _due(step.days)) for step in told.steps)
    removed = Sentence("removed") if entry.removed else None
    blocks = [
        as_section(t, (strong(told.title, removed), _signals(entry), line(extent(told)))),
        as_section(t, steps),
        as_section(t, (_came_of_it(entry.tally),)),
        context(_origin(entry, t, zone)),
    ]
    if admin:
        blocks.append(actions(*_changes(entry, t)))
    return Modal(cut(t("Playbook"), TITLE_MOST), tuple(blocks), cut(t("Close"), TITLE_MOST))


def _due(days: int | None) -> Sentence | None:
    if days is None:
        return None
    return plural("after {count} working day", "after {count} working days", days) if days else Sentence("at once")


def _origin(entry: Entry, t: Translator, zone: tzinfo) -> Markup:
    if entry.kept is None:
        return t.md("Comes with Latido")
    values = {"person": mention(entry.kept.edited_by), "day": entry.kept.edited_at.astimezone(zone).date()}
    if entry.removed:
        return t.md("Removed by {person}, {day}", **values)
    if entry.declared:
        return t.md("Changed by {person}, {day}", **values)
    return t.md("Written by {person}, {day}", **values)


def _changes(entry: Entry, t: Translator) -> Iterator[Block]:
    """What an admin may do with it; the value differs after each change, so that it may be done again."""
    value = packed(f"{entry.playbook.id} {entry.stamp}")
    if not entry.removed:
        yield button(t("Edit"), EDIT, value)
    if entry.kept is not None and (entry.declared or entry.removed):
        back = t("It stands as it came with Latido again.") if entry.declared else t("It is offered again.")
        sure = confirm(t("Restore this playbook?"), back, yes=t("Restore"), no=t("Keep it"))
        yield button(t("Restore"), RESTORE, value, confirm=sure)
    if not entry.removed:
        sure = confirm(
            t("Remove this playbook?"),
            t("It is not offered any more. Those at work go on, and it can be restored."),
            yes=t("Remove"),
            no=t("Keep it"),
            danger=True,
        )
        yield button(t("Remove"), REMOVE, value, style="danger", confirm=sure)


def account_card(account: Account, runs: list[Run], t: Translator, zone: tzinfo = UTC) -> Reply:
    """What is at work for an account and what was, and the button to begin one."""
    head: Paragraph = (strong(Sentence("Playbooks for {account}", {"account": account.name})),)
    nothing: Paragraph = (line(Sentence("None has been begun for this account yet.")),)
    shown = runs[:RUNS_MOST]
    told = [_run(run, zone, named=False) for run in shown] or [nothing]
    blocks = [as_section(t, head)]
    blocks += [as_section(t, _run(run, zone, named=True)) for run in shown] or [as_section(t, nothing)]
    start = button(t("Start a playbook"), START, str(Target(account)), style="primary")
    blocks.append(actions(start))
    return Reply(plain_text(t, [head, *told]), tuple(blocks))


def _run(run: Run, zone: tzinfo, *, named: bool) -> Paragraph:
    """One run: how far it is or how it ended, and the next thing to do."""
    values: dict[str, Value] = {"owner": mention(run.owner)}
    owner = Sentence("Owner: {owner}", values) if named else None
    done = Sentence("{done} of {count} done", {"done": run.done, "count": len(run.steps)})
    if run.state is not RunState.RUNNING:
        note = () if not run.note else (line(Sentence("“{note}”", {"note": run.note})),)
        day = None if run.ended_at is None else run.ended_at.astimezone(zone).date()
        return (strong(run.title), line(ended(run), Sentence("ended {day}", {"day": day}), owner, done), *note)
    due = None if run.due_on is None else Sentence("due {day}", {"day": run.due_on})
    following = next((step for step in run.steps if not step.done), None)
    next_ = () if following is None else (line(Sentence("Next: {step}", {"step": following.text})),)
    return (strong(run.title), line(Sentence("at work"), owner, due, done), *next_)
