"""/latido alerts: the list, how good alerts are, where they go, what somebody wants to hear; on both databases."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from commands.alerts import COMMAND
from commands.core.errors import NotAllowed, UserError
from commands.core.preferences import Preferences, Where, preferences_of
from commands.core.reply import Answer, Invalid, Modal
from commands.core.request import Audience, Request, Role
from commands.ui.text import LOCALES
from metrics.dials import RulePolicy
from metrics.judging import Severity
from storage.queries.alert_routes import CSM, Route, add, routes
from storage.queries.alert_steps import Step, change, note
from storage.queries.alert_waits import past_their_day
from storage.queries.alerts import Outcome, State
from storage.queries.people_known import by_ids
from storage.session import Session
from tests.commands.alerted import NOW, fired, known, posted, the
from tests.commands.asking import ask
from tests.commands.pressing import modal, reply

ADMIN = ask(role=Role.ADMIN)
ROUTE: dict[str, Any] = {
    "route_rule": "=usage_drop",
    "route_severity": "=warning",
    "route_segment": "*",
    "route_csm": "*",
    "route_where": "channel",
    "route_channel": "C0VIP",
    "route_person": None,
    "route_language": "es",
    "route_lead": "U0LEA",
}
MINE: dict[str, Any] = {
    "mine_least": "warning",
    "mine_muted": ("renewal_near", "made_up"),
    "mine_where": "digest",
    "mine_hours": "22:00-07:30",
    "mine_days": None,
    "mine_zone": "Europe/Lisbon",
    "mine_urgent": (),
}


def told(db: Session, text: str = "", request: Request | None = None) -> str:
    return reply(COMMAND.run(replace(request or ask(), text=text), db)).text


def act(db: Session, action_id: str, text: str, request: Request | None = None) -> Answer:
    action = next(one for one in COMMAND.actions if one.id == action_id)
    return action.run(replace(request or ask(), text=text), db)


def submit(db: Session, view_id: str, text: str, state: dict[str, Any], request: Request | None = None) -> Answer:
    view = next(one for one in COMMAND.views if one.id == view_id)
    request = request or replace(ADMIN, conversations={"C0VIP": Audience("C0VIP", external=False)})
    return view.run(replace(request, text=text, state=state), db)


def taken(db: Session, alert_id: int, hours: int = 1, user: str = "U1") -> None:
    due_on = NOW.date().replace(day=20)
    at = NOW + timedelta(hours=hours)
    values = {"taken_by": user, "taken_at": at, "due_on": due_on}
    change(db, alert_id, Step.TAKEN, now=at, actor=user, state=State.TAKEN, **values)  # type: ignore[arg-type]


# --- The list ------------------------------------------------------------------------------------------------------


def test_the_list_begins_with_what_is_past_its_day(db: Session) -> None:
    late, urgent = fired(db, "Late", severity="notice", held=True), fired(db, "Urgent", severity="urgent")
    taken(db, late)
    fired(db, "Calm", minor=100)
    closed = fired(db, "Closed")
    change(db, closed, Step.CLOSED, now=NOW, state=State.CLOSED, outcome=Outcome.LOST)
    lines = told(db).splitlines()
    assert lines[:2] == [
        "3 open alerts · MRR $2,401 at stake · all customers",
        "1 past its day · 2 not taken · 1 taken",
    ]
    assert [line.split()[1] for line in lines if line[0] in "🔴🟠🟡"] == ["Late", "Urgent", "Calm"]
    assert the(db, urgent).state is State.OPEN


def test_the_list_is_about_a_segment_or_a_csm(db: Session) -> None:
    fired(db, "Small", segment="smb")
    fired(db, "Big", segment="enterprise", csm_email="ana@example.com")
    assert "Big" not in told(db, "smb")
    assert "Small" not in told(db, "csm:ana")
    with pytest.raises(UserError):
        told(db, "no such thing")


def test_an_empty_list_says_where_to_look(db: Session) -> None:
    assert told(db).startswith("No open alerts")


# --- Quality -------------------------------------------------------------------------------------------------------


def test_quality_counts_what_people_made_of_alerts_and_says_what_to_turn(db: Session) -> None:
    for n in range(4):
        alert_id = fired(db, f"Noise{n}", rule_id="renewal_near")
        note(db, alert_id, Step.VOTED, now=NOW, actor="U1", detail={"useful": True})
        note(db, alert_id, Step.VOTED, now=NOW, actor="U1", detail={"useful": False})
    saved = fired(db, "Saved", rule_id="renewal_near", minor=90_000)
    taken(db, saved, hours=2)
    change(db, saved, Step.CLOSED, now=NOW, state=State.CLOSED, outcome=Outcome.SAVED)
    text = told(db, "Calidad")
    assert "🔧 A renewal at risk: 4 of 5 not useful." in text
    assert 'Make it calmer: `LATIDO_RULES="renewal_near.days=45"` (now 60)' in text
    assert "1 taken · half within 2 hours" in text
    assert "1 saved · MRR $900 saved" in text
    assert "precision 20% · noise 80% · 4 votes not useful" in text


def test_who_has_it_later_does_not_change_how_soon_it_was_taken(db: Session) -> None:
    alert_id = fired(db, "Handed on")
    taken(db, alert_id, hours=2)
    taken(db, alert_id, hours=50, user="U2")
    assert "1 taken · half within 2 hours" in told(db, "quality")


def test_a_dial_that_is_turned_is_turned_from_where_it_is(db: Session) -> None:
    for n in range(5):
        note(db, fired(db, f"N{n}", rule_id="renewal_near"), Step.VOTED, now=NOW, actor="U1", detail={"useful": False})
    request = replace(ask(), company=replace(ask().company, rules=RulePolicy(company={"renewal_near.days": 40})))
    assert "renewal_near.days=30" in told(db, "quality", request)


def test_a_vote_says_what_others_think(db: Session) -> None:
    alert_id = fired(db)
    answered = reply(act(db, "alerts.useless", f"1 0 {alert_id} 1"))
    assert answered.text == "Noted, thank you.\nUsage is dropping: 1 of 1 judged alerts not useful."
    assert answered.blocks[-1]["elements"][0]["action_id"] == "alerts.close"


# --- Pressing ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["1 0 x", "1 0 99999", "0 7", "1 0 ", "1 0 9999999999999999999999"])
@pytest.mark.parametrize("action", ["alerts.take", "alerts.snooze", "alerts.useless", "alerts.close", "alerts.reopen"])
def test_a_made_up_button_is_refused(db: Session, action: str, text: str) -> None:
    with pytest.raises(UserError):
        act(db, action, text)


@pytest.mark.parametrize("days", ["", "0", "99", "x"])
def test_a_made_up_snooze_is_refused(db: Session, days: str) -> None:
    with pytest.raises(UserError):
        act(db, "alerts.snooze", f"1 0 {fired(db)} 1 {days}".strip())


def test_what_is_over_can_neither_be_taken_nor_snoozed(db: Session) -> None:
    alert_id = fired(db)
    change(db, alert_id, Step.RECOVERED, now=NOW, state=State.RECOVERED, cleared_at=NOW)
    for action, text in (("alerts.take", f"1 0 {alert_id} 1"), ("alerts.snooze", f"1 0 {alert_id} 1 3")):
        with pytest.raises(UserError):
            act(db, action, text)
    with pytest.raises(UserError):
        act(db, "alerts.reopen", f"1 0 {alert_id} 1")


def assign(db: Session, alert_id: int, owner: str, now: datetime = NOW) -> Answer:
    request = replace(ask(), now=now, block_id=f"alerts.row {alert_id} 2")
    return act(db, "alerts.assign", owner, request)


def of_olga(db: Session) -> int:
    """An alert that somebody else has."""
    alert_id = fired(db)
    due: dict[str, Any] = {
        "state": State.TAKEN,
        "taken_by": "U0OLGA",
        "taken_at": NOW,
        "due_on": NOW.date() + timedelta(days=7),
    }
    change(db, alert_id, Step.TAKEN, now=NOW, actor="U0OLGA", **due)
    return alert_id


def test_it_is_handed_over_with_its_day(db: Session) -> None:
    alert_id = of_olga(db)
    known(db)
    before = the(db, alert_id)
    assert "has Acme Corp now" in reply(assign(db, alert_id, "U0ANA2")).text
    after = the(db, alert_id)
    assert (after.taken_by, after.due_on, after.taken_at) == ("U0ANA2", before.due_on, before.taken_at)
    (message,) = posted(db, purpose="alert handed")
    assert message.destination == "U0ANA2"
    assert "has handed this to you." in message.text


def test_whoever_gets_it_after_its_day_gets_a_day_and_a_reminder_of_their_own(db: Session) -> None:
    alert_id = of_olga(db)
    later = NOW + timedelta(days=8)
    note(db, alert_id, Step.REMINDED, now=later, actor=None, detail={})
    assert past_their_day(db, later.date()) == []
    assign(db, alert_id, "U0ANA2", later + timedelta(hours=1))
    assert the(db, alert_id).due_on == later.date() + timedelta(days=7)
    assert [one.id for one in past_their_day(db, later.date() + timedelta(days=8))] == [alert_id]


def test_whoever_takes_it_from_another_gets_no_message(db: Session) -> None:
    alert_id = of_olga(db)
    presser = ask().actor.user_id
    assert "is yours, due" in reply(assign(db, alert_id, presser)).text
    assert (the(db, alert_id).taken_by, posted(db, purpose="alert handed")) == (presser, [])


def test_what_nobody_has_taken_cannot_be_handed_over(db: Session) -> None:
    with pytest.raises(UserError, match="open"):
        assign(db, fired(db), "U0OLGA")
    for made_up in ("", "x", "99999"):
        with pytest.raises(UserError):
            act(db, "alerts.assign", "U0OLGA", replace(ask(), block_id=f"alerts.row {made_up}"))


def test_only_an_outcome_and_a_note_that_fits_close_an_alert(db: Session) -> None:
    alert_id = fired(db)
    wrong = submit(db, "alerts.close.save", f"1 0 {alert_id} 1", {"alert_outcome": "won", "alert_note": "x" * 501})
    assert isinstance(wrong, Invalid)
    assert set(wrong.errors) == {"alert_outcome", "alert_note"}
    assert the(db, alert_id).state is State.OPEN


# --- Where alerts go -----------------------------------------------------------------------------------------------


def test_the_table_is_for_admins(db: Session) -> None:
    with pytest.raises(NotAllowed):
        told(db, "routes")
    roles = {one.id: one.least_role for one in COMMAND.actions} | {one.id: one.least_role for one in COMMAND.views}
    assert {role for id_, role in roles.items() if ".route." in id_} == {Role.ADMIN}
    assert "first lead or admin" in told(db, "rutas", ADMIN)


def test_a_line_is_added_changed_raised_and_removed(db: Session) -> None:
    assert isinstance(act(db, "alerts.route.edit", "1 0 ", ADMIN), Modal)
    assert isinstance(submit(db, "alerts.route.save", "1 0 ", ROUTE), Modal)
    (first,) = routes(db)
    assert first[:8] == ("usage_drop", "warning", None, None, "C0VIP", "es", "U0LEA", "U1")
    submit(db, "alerts.route.save", "1 0 ", ROUTE | {"route_rule": "*", "route_where": "csm", "route_lead": None})
    second = routes(db)[1]
    assert (second.rule_id, second.destination, second.lead) == (None, CSM, None)
    submit(db, "alerts.route.save", f"1 0 {second.id}", ROUTE | {"route_where": "person", "route_person": "U0BOB"})
    act(db, "alerts.route.up", f"1 0 {second.id}", ADMIN)
    act(db, "alerts.route.up", f"1 0 {second.id}", ADMIN)
    assert [one.destination for one in routes(db)] == ["U0BOB", "C0VIP"]
    shown = reply(act(db, "alerts.route.remove", f"1 0 {first.id}", ADMIN))
    assert (shown.replace, len(routes(db))) == (True, 1)
    with pytest.raises(UserError):
        act(db, "alerts.route.remove", f"1 0 {first.id}", ADMIN)
    with pytest.raises(UserError):
        submit(db, "alerts.route.save", f"1 0 {first.id}", ROUTE)


@pytest.mark.parametrize(
    ("changed", "at"),
    [
        ({"route_channel": None}, "route_channel"),
        ({"route_where": "person"}, "route_person"),
        ({"route_where": None}, "route_where"),
    ],
)
def test_a_line_needs_a_destination(db: Session, changed: dict[str, Any], at: str) -> None:
    wrong = submit(db, "alerts.route.save", "1 0 ", ROUTE | changed)
    assert isinstance(wrong, Invalid)
    assert set(wrong.errors) == {at}


@pytest.mark.parametrize(
    ("place", "said"), [({"external": True}, "outside the company"), ({"external": False, "member": False}, "/invite")]
)
def test_a_line_goes_only_where_the_bot_is_and_nobody_else_reads(db: Session, place: Any, said: str) -> None:
    request = replace(ADMIN, conversations={"C0VIP": Audience("C0VIP", **place)})
    wrong = submit(db, "alerts.route.save", "1 0 ", ROUTE, request)
    assert isinstance(wrong, Invalid)
    assert said in wrong.errors["route_channel"]
    assert routes(db) == ()


def test_a_line_names_colleagues_only(db: Session) -> None:
    request = replace(ADMIN, people={"U0BOB": Role.GUEST, "U0LEA": Role.OUTSIDER})
    wrong = submit(db, "alerts.route.save", "1 0 ", ROUTE | {"route_where": "person", "route_person": "U0BOB"}, request)
    assert isinstance(wrong, Invalid)
    assert set(wrong.errors) == {"route_person", "route_lead"}


@pytest.mark.parametrize("locale", LOCALES)
def test_a_line_can_be_edited_in_every_language(db: Session, locale: str) -> None:
    route_id = add(db, Route("gone_rule", "urgent", "smb", "x@y.example", "U0BOB", "ru", None, "U1"))
    form = modal(act(db, "alerts.route.edit", f"1 0 {route_id}", ask(locale=locale, role=Role.ADMIN)))
    assert form.private_metadata == f"1 0 {route_id}"


# --- What somebody wants to hear -----------------------------------------------------------------------------------


def test_wishes_are_kept_with_the_person(db: Session) -> None:
    known(db, "U1")
    saved = submit(db, "alerts.mine.save", "", MINE, ask())
    assert isinstance(saved, Modal)
    (one,) = by_ids(db, ["U1"]).values()
    assert preferences_of(one) == Preferences(
        Severity.WARNING, frozenset({"renewal_near"}), Where.DIGEST, "22:00-07:30", None, zone="Europe/Lisbon"
    )
    assert one.zone == "Europe/Madrid"
    text = told(db, "mine")
    assert "In the digest only: A renewal at risk" in text
    assert "Quiet hours: 22:00-07:30 · Days off: sat,sun · Time zone: Europe/Lisbon" in text


def test_somebody_nobody_knows_yet_can_decide_too(db: Session) -> None:
    assert "By direct message" in told(db, "mine")
    submit(db, "alerts.mine.save", "", MINE, ask())
    assert "In the digest only" in told(db, "mine")


def test_wishes_that_mean_nothing_are_refused_each_at_its_place(db: Session) -> None:
    wrong = submit(
        db, "alerts.mine.save", "", MINE | {"mine_hours": "late", "mine_days": "someday", "mine_zone": "Mars"}
    )
    assert isinstance(wrong, Invalid)
    assert set(wrong.errors) == {"mine_hours", "mine_days", "mine_zone"}
