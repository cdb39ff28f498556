"""Who is told of an alert, where and when, and how its messages follow what becomes of it; on both databases."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from commands.ui.alert_posting import refresh, reword, tell
from commands.ui.alert_reminders import escalate, waiting_too_long
from metrics.sentences import as_json
from metrics.types import Sentence
from storage.queries.alert_routes import CSM, DIGEST, Route, add
from storage.queries.alert_steps import Step, change, events_of
from storage.queries.alerts import STILL_OPEN, State
from storage.queries.tables import alert, outbox
from storage.session import Session
from tests.commands.alerted import COMPANY, NOW, alive, fired, known, posted, the

TO_CSM = replace(COMPANY, alert_channel=None)
NIGHT = datetime(2026, 11, 23, 22, 0, tzinfo=UTC)
MORNING = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
"""Eight o'clock in Madrid."""


def say(db: Session, *alert_ids: int, now: datetime = NOW, company: object = COMPANY) -> int:
    return tell(db, alert_ids, company=company, now=now)  # type: ignore[arg-type]


def sent(db: Session, outbox_id: int) -> None:
    """The sender has posted it."""
    values = {"state": "sent", "channel_id": "C0CS", "ts": "1.0", "attempts": 1}
    db.execute(update(outbox).where(outbox.c.id == outbox_id).values(values))


# --- Where to ------------------------------------------------------------------------------------------------------


def test_an_alert_goes_to_the_company_s_channel(db: Session) -> None:
    alert_id = fired(db)
    assert say(db, alert_id) == 1
    (message,) = posted(db)
    assert (message.destination, message.due_at, message.purpose) == ("C0CS", NOW, "alert")
    assert message.text.startswith("🟠 Acme Corp · ")
    assert [one.kind for one in events_of(db, alert_id)] == [Step.OPENED, Step.TOLD]


def test_without_a_channel_it_goes_to_the_csm_in_their_language(db: Session) -> None:
    known(db, language="es")
    say(db, fired(db, csm_email="ANA@example.com"), company=TO_CSM)
    (message,) = posted(db)
    assert message.destination == "U0ANA"
    assert "at stake" not in message.text


@pytest.mark.parametrize(
    ("leads", "admins", "expected"),
    [(("U0LEA",), ("U0ADA",), "U0LEA"), ((), ("U0ADA",), "U0ADA")],
    ids=["the first lead", "else the first admin"],
)
def test_without_a_csm_it_goes_to_whoever_leads(
    db: Session, leads: tuple[str, ...], admins: tuple[str, ...], expected: str
) -> None:
    say(db, fired(db, csm_email="nobody@example.com"), company=replace(TO_CSM, leads=leads, admins=admins))
    assert [one.destination for one in posted(db)] == [expected]


def test_where_there_is_nobody_at_all_it_waits_for_the_digest(db: Session) -> None:
    alert_id = fired(db)
    assert say(db, alert_id, company=replace(TO_CSM, leads=(), admins=())) == 0
    assert the(db, alert_id).held


def test_the_first_route_that_fits_decides(db: Session) -> None:
    known(db)
    every = Route(None, None, None, None, "C0CS", "en", None, "U0ADA")
    add(db, every._replace(rule_id="renewal_near", destination=DIGEST))
    add(db, every._replace(severity="urgent", destination="C0URGENT", language="es"))
    add(db, every._replace(segment="SMB", destination=CSM))
    near, urgent = fired(db, "Near", rule_id="renewal_near"), fired(db, "Urgent", severity="urgent")
    small, other = fired(db, "Small", segment="smb", csm_email="ana@example.com"), fired(db, "Other")
    assert say(db, near, urgent, small, other) == 3
    assert {one.text.split()[1]: one.destination for one in posted(db)} == {
        "Urgent": "C0URGENT",
        "Small": "U0ANA",
        "Other": "C0CS",
    }
    assert the(db, near).held


def test_what_is_held_and_what_was_told_is_not_told(db: Session) -> None:
    held, open_ = fired(db, "Held", held=True), fired(db)
    assert say(db, held, open_) == 1
    assert say(db, held, open_) == 0


