"""What the messages and modals of playbooks look like, and that Slack takes them at their longest in every language."""

from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from commands.core.playbook_asked import Target
from commands.core.playbook_question import Entry
from commands.core.reply import Modal, Reply
from commands.ui.blocks import check
from commands.ui.cards.playbook import checklist_card, handed_over, reminder_card
from commands.ui.cards.playbook_forms import edit_form, finish_form, start_form
from commands.ui.cards.playbook_list import account_card, list_card, playbook_modal
from commands.ui.text import LOCALES, translator
from metrics.checklists import STEP_MOST, STEPS_MOST, Playbook, Step
from metrics.playbooks import all_playbooks
from storage.queries.alerts import Outcome
from storage.queries.playbook_runs import Overdue, Run, RunState, RunStep, Tally
from storage.queries.playbooks import Kept
from tests.commands.ui.cards.answers import ACCOUNT, NASTY

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
STEPS = (
    RunStep(0, "Call the contact's manager", date(2026, 11, 23), "U0ANA", NOW),
    RunStep(1, "Ask a second contact", date(2026, 11, 23)),
    RunStep(2, "Introduce yourself", TODAY),
    RunStep(3, "Show what they gained", date(2026, 12, 1)),
    RunStep(4, "Write it down", None),
)
RUN = Run(
    7, "champion_left", "Champion left", 1, "acme", "Acme Corp", 12, "U0ANA", RunState.RUNNING, None, None, "en",
    NOW - timedelta(days=2), None, date(2026, 12, 1), 3, 40, {}, STEPS,
)  # fmt: skip
LONG = tuple(RunStep(place, "W" * STEP_MOST, TODAY, "U" + "0" * 30, NOW) for place in range(STEPS_MOST))
LONGEST = RUN._replace(title=NASTY[:150], account_name=NASTY[:255], owner="U" + "0" * 30, steps=LONG)
DONE = RUN._replace(state=RunState.DONE, outcome=Outcome.SAVED, note="Luis takes over", ended_at=NOW)
OVERDUE = [Overdue("U0ANA", 7, "Champion left", "acme", "Acme Corp", "Ask a second contact", date(2026, 11, 23))]
ENTRIES = [Entry(playbook) for playbook in all_playbooks().values()]
OWN = Playbook("own_1", NASTY[:100], (), tuple(Step("W" * STEP_MOST, 365) for _ in range(STEPS_MOST)))
KEPT = Entry(
    OWN, Kept(OWN, "U0ANA", NOW, removed=False), declared=False, tally=Tally(2, 1, {Outcome.SAVED: 5, Outcome.LOST: 1})
)

CARDS = {
    "playbook": lambda t: checklist_card(RUN, t, today=TODAY),
    "playbook-complete": lambda t: checklist_card(
        RUN._replace(steps=tuple(step._replace(done_by="U0OLGA", done_at=NOW) for step in STEPS)), t, today=TODAY
    ),
    "playbook-finished": lambda t: checklist_card(DONE, t, today=TODAY),
    "playbook-longest": lambda t: checklist_card(LONGEST, t, today=TODAY),
    "playbook-ended-longest": lambda t: checklist_card(
        LONGEST._replace(state=RunState.STOPPED, note=NASTY[:2000]), t, today=TODAY
    ),
    "playbook-handed-over": lambda t: handed_over(RUN, t),
    "playbook-reminder": lambda t: reminder_card(OVERDUE, t),
    "playbook-reminder-longest": lambda t: reminder_card(
        [one._replace(text="W" * 500, account_name=NASTY[:255]) for one in OVERDUE * 99], t
    ),
    "playbooks": lambda t: list_card([*ENTRIES, KEPT], 1, t, admin=True),
    "playbooks-member": lambda t: list_card(ENTRIES[:2], 0, t, admin=False),
    "playbooks-account": lambda t: account_card(ACCOUNT, [RUN, DONE], t),
    "playbooks-account-none": lambda t: account_card(ACCOUNT, [], t),
    "playbooks-account-longest": lambda t: account_card(
        ACCOUNT, [LONGEST, DONE._replace(note=NASTY[:2000], title=NASTY[:150])] * 20, t
    ),
}
MODALS = {
    "playbook-start": lambda t: start_form(Target(ACCOUNT), ENTRIES[:2], [RUN], "U0ANA", placed=False, t=t),
    "playbook-start-longest": lambda t: start_form(
        Target(ACCOUNT, channel="C0CS"), [KEPT, *ENTRIES], [LONGEST] * 8, "U0ANA", placed=False, t=t
    ),
    "playbook-start-placed": lambda t: start_form(Target(ACCOUNT), [KEPT], [], "U0ANA", placed=True, t=t),
    "playbook-finish": lambda t: finish_form(RUN, expansion=False, t=t),
    "playbook-finish-expansion": lambda t: finish_form(LONGEST, expansion=True, t=t),
    "playbook-new": lambda t: edit_form(None, t),
    "playbook-edit": lambda t: edit_form(ENTRIES[0], t),
    "playbook-edit-longest": lambda t: edit_form(KEPT, t),
    "playbook-shown": lambda t: playbook_modal(ENTRIES[0], t, admin=False),
    "playbook-shown-admin": lambda t: playbook_modal(KEPT, t, admin=True),
    "playbook-shown-removed": lambda t: playbook_modal(
        replace(ENTRIES[0], kept=Kept(OWN, "U0ANA", NOW, removed=True)), t, admin=True
    ),
}


@pytest.mark.parametrize("name", CARDS)
def test_a_card_looks_as_it_did(name, golden):
    card: Reply = CARDS[name](translator("en", strict=True))
    golden(f"cards/{name}", {"text": card.text, "blocks": card.blocks})


@pytest.mark.parametrize("name", MODALS)
def test_a_modal_looks_as_it_did(name, golden):
    modal: Modal = MODALS[name](translator("en", strict=True))
    golden(f"cards/{name}", asdict(modal))


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", CARDS)
def test_slack_takes_a_card_in_every_language(name, locale):
    assert check(CARDS[name](translator(locale, strict=True)).blocks) == []


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", MODALS)
def test_slack_takes_a_modal_in_every_language(name, locale):
    modal = MODALS[name](translator(locale, strict=True))
    assert check(modal.blocks, surface="modal") == []
    assert len(modal.private_metadata) <= 3000


def test_the_boxes_of_each_version_are_others_to_slack():
    """Slack keeps what was ticked in a row of the same id, whatever an edit says."""
    rows = {
        block["block_id"]
        for version in (3, 4)
        for block in checklist_card(RUN._replace(version=version), translator("en"), today=TODAY).blocks
        if "block_id" in block
    }
    assert len(rows) == 4
