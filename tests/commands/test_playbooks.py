"""/latido playbooks as people use it: listed, written, begun, ticked off, ended; what is refused."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from commands.core.access import admit
from commands.core.errors import NotAllowed, UserError
from commands.core.playbook_asked import Target
from commands.core.playbook_work import Shown, shown_of
from commands.core.reply import Invalid, Modal
from commands.core.request import Request, Role
from commands.playbooks import COMMAND
from commands.ui.text import translator
from metrics.types import Money, Sentence
from storage.queries import alert_steps, alerts
from storage.queries.accounts import search
from storage.queries.alert_steps import NewAlert, Step
from storage.queries.alerts import State
from storage.queries.playbook_runs import Run, RunState, by_id, tallies
from storage.session import Session
from tests.commands.asking import NOW, ask
from tests.commands.pressing import labels, modal, press, reply

ADMIN = ask(role=Role.ADMIN)
STEPS = "\n".join(f"{number}d: Step {number}" for number in range(12))


def act(action_id: str, request: Request, db: Session, value: str = "", block_id: str = "", moment: str = "1"):
    action = next(action for action in COMMAND.actions if action.id == action_id)
    return action.run(replace(request, text=value, block_id=block_id, moment=moment), db)


def send(view_id: str, form: Modal, by: Request, db: Session, **state: str | tuple[str, ...] | None):
    view = next(view for view in COMMAND.views if view.id == view_id)
    return view.run(replace(by, text=form.private_metadata, state=state), db)


def written(db: Session, steps: str = STEPS, title: str = "Our own", signals: tuple[str, ...] = ()) -> Modal:
    form = modal(act("playbooks.add", ADMIN, db))
    return modal(send("playbooks.save", form, ADMIN, db, title=title, signals=signals, steps=steps))


def target(db: Session, name: str = "Acme Corp") -> Target:
    hit = search(db, name, limit=1).hit
    assert hit is not None
    return Target(hit)


def begun(db: Session, playbook: str = "champion_left", by: Request | None = None, owner: str = "U1") -> Run:
    form = modal(act("playbooks.start", by or ask(), db, str(target(db))))
    reply(send("playbooks.begin", form, by or ask(), db, playbook=playbook, owner=owner))
    return the_run(db)


def the_run(db: Session, run_id: int = 1) -> Run:
    found = by_id(db, run_id)
    assert found is not None
    return found


def done(run: Run) -> list[int]:
    return [step.position for step in run.steps if step.done]


def open_alert(db: Session, rule: str) -> int:
    new = NewAlert(target(db).account.id, rule, "warning", Sentence("Why"), None, Money(1, "USD"))
    return alert_steps.open_(db, [new], now=NOW)[0]


def test_all_are_listed_with_what_they_are_for_and_members_may_not_write(company):
    card = reply(COMMAND.run(ask(), company))
    assert card.text.startswith("11 playbooks")
    assert "For: Point of contact gone · Point of contact silent" in card.text
    assert "New playbook" not in labels(card.blocks)
    assert "New playbook" in labels(reply(COMMAND.run(ADMIN, company)).blocks)
    assert "Edit" not in labels(modal(press(COMMAND, card, "playbooks.show", ask(), company)).blocks)


def test_a_name_that_several_accounts_have_is_asked_about_and_opens_here(company):
    card = reply(COMMAND.run(ask("acme"), company))
    chosen = reply(press(COMMAND, card, "playbooks.account", ask(), company))
    assert chosen.text.startswith("Playbooks for Acme")


def test_one_of_the_companys_own_is_written_changed_removed_and_restored(company):
    shown = written(company, title="Gone   for\tgood", signals=("usage_drop", "no_such_rule"))
    assert "Gone for good" in str(shown.blocks)
    assert "For: Usage is dropping" in str(shown.blocks)
    form = modal(press(COMMAND, shown, "playbooks.edit", ADMIN, company))
    shown = modal(send("playbooks.save", form, ADMIN, company, title="Changed", signals=None, steps="Just this"))
    assert "Begun by hand" in str(shown.blocks)
    later = replace(ADMIN, now=NOW + timedelta(seconds=1))
    gone = modal(press(COMMAND, shown, "playbooks.remove", later, company))
    assert labels(gone.blocks) == ["Restore"]
    assert "Changed" not in reply(COMMAND.run(ask(), company)).text
    back = modal(press(COMMAND, gone, "playbooks.restore", replace(ADMIN, now=NOW + timedelta(seconds=2)), company))
    assert labels(back.blocks) == ["Edit", "Remove"]


def test_a_declared_one_in_the_companys_words_can_be_what_it_was_again(company):
    form = modal(act("playbooks.edit", ask(role=Role.ADMIN, locale="es"), company, "1 0 gone_quiet 0"))
    shown = modal(
        send("playbooks.save", form, ADMIN, company, title="Calladas", signals=("inactivity",), steps="Llamar")
    )
    assert "Changed by <@U1>" in str(shown.blocks)
    assert "Calladas" in reply(COMMAND.run(ask(locale="ru"), company)).text
    back = modal(press(COMMAND, shown, "playbooks.restore", ADMIN, company))
    assert "Comes with Latido" in str(back.blocks)
    assert "Gone quiet: bring them back" in str(back.blocks)


def test_what_is_wrong_with_a_playbook_is_said_at_its_input(company):
    form = modal(act("playbooks.add", ADMIN, company))
    wrong = send("playbooks.save", form, ADMIN, company, title=" ", signals=None, steps="1d: Good\n9w: Bad")
    assert isinstance(wrong, Invalid)
    assert wrong.errors["title"] == "From 1 to 100 characters, please."
    assert wrong.errors["steps"].startswith("Line 2: Write the working days")
    nothing = send("playbooks.save", form, ADMIN, company, title="x" * 101, signals=None, steps=None)
    assert isinstance(nothing, Invalid)
    assert nothing.errors["steps"] == "Write at least one step."


def test_two_admins_do_not_overwrite_each_other(company):
    written(company)
    first, second = (modal(act("playbooks.edit", ADMIN, company, "1 0 own_1 x")) for _ in range(2))
    later = replace(ADMIN, now=NOW + timedelta(minutes=1))
    modal(send("playbooks.save", first, later, company, title="First", signals=None, steps="One"))
    refused = send("playbooks.save", second, later, company, title="Second", signals=None, steps="Two")
    assert isinstance(refused, Invalid)
    assert refused.errors["title"].startswith("Somebody has changed this playbook")


def test_an_alert_offers_those_that_fit_and_is_taken_when_one_begins(company):
    alert_id = open_alert(company, "payment_failed")
    form = modal(act("playbooks.start", ask(), company, str(alert_id)))
    assert [one["value"] for one in options(form)] == ["payment_recovery"]
    said = reply(send("playbooks.begin", form, ask(), company, playbook="payment_recovery", owner="U2"))
    assert said.text == "Started. <@U2> gets the checklist by direct message."
    alert = alerts.by_id(company, alert_id)
    assert alert is not None
    assert (alert.state, alert.taken_by, alert.due_on) == (State.TAKEN, "U2", date(2026, 12, 7))
    kinds = [event.kind for event in alert_steps.events_of(company, alert_id)]
    assert kinds == [Step.OPENED, Step.TAKEN, Step.PLAYBOOK]


def test_an_account_offers_all_those_for_its_open_alerts_first(company):
    open_alert(company, "seats_full")
    form = modal(act("playbooks.start", ask(), company, str(target(company))))
    values = [one["value"] for one in options(form)]
    assert values[0] == "seats_expansion"
    assert len(values) == 11


def options(form: Modal):
    menu = next(block["element"] for block in form.blocks if block.get("block_id") == "playbook")
    return menu["options"]


def test_due_days_are_working_days(company):
    run = begun(company)
    assert [step.due_on for step in run.steps[:3]] == [date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 26)]
    assert run.due_on == date(2026, 12, 7)


def test_one_playbook_is_at_work_for_an_account_once(company):
    begun(company)
    form = modal(act("playbooks.start", ask(), company, str(target(company))))
    assert "At work for this account already" in str(form.blocks)
    with pytest.raises(UserError, match="is at work"):
        send("playbooks.begin", form, ask(), company, playbook="champion_left", owner="U1")


def test_a_run_keeps_its_steps_whatever_becomes_of_the_playbook(company):
    written(company)
    run = begun(company, "own_1")
    form = modal(act("playbooks.edit", ADMIN, company, "1 0 own_1 x"))
    modal(send("playbooks.save", form, ADMIN, company, title="Other", signals=None, steps="Other"))
    assert [step.text for step in the_run(company).steps] == [step.text for step in run.steps]


def test_boxes_beyond_the_tenth_are_a_group_of_their_own(company):
    written(company)
    begun(company, "own_1")
    act("playbooks.tick", ask(), company, "0,1", str(Shown(1, 1, 0, frozenset())))
    act("playbooks.tick", ask(), company, "10", str(Shown(1, 1, 1, frozenset())))
    assert done(the_run(company)) == [0, 1, 10]
    act("playbooks.tick", ask(), company, "5,11", str(Shown(1, 3, 1, frozenset({10}))), moment="2")
    assert done(the_run(company)) == [0, 1, 11], "5 is no box of the second group"


def test_a_tick_that_changes_nothing_leaves_the_message_alone(company):
    begun(company)
    act("playbooks.tick", ask(), company, "0", str(Shown(1, 1, 0, frozenset())))
    version = the_run(company).version
    act("playbooks.tick", ask(), company, "0", str(Shown(1, version, 0, frozenset({0}))), moment="2")
    assert the_run(company).version == version


def test_what_somebody_else_ticked_first_stays_theirs(company):
    begun(company)
    act("playbooks.tick", ask(), company, "0", str(Shown(1, 1, 0, frozenset())))
    other = replace(ask(), actor=replace(ask().actor, user_id="U2"))
    act("playbooks.tick", other, company, "0,1", str(Shown(1, 1, 0, frozenset())))
    assert [step.done_by for step in the_run(company).steps[:2]] == ["U1", "U2"]


@pytest.mark.parametrize(
    "block_id", ["", "playbooks.steps", "playbooks.steps 1 1 0 x", "playbooks.steps 9 1 0 -", "b1"]
)
def test_a_row_that_is_none_of_ours_is_refused(company, block_id):
    begun(company)
    with pytest.raises(UserError):
        act("playbooks.tick", ask(), company, "0", block_id)


def test_rows_are_read_as_they_were_written():
    for shown in (Shown(7, 3, 1, frozenset({10, 12})), Shown(1, 1, 0, frozenset())):
        assert shown_of(str(shown)) == shown


def test_it_ends_once_and_is_counted(company):
    alert_id = open_alert(company, "poc_departure")
    form = modal(act("playbooks.start", ask(), company, f"1 0 {alert_id}"))
    reply(send("playbooks.begin", form, ask(), company, playbook="champion_left", owner="U1"))
    form = modal(act("playbooks.finish", ask(), company, "1 0 1"))
    assert isinstance(send("playbooks.end", form, ask(), company, outcome=None, note=None), Invalid)
    assert isinstance(send("playbooks.end", form, ask(), company, outcome="saved", note="x" * 2001), Invalid)
    assert reply(send("playbooks.end", form, ask(), company, outcome="lost", note=" ")).text == "Finished. Thank you."
    assert the_run(company).note is None
    for action, block_id in (
        ("playbooks.finish", ""),
        ("playbooks.stop", ""),
        ("playbooks.assign", "playbooks.run 1 1"),
    ):
        with pytest.raises(UserError, match="has ended"):
            act(action, ask(), company, "1 0 1", block_id)
    assert tallies(company)["champion_left"].outcomes == {"lost": 1}
    assert "1 finished · lost: 1" in str(modal(act("playbooks.show", ask(), company, "1 0 champion_left")).blocks)
    assert "❌ Lost" in reply(COMMAND.run(ask("acme corp"), company)).text


def test_the_end_of_a_reason_to_offer_more_is_said_in_its_own_words(company):
    begun(company, "seats_expansion")
    assert "Won: they take more" in str(modal(act("playbooks.finish", ask(), company, "1 0 1")).blocks)


def test_a_run_that_is_stopped_has_no_outcome(company):
    begun(company)
    act("playbooks.stop", ask(), company, "1 0 1")
    assert (the_run(company).state, the_run(company).outcome) == (RunState.STOPPED, None)
    assert tallies(company)["champion_left"].stopped == 1


def test_a_checklist_is_in_the_language_of_the_place_where_it_stands(company):
    form = modal(act("playbooks.start", ask(locale="ru"), company, str(target(company))))
    reply(send("playbooks.begin", form, ask(locale="ru"), company, playbook="gone_quiet", owner="U1"))
    assert the_run(company).title == translator("en")("Gone quiet: bring them back")


@pytest.mark.parametrize(
    "value", ["1 0 account - nobody", "1 0 alert - 999", "1 0 alert - x", "999", "1 0 ", "nonsense"]
)
def test_what_is_gone_is_said(company, value):
    with pytest.raises(UserError):
        act("playbooks.start", ask(), company, value)


@pytest.mark.parametrize("part", [COMMAND, *COMMAND.actions, *COMMAND.views], ids=lambda part: part.id)
def test_nobody_from_outside_gets_past_the_gate(part):
    for who in (ask(role=Role.GUEST), ask(role=Role.OUTSIDER), ask(external=True)):
        with pytest.raises(NotAllowed):
            admit(who, part.least_role, part.place)


@pytest.mark.parametrize("name", ["add", "edit", "remove", "restore"])
def test_only_admins_write(name):
    action = next(action for action in COMMAND.actions if action.id == f"playbooks.{name}")
    assert action.least_role is Role.ADMIN