# --- What people want ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wish", "destination"),
    [
        ({"least": "urgent"}, None),
        ({"muted": ["usage_drop"]}, None),
        ({"muted": ["renewal_near"]}, "U0ANA"),
        ({"where": "digest"}, None),
        ({"where": "channel"}, "C0CS"),
        ({"least": "nonsense", "hours": None}, "U0ANA"),
    ],
    ids=["only urgent", "muted", "another muted", "digest", "channel", "nonsense"],
)
def test_a_csm_hears_what_they_want_where_they_want(
    db: Session, wish: dict[str, object], destination: str | None
) -> None:
    known(db, preferences=wish)
    add(db, Route(None, None, None, None, CSM, "en", None, "U0ADA"))
    alert_id = fired(db, csm_email="ana@example.com")
    say(db, alert_id)
    assert [one.destination for one in posted(db)] == ([] if destination is None else [destination])
    assert the(db, alert_id).held is (destination is None)


# --- When ----------------------------------------------------------------------------------------------------------


def test_at_night_only_what_is_urgent_is_said_at_once(db: Session) -> None:
    say(db, fired(db, "Calm"), fired(db, "Fire", severity="urgent"), now=NIGHT)
    assert {one.text.split()[1]: one.due_at for one in posted(db)} == {"Calm": MORNING, "Fire": NIGHT}


def test_somebody_s_own_night_and_zone_count_for_them(db: Session) -> None:
    known(db, zone="America/New_York", preferences={"hours": "17:00-10:00", "days": "none", "urgent_waits": True})
    say(db, fired(db, severity="urgent", csm_email="ana@example.com"), company=TO_CSM)
    assert [one.due_at for one in posted(db)] == [datetime(2026, 11, 23, 15, 0, tzinfo=UTC)]


@pytest.mark.parametrize(
    ("night", "morning"),
    [
        (datetime(2026, 3, 28, 22, 0, tzinfo=UTC), datetime(2026, 3, 30, 6, 0, tzinfo=UTC)),
        (datetime(2026, 10, 24, 22, 0, tzinfo=UTC), datetime(2026, 10, 26, 7, 0, tzinfo=UTC)),
    ],
    ids=["summer time begins", "summer time ends"],
)
def test_a_night_in_which_clocks_change_ends_at_eight_by_the_clock(
    db: Session, night: datetime, morning: datetime
) -> None:
    say(db, fired(db, now=night), now=night)
    assert [one.due_at for one in posted(db)] == [morning]


def test_an_alert_that_is_over_before_anybody_saw_it_is_taken_back(db: Session) -> None:
    alert_id = fired(db)
    say(db, alert_id, now=NIGHT)
    change(db, alert_id, Step.RECOVERED, now=NIGHT, state=State.RECOVERED, cleared_at=NIGHT)
    refresh(db, alert_id, company=COMPANY, now=NIGHT)
    assert alive(db) == []


# --- Together ------------------------------------------------------------------------------------------------------


def test_five_at_once_are_one_message_with_the_worst_first(db: Session) -> None:
    ids = [fired(db, f"Number{n}", minor=1000 * n) for n in range(4)]
    ids.append(fired(db, "Worst", severity="urgent", minor=1))
    assert say(db, *ids) == 1
    (message,) = posted(db)
    assert message.purpose == "alerts"
    order = [line.split()[1] for line in message.text.splitlines() if line[0] in "🔴🟠"]
    assert order == ["Worst", "Number3", "Number2", "Number1", "Number0"]


def test_twelve_are_ten_lines_and_a_count(db: Session) -> None:
    say(db, *(fired(db, f"Number{n}") for n in range(12)))
    (message,) = posted(db)
    assert "and 2 more accounts: `/latido alerts`" in message.text
    menu = message.blocks[-1]["elements"][0]
    assert (menu["action_id"], len(menu["options"])) == ("alerts.take", 12)


