"""The modals of playbooks: to begin one, to end one, to write one."""

from typing import Final

from commands.core.button_values import packed
from commands.core.playbook_asked import (
    DIRECT,
    HERE,
    NEW,
    NOTE,
    OUTCOME,
    OWNER,
    PLAYBOOK,
    SIGNALS,
    STEPS,
    TITLE,
    WHERE,
    Target,
)
from commands.core.playbook_question import Entry
from commands.core.playbook_work import NOTE_MOST
from commands.core.reply import Block, Modal
from commands.core.request import Translator
from commands.ui.blocks import (
    choice_input,
    context,
    cut,
    multi_static_select,
    option,
    radio_buttons,
    static_select,
    text_input,
    users_select,
)
from commands.ui.cards.explain import TITLE_MOST as HEAD_MOST
from commands.ui.cards.paragraphs import Paragraph, as_section, line, strong
from commands.ui.cards.playbook import OUTCOMES
from metrics.checklists import STEP_MOST, STEPS_MOST, TITLE_MOST, Playbook, lines_of
from metrics.rules import all_rules
from metrics.types import Sentence, msg, plural
from storage.queries.alerts import Outcome
from storage.queries.playbook_runs import Run

BEGIN: Final = "playbooks.begin"
END: Final = "playbooks.end"
SAVE: Final = "playbooks.save"

RADIO_MOST: Final = 10
_WON: Final = {
    Outcome.SAVED: msg("✅ Won: they take more"),
    Outcome.LOST: msg("❌ They do not want it"),
    Outcome.NOT_A_RISK: msg("⚪ There was nothing in it"),
}
"""How a reason to offer more ends."""


def start_form(
    target: Target, fits: list[Entry], running: list[Run], owner: str, *, placed: bool, t: Translator
) -> Modal:
    """Which playbook, whose, and where it stands unless it is `placed` in the thread of its alert."""
    told = [entry.told(t) for entry in fits]
    blocks = [as_section(t, (strong(target.account.name), *_why(target)))]
    if running:
        names = ", ".join(run.title for run in running)
        blocks.append(context(t.md("At work for this account already: {playbooks}", playbooks=names)))
    if len(told) == 1:
        steps = (line(Sentence("☐ {step}", {"step": step.text})) for step in told[0].steps)
        blocks.append(as_section(t, (strong(told[0].title), line(extent(told[0])), *steps)))
    options = [option(one.title, one.id, t(extent(one))) for one in told]
    first = options[0] if target.alert is not None or len(options) == 1 else None
    menu = (
        radio_buttons("playbook", options, initial=first)
        if len(options) <= RADIO_MOST
        else static_select("playbook", t("Choose a playbook"), options, initial=first)
    )
    blocks.append(choice_input(PLAYBOOK, t("Playbook"), menu))
    blocks.append(choice_input(OWNER, t("Who does it?"), users_select("owner", t("Choose a colleague"), initial=owner)))
    if placed:
        blocks.append(context(t.md("The checklist goes into the alert's thread.")))
    elif target.channel:
        blocks.append(choice_input(WHERE, t("Where should the checklist stand?"), _places(t)))
    else:
        blocks.append(context(t.md("The checklist goes to its owner by direct message.")))
    return Modal(
        _head(t("Start a playbook")),
        tuple(blocks),
        close=_head(t("Close")),
        callback_id=BEGIN,
        submit=_head(t("Start")),
        private_metadata=str(target),
    )


def _why(target: Target) -> Paragraph:
    return () if target.alert is None else (line(target.alert.why),)


def _places(t: Translator) -> Block:
    direct = option(t("In a direct message to its owner"), DIRECT)
    return radio_buttons("where", [direct, option(t("In this channel, for everybody"), HERE)], initial=direct)


def extent(playbook: Playbook) -> Sentence:
    """How many steps, and in how many working days."""
    count = plural("{count} step", "{count} steps", len(playbook.steps))
    if not playbook.days:
        return count
    days = plural("{count} working day", "{count} working days", playbook.days)
    return Sentence("{steps} in {days}", {"steps": count, "days": days})


def finish_form(run: Run, *, expansion: bool, t: Translator) -> Modal:
    """How it ended."""
    words = _WON if expansion else OUTCOMES
    left = len(run.steps) - run.done
    open_ = plural("{count} step is not ticked off.", "{count} steps are not ticked off.", left)
    head = (strong(run.title, run.account_name), *((line(open_),) if left else ()))
    blocks = [
        as_section(t, head),
        choice_input(
            OUTCOME, t("How did it end?"), radio_buttons("outcome", [option(t(words[one]), one) for one in words])
        ),
        text_input(
            NOTE, t("What should others know?"), action_id="note", multiline=True, optional=True, most=NOTE_MOST
        ),
    ]
    if run.alert_id is not None:
        blocks.append(context(t.md("This closes the alert too.")))
    return Modal(
        _head(t("Finish the playbook")),
        tuple(blocks),
        close=_head(t("Close")),
        callback_id=END,
        submit=_head(t("Finish")),
        private_metadata=packed(str(run.id)),
    )


def edit_form(entry: Entry | None, t: Translator) -> Modal:
    """A playbook's title, signals and steps; None: of a new one."""
    told = None if entry is None else entry.told(t)
    rules = [option(t(rule.title), rule.id) for rule in all_rules().values()]
    chosen = [one for one in rules if told is not None and one["value"] in told.rules]
    hint = t.md(
        "One step a line, at most {steps} of them and {letters} characters each. “3d: …” is due after three working "
        "days. Playbooks at work stay as they are.",
        steps=STEPS_MOST,
        letters=STEP_MOST,
    )
    blocks = [
        text_input(TITLE, t("Title"), action_id="title", initial=None if told is None else told.title, most=TITLE_MOST),
        choice_input(
            SIGNALS,
            t("For which signals?"),
            multi_static_select("signals", t("Choose signals"), rules, initial=chosen),
            optional=True,
        ),
        text_input(
            STEPS,
            t("Steps"),
            action_id="steps",
            initial=None if told is None else lines_of(told.steps),
            placeholder=t("1d: Call the champion"),
            multiline=True,
        ),
        context(hint),
    ]
    if entry is not None and entry.kept is None:
        blocks.append(context(t.md("From then on it stands in your words, in one language for everybody.")))
    return Modal(
        _head(t("New playbook") if entry is None else t("Edit the playbook")),
        tuple(blocks),
        close=_head(t("Close")),
        callback_id=SAVE,
        submit=_head(t("Save")),
        private_metadata=packed(NEW if entry is None else f"{entry.playbook.id} {entry.stamp}"),
    )


def _head(text: str) -> str:
    return cut(text, HEAD_MOST)
