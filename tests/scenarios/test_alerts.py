"""The life of an alert as people see it in Slack, through the signed HTTP app; on both databases."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import Engine

from bot.jobs import JobContext, directory, escalate
from bot.playground.double import Message
from metrics.types import Sentence
from storage.queries import alert_steps
from storage.queries.alert_steps import Step
from storage.queries.alerts import State
from storage.queries.people_known import people_of
from storage.session import reading
from tests.commands.asking import NOW
from tests.scenarios.served import CHANNEL, Workplace, workplace

WHY = Sentence("{last} logins last week, usually {habit}", {"last": 12, "habit": 80})


class Room(Workplace):
    """A channel in which alerts are worked on."""

    def fire(self, account: str = "Acme Corp", rule: str = "usage_drop", severity: str = "warning") -> int:
        """An alert that has just been told."""
        return self.fires(account, rule, severity, WHY)

    def steps(self, alert_id: int) -> list[str]:
        with reading(self.bot.engine) as db:
            return [one.kind for one in alert_steps.events_of(db, alert_id)]

    def card(self, text: str = "Acme Corp", channel: str = CHANNEL) -> Message:
        """The last message in the channel itself that says so."""
        return [m for m in self.seen(channel) if text in m.text and m.thread_ts in (None, m.ts)][-1]

    def seen(self, channel: str = CHANNEL) -> list[Message]:
        """What everybody there sees, threads and all."""
        return [m for m in self.slack.messages(channel) if m.ephemeral_to is None]

    def thread(self, channel: str = CHANNEL) -> list[str]:
        return [m.text for m in self.seen(channel) if m.thread_ts and m.thread_ts != m.ts]

    def press(self, action: str, value: object = None, user: str = "U0ANA", card: Message | None = None) -> None:
        card = card or self.card("MRR")
        assert self.slack.click(user, card, action, value).error is None
        assert self.bot.answers.wait_idle(30)

    def told(self, user: str = "U0ANA") -> list[str]:
        """What only that person sees in the channel."""
        return [m.text for m in self.slack.messages(CHANNEL, user) if m.ephemeral_to == user]

    def run(self, run: Callable[[JobContext], object]) -> object:
        """A job, as the scheduler would run it."""
        company = self.bot.settings.company()
        day = self.clock.now.date()
        said = run(JobContext(self.bot.engine, company, day, self.clock.now, directory=self.bot.directory))
        self.deliver()
        return said


def ids(message: Message) -> list[str]:
    """What can be pressed."""
    rows = [block for block in message.blocks if block["type"] == "actions"]
    return [element["action_id"] for row in rows for element in row["elements"]]


@pytest.fixture
def room(engine: Engine, tmp_path: Path) -> Iterator[Room]:
    with workplace(Room, engine, tmp_path, LATIDO_LEADS="U0INES") as made:
        yield made


def test_it_is_taken_closed_opened_again_and_closed(room: Room) -> None:
    alert_id = room.fire()
    assert ids(room.card())[0] == "alerts.take"
    room.press("alerts.take")
    assert room.told() == ["Acme Corp is yours, due 30 Nov 2026. Press “Done” in the alert when it is settled."]
    room.deliver()
    assert "taken by Ana, due 30 Nov 2026" in room.card("MRR").text
    assert ids(room.card("MRR"))[0] == "alerts.close"
    assert room.thread() == ["Ana takes it, due 30 Nov 2026."]

    room.press("alerts.close")
    form = room.modal("What came of it?")
    assert room.slack.submit("U0ANA", form, {}).errors
    sent = room.slack.submit(
        "U0ANA", form, {"alert_outcome": "saved", "alert_note": "They had a holiday", "alert_useful": "yes"}
    )
    assert (sent.error, sent.errors) == (None, {})
    room.deliver()
    closed = room.alert(alert_id)
    assert (closed.state, closed.outcome, closed.note) == (State.CLOSED, "saved", "They had a holiday")
    assert ids(room.card("MRR")) == ["alerts.reopen"]
    assert room.thread()[-1] == "Ana closed it: saved. “They had a holiday”"

    room.press("alerts.reopen")
    room.deliver()
    assert room.alert(alert_id).state is State.TAKEN
    assert room.alert(alert_id).outcome is None
    room.press("alerts.close")
    assert room.slack.submit("U0ANA", room.modal("What came of it?"), {"alert_outcome": "lost"}).errors == {}
    assert room.alert(alert_id).outcome == "lost"
    assert room.steps(alert_id) == [
        *(Step.OPENED, Step.TOLD, Step.TAKEN, Step.VOTED, Step.CLOSED, Step.REOPENED, Step.CLOSED)
    ]


def test_of_two_who_press_at_once_one_has_it_and_the_other_reads_who(room: Room) -> None:
    alert_id = room.fire()
    card = room.card()
    pressing = [Thread(target=room.slack.click, args=(user, card, "alerts.take")) for user in ("U0ANA", "U0OLGA")]
    for one in pressing:
        one.start()
    for one in pressing:
        one.join()
    assert room.bot.answers.wait_idle(30)
    taken = room.alert(alert_id)
    loser = {"U0ANA": "U0OLGA", "U0OLGA": "U0ANA"}[str(taken.taken_by)]
    name = {"U0ANA": "Ana", "U0OLGA": "Ольга"}[str(taken.taken_by)]
    assert name in room.told(loser)[0]
    assert room.steps(alert_id).count(Step.TAKEN) == 1
    room.deliver()
    assert len(room.thread()) == 1


def test_it_is_snoozed_until_a_morning(room: Room) -> None:
    alert_id = room.fire()
    menu = next(e for b in room.card().blocks for e in b.get("elements", []) if e.get("action_id") == "alerts.snooze")
    room.press("alerts.snooze", menu["options"][1]["value"])
    room.deliver()
    snoozed = room.alert(alert_id)
    assert (snoozed.state, snoozed.snoozed_until) == (State.SNOOZED, datetime(2026, 11, 26, 8, 0, tzinfo=UTC))
    assert "snoozed until 26 Nov 2026" in room.card("MRR").text
    assert room.thread() == ["Ana snoozed it until 26 Nov 2026."]


def test_a_vote_changes_nothing_that_others_see(room: Room) -> None:
    alert_id = room.fire()
    before = room.card()
    room.press("alerts.useless")
    room.deliver()
    assert room.told()[0].startswith("Noted, thank you.")
    assert (room.card().text, room.thread()) == (before.text, [])
    assert room.alert(alert_id).state is State.OPEN


@pytest.mark.parametrize("user", ["U0GUEST", "U0OUT"])
def test_a_guest_and_somebody_from_outside_can_do_nothing(room: Room, user: str) -> None:
    """They cannot even see it; a request in their name is refused all the same."""
    alert_id = room.fire()
    room.slack.join(user, CHANNEL)
    card = room.card()
    room.slack.click(user, card, "alerts.take")
    room.slack.click(user, card, "alerts.useless")
    assert room.bot.answers.wait_idle(30)
    assert room.steps(alert_id) == [Step.OPENED, Step.TOLD]
    assert not any("Acme" in text for text in room.told(user))


def test_nobody_takes_it_in_time_so_the_lead_gets_it_once(room: Room) -> None:
    alert_id = room.fire(severity="urgent")
    room.run(directory.run)
    room.clock.forward(hours=3, minutes=50)
    assert room.run(escalate.run) == "0 alerts to the leads, 0 reminders"
    room.clock.forward(minutes=15)
    assert room.run(escalate.run) == "1 alerts to the leads, 0 reminders"
    assert room.run(escalate.run) == "0 alerts to the leads, 0 reminders"
    direct = room.slack.direct_channel("U0INES")
    (message,) = room.slack.messages(direct, "U0INES")
    assert "Acme Corp" in message.text
    assert room.thread() == ["Nobody took it in time, so Inés knows now."]
    assert "nobody took it in time" in room.card("MRR").text
    room.press("alerts.take", user="U0INES", card=message)
    room.deliver()
    assert room.alert(alert_id).taken_by == "U0INES"
    assert "Inés" in room.card("MRR").text
    assert ids(room.slack.messages(direct, "U0INES")[0])[0] == "alerts.close"


def test_whoever_took_it_is_reminded_once_after_its_day(room: Room) -> None:
    room.fire()
    room.press("alerts.take")
    room.deliver()
    room.clock.forward(days=7)
    assert room.run(escalate.run) == "0 alerts to the leads, 0 reminders"
    room.clock.forward(days=1)
    assert room.run(escalate.run) == "0 alerts to the leads, 1 reminders"
    assert room.run(escalate.run) == "0 alerts to the leads, 0 reminders"
    (reminder,) = room.slack.messages(room.slack.direct_channel("U0ANA"), "U0ANA")
    assert reminder.text.startswith("You have taken this, and its day has passed. Is it done?")


def test_the_directory_learns_who_the_csms_are_and_remembers_who_is_none(room: Room) -> None:
    assert len(directory.due(JobContext(room.bot.engine, room.bot.settings.company(), NOW.date(), NOW))) == 0
    assert room.run(directory.run) == "2 people known, 1 not"
    asked = len(room.slack.calls)
    assert room.run(directory.run) == "0 people known, 0 not"
    assert len(room.slack.calls) == asked
    with reading(room.bot.engine) as db:
        found = people_of(db, ["ANA@example.com", "bob@example.com"])
    assert {email: (one.user_id, one.name) for email, one in found.items()} == {"ana@example.com": ("U0ANA", "Ana")}


def test_the_list_has_what_is_open_and_takes_from_there(room: Room) -> None:
    room.fire()
    room.fire("Beta Ltd", severity="urgent")
    assert room.slack.command("U0ANA", CHANNEL, "/latido alerts").error is None
    listed = room.slack.wait_until(
        lambda: [m for m in room.slack.messages(CHANNEL, "U0ANA") if m.text.startswith("2 open alerts")]
    )[0]
    assert listed.text.index("Beta Ltd") < listed.text.index("Acme Corp")
    menu = listed.blocks[-1]["elements"][0]
    assert room.slack.click("U0ANA", listed, "alerts.take", menu["options"][0]["value"]).error is None
    room.deliver()
    assert "taken by Ana" in room.card("Beta Ltd").text


def test_it_is_handed_over_and_the_new_owner_hears_of_it(room: Room) -> None:
    alert_id = room.fire()
    room.run(directory.run)
    room.press("alerts.take")
    room.deliver()
    room.press("alerts.assign", "U0INES")
    assert room.told()[-1] == "U0INES has Acme Corp now, due 30 Nov 2026, and gets a message."
    room.deliver()
    alert = room.alert(alert_id)
    assert (alert.state, alert.taken_by, room.steps(alert_id)[-1]) == (State.TAKEN, "U0INES", Step.TAKEN)
    assert room.thread()[-1] == "Ana has handed it to Inés, due 30 Nov 2026."
    (message,) = room.slack.messages(room.slack.direct_channel("U0INES"), "U0INES")
    assert message.text.startswith("Ana le ha pasado esto.")
    room.press("alerts.close", user="U0INES", card=message)
    assert room.modal("¿", "U0INES")


@pytest.mark.parametrize("user", ["U0GUEST", "U0OUT"])
def test_it_is_handed_over_to_colleagues_only(room: Room, user: str) -> None:
    alert_id = room.fire()
    room.press("alerts.take")
    room.deliver()
    room.press("alerts.assign", user)
    assert room.told()[-1].startswith("This is nobody of the company")
    assert room.alert(alert_id).taken_by == "U0ANA"


def test_what_somebody_has_already_is_not_handed_over(room: Room) -> None:
    alert_id = room.fire()
    room.press("alerts.take")
    room.deliver()
    room.press("alerts.assign", "U0ANA")
    assert room.steps(alert_id) == [Step.OPENED, Step.TOLD, Step.TAKEN]