def test_what_waits_for_the_same_morning_comes_as_one_message(db: Session) -> None:
    say(db, *(fired(db, f"Early{n}") for n in range(3)), now=NIGHT)
    later = NIGHT + timedelta(hours=2)
    say(db, *(fired(db, f"Late{n}") for n in range(2)), now=later)
    (message,) = alive(db)
    assert (message.purpose, message.due_at) == ("alerts", MORNING)
    assert message.text.startswith("5 new alerts")


def test_a_message_of_which_all_alerts_are_over_before_anybody_saw_it_is_taken_back(db: Session) -> None:
    ids = [fired(db, f"Early{n}") for n in range(5)]
    say(db, *ids, now=NIGHT)
    for number, alert_id in enumerate(ids):
        assert len(alive(db)) == 1, number
        change(db, alert_id, Step.RECOVERED, now=NIGHT, state=State.RECOVERED, cleared_at=NIGHT)
        refresh(db, alert_id, company=COMPANY, now=NIGHT)
    assert alive(db) == []


def test_a_trickle_becomes_a_message_an_hour(db: Session) -> None:
    for n in range(4):
        say(db, fired(db, f"Single{n}"), now=NOW + timedelta(minutes=n))
    fifth = NOW + timedelta(minutes=10)
    say(db, fired(db, "Fifth"), now=fifth)
    for n in range(3):
        say(db, fired(db, f"More{n}"), now=fifth + timedelta(minutes=5 + n))
    assert [one.purpose for one in alive(db)] == ["alert"] * 4 + ["alerts"] * 2
    gathered = alive(db)[-1]
    assert gathered.due_at == fifth + timedelta(hours=1)
    assert gathered.text.startswith("3 new alerts")


def test_what_is_urgent_is_not_gathered(db: Session) -> None:
    say(db, *(fired(db, f"Number{n}") for n in range(5)))
    urgent = NOW + timedelta(minutes=5)
    say(db, fired(db, "Fire", severity="urgent"), now=urgent)
    assert [one.due_at for one in alive(db)] == [NOW, urgent]


# --- What becomes of it --------------------------------------------------------------------------------------------


def test_the_message_is_edited_and_its_thread_tells_the_history(db: Session) -> None:
    known(db)
    alert_id = fired(db)
    say(db, alert_id)
    (message,) = posted(db)
    sent(db, message.id)
    change(
        db,
        alert_id,
        Step.TAKEN,
        now=NOW,
        actor="U0ANA",
        state=State.TAKEN,
        taken_by="U0ANA",
        taken_at=NOW,
        due_on=NOW.date(),
    )
    refresh(db, alert_id, company=COMPANY, now=NOW)
    _, edit, said = posted(db)
    assert (edit.edits, said.thread_of) == (message.id, message.id)
    assert "taken by Ana Ruiz, due 23 Nov 2026" in edit.text
    assert "taken by <@U0ANA>" in str(edit.blocks)
    assert said.text == "Ana Ruiz takes it, due 23 Nov 2026."


def test_a_group_is_edited_as_a_whole_and_its_thread_names_the_account(db: Session) -> None:
    ids = [fired(db, f"Number{n}") for n in range(5)]
    say(db, *ids)
    (message,) = posted(db)
    sent(db, message.id)
    change(db, ids[2], Step.RECOVERED, now=NOW, state=State.RECOVERED, cleared_at=NOW)
    refresh(db, ids[2], company=COMPANY, now=NOW)
    _, edit, said = posted(db)
    assert edit.text.count("recovered") == 1
    assert said.text == "Number2: Recovered: the signal has gone."
    assert len(edit.blocks[-1]["elements"][0]["options"]) == 4


def test_what_got_worse_calls_whoever_has_it_and_waits_for_the_morning(db: Session) -> None:
    known(db)
    alert_id = fired(db, csm_email="ana@example.com")
    say(db, alert_id)
    sent(db, posted(db)[0].id)
    worse = Sentence("{last} logins last week, usually {habit}", {"last": 2, "habit": 80})
    change(db, alert_id, Step.WORSENED, now=NIGHT, why=worse, only_in=STILL_OPEN)
    refresh(db, alert_id, company=COMPANY, now=NIGHT)
    said = posted(db, purpose="alert line")[0]
    assert (said.text, said.due_at) == ("Ana Ruiz: It got worse: 2 logins last week, usually 80", MORNING)
    assert "<@U0ANA>: It got worse" in str(said.blocks)
    assert tell(db, [alert_id], company=COMPANY, now=NIGHT) == 0
    assert events_of(db, alert_id)[-1].kind == Step.TOLD


def test_words_that_are_added_edit_the_message_and_are_no_news(db: Session) -> None:
    alert_id = fired(db)
    say(db, alert_id)
    sent(db, posted(db)[0].id)
    for minutes, words in enumerate(("“Too slow”", "“Far too slow”"), start=1):
        now = NOW + timedelta(minutes=minutes)
        db.execute(update(alert).where(alert.c.id == alert_id).values(why=as_json(Sentence(words))))
        reword(db, alert_id, company=COMPANY, now=now)
        edit = posted(db)[-1]
        assert (edit.purpose, edit.edits, words in edit.text) == ("alert edit", posted(db)[0].id, True)
    assert posted(db, purpose="alert line") == []
    assert [one.kind for one in events_of(db, alert_id)] == [Step.OPENED, Step.TOLD]


def test_what_nobody_was_told_of_has_no_words_to_change(db: Session) -> None:
    for alert_id in (fired(db), 10**6):
        reword(db, alert_id, company=COMPANY, now=NOW)
    assert posted(db) == []


# --- Too long ------------------------------------------------------------------------------------------------------


def test_many_that_nobody_took_come_to_the_lead_as_one_message(db: Session) -> None:
    ids = [fired(db, f"Number{n}", severity="urgent") for n in range(5)]
    say(db, *ids)
    later = NOW + timedelta(hours=5)
    late, past = waiting_too_long(db, COMPANY, later)
    assert (len(late), past) == (5, [])
    assert escalate(db, late, company=COMPANY, now=later) == 5
    (message,) = posted(db, purpose="alert lead")
    assert message.destination == "U0LEA"
    assert message.text.startswith("5 alerts that nobody has taken in time · MRR $6,000 at stake")
    assert waiting_too_long(db, COMPANY, later) == ([], [])


def test_what_nobody_was_told_of_and_notices_are_nobody_s_fault(db: Session) -> None:
    fired(db, "Untold", severity="urgent")
    say(db, fired(db, "Notice", severity="notice"))
    fired(db, "Held", held=True)
    assert waiting_too_long(db, COMPANY, NOW + timedelta(days=30)) == ([], [])


def test_what_was_taken_meanwhile_is_not_escalated(db: Session) -> None:
    alert_id = fired(db, severity="urgent")
    say(db, alert_id)
    later = NOW + timedelta(hours=5)
    late, _ = waiting_too_long(db, COMPANY, later)
    change(db, alert_id, Step.TAKEN, now=later, state=State.TAKEN, taken_by="U0ANA", taken_at=later)
    assert escalate(db, late, company=COMPANY, now=later) == 0
    assert posted(db, purpose="alert lead") == []


def test_a_route_names_who_is_told_and_without_anybody_the_thread_says_so(db: Session) -> None:
    add(db, Route(None, None, "vip", None, "C0VIP", "en", "U0BOB", "U0ADA"))
    ids = [fired(db, "Vip", severity="urgent", segment="VIP"), fired(db, "Other", severity="urgent")]
    nobody = replace(COMPANY, leads=(), admins=())
    say(db, *ids)
    for message in posted(db):
        sent(db, message.id)
    later = NOW + timedelta(hours=5)
    late, _ = waiting_too_long(db, nobody, later)
    escalate(db, late, company=nobody, now=later)
    assert [one.destination for one in posted(db, purpose="alert lead")] == ["U0BOB"]
    lines = {one.destination: one.text for one in posted(db, purpose="alert line")}
    assert lines == {"C0VIP": "Nobody took it in time, so U0BOB knows now.", "C0CS": "Nobody took it in time."}
