"""A playbook at work in Slack, from the alert's button to its end, through the signed HTTP app; on both databases."""

import json
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from time import time
from typing import Any

import pytest
from sqlalchemy import Engine

from bot.jobs.playbook_due import JOB
from bot.playground.double import Message
from bot.playground.double.deliveries import HttpRoute, Kind
from bot.runner import Runner
from bot.scheduler import context_at
from metrics.types import Sentence
from storage.queries.alerts import State
from storage.queries.playbook_runs import Run, RunState, by_id
from storage.session import reading
from tests.scenarios.served import CHANNEL, Workplace, workplace


class Shop(Workplace):
    """A channel in which playbooks are worked on."""

    def begins(self, rule: str = "poc_departure", account: str = "Acme Corp") -> int:
        """An alert that stands in the channel."""
        return self.fires(account, rule, "urgent", Sentence("Maria has left"))

    def ask(self, typed: str, user: str = "U0ANA", channel: str = CHANNEL) -> Message:
        """What a typed command is answered with."""
        before = {message.ts for message in self.everything(channel, user)}
        assert self.slack.command(user, channel, typed).error is None
        return self.slack.wait_until(
            lambda: [m for m in self.everything(channel, user) if m.ts not in before and m.user != user]
        )[0]

    def direct(self, user: str) -> Message:
        """The last message of the bot to somebody."""
        return self.slack.messages(self.slack.direct_channel(user), user)[-1]

    def reminders(self) -> list[Message]:
        """The reminders that Ana has got."""
        return [message for message in self.slack.messages("D0ANA", "U0ANA") if "overdue" in message.text]

    def run(self, run_id: int = 1) -> Run:
        with reading(self.bot.engine) as db:
            found = by_id(db, run_id)
        assert found is not None
        return found

    def message(self, text: str, channel: str = CHANNEL, viewer: str = "U0ANA") -> Message:
        """The last message that says so."""
        return self.slack.wait_until(lambda: [m for m in self.everything(channel, viewer) if text in as_text(m)])[-1]

    def everything(self, channel: str = CHANNEL, viewer: str = "U0ANA") -> list[Message]:
        """What the viewer sees in a channel, threads and all."""
        return self.slack.messages(channel, viewer)

    def send(self, payload: dict[str, Any]) -> None:
        """Sign and send an interaction as it is, as Slack would."""
        route = HttpRoute(self.url, self.slack.signing_secret, ack_seconds=10, now=time)
        assert route.deliver(Kind.INTERACTION, payload, None).failure is None
        route.close()
        assert self.bot.answers.wait_idle(30)

    def start(self, alert_id: int, user: str = "U0ANA", owner: str | None = None, **filled: str) -> Message:
        """Begin the playbook that fits; its checklist."""
        del alert_id
        assert self.slack.click(user, self.message("Maria has left"), "playbooks.start").error is None
        form = self.modal("Who does it?", user)
        given = filled | ({"owner": owner} if owner else {})
        sent = self.slack.submit(user, form, given)
        assert (sent.error, sent.errors) == (None, {})
        self.slack.close(user, self.modal("Started", user))
        self.deliver()
        return self.checklist()

    def checklist(self) -> Message:
        return self.message("📋")

    def tick(self, message: Message, *positions: int, user: str = "U0ANA") -> None:
        """Leave just these boxes ticked, as a person who looks at `message`."""
        values = [str(position) for position in positions]
        assert self.slack.click(user, message, "playbooks.tick", values).error is None
        assert self.bot.answers.wait_idle(30)


def as_text(message: Message) -> str:
    return f"{message.text} {json.dumps(message.blocks, ensure_ascii=False)}"


def ticked(message: Message) -> list[int]:
    boxes = next(b["elements"][0] for b in message.blocks if b.get("block_id", "").startswith("playbooks.steps"))
    return [int(option["value"]) for option in boxes.get("initial_options", [])]


@pytest.fixture
def shop(engine: Engine, tmp_path: Path) -> Iterator[Shop]:
    with workplace(Shop, engine, tmp_path) as made:
        yield made


def test_it_is_begun_from_the_alert_ticked_off_and_finished(shop: Shop) -> None:
    alert_id = shop.begins()
    checklist = shop.start(alert_id)
    alert = shop.message("Maria has left")
    assert checklist.thread_ts == (alert.thread_ts or alert.ts)
    assert "Champion left: find the next one: Acme Corp" in checklist.text
    assert (shop.alert(alert_id).state, shop.alert(alert_id).taken_by) == (State.TAKEN, "U0ANA")
    assert shop.run().due_on == shop.alert(alert_id).due_on
    shop.tick(checklist, *range(7))
    shop.deliver()
    checklist = shop.checklist()
    assert ticked(checklist) == list(range(7))
    assert "All steps are done" in as_text(checklist)
    assert shop.slack.click("U0ANA", checklist, "playbooks.finish").error is None
    form = shop.modal("How did it end?")
    assert shop.slack.submit("U0ANA", form, {"outcome": "saved", "note": "Luis takes over"}).errors == {}
    shop.deliver()
    ended = shop.checklist()
    assert "✅ Saved" in ended.text
    assert "Luis takes over" in ended.text
    assert not [block for block in ended.blocks if block["type"] == "actions"]
    assert shop.run().state is RunState.DONE
    closed = shop.alert(alert_id)
    assert (closed.state, closed.outcome, closed.note) == (State.CLOSED, "saved", "Luis takes over")


def test_two_people_who_tick_at_once_lose_nothing(shop: Shop) -> None:
    """Both look at the same message: neither press knows of the other's."""
    checklist = shop.start(shop.begins())
    people = [Thread(target=shop.tick, args=(checklist, place), kwargs={"user": user}) for place, user in MANY]
    for one in people:
        one.start()
    for one in people:
        one.join()
    shop.deliver()
    assert ticked(shop.checklist()) == [0, 2, 5]
    assert {step.position: step.done_by for step in shop.run().steps if step.done} == dict(MANY)
    assert "<@U0OLGA>" in as_text(shop.checklist())


MANY = [(0, "U0ANA"), (2, "U0INES"), (5, "U0OLGA")]


def test_who_takes_a_tick_back_leaves_those_of_others(shop: Shop) -> None:
    checklist = shop.start(shop.begins())
    shop.tick(checklist, 0)
    shop.tick(checklist, 0, 1)
    shop.tick(checklist, 3, user="U0INES")
    shop.tick(checklist, 1)  # she has seen neither the edit nor Inés' tick, and takes her first one back
    shop.deliver()
    assert ticked(shop.checklist()) == [1, 3]
    shop.tick(shop.checklist(), 3, user="U0OLGA")
    shop.tick(shop.checklist(), 1)  # Ana looks at both still: she takes back the third, and leaves what Olga took back
    assert [step.position for step in shop.run().steps if step.done] == []


def test_a_press_that_arrives_after_a_later_one_changes_nothing(shop: Shop) -> None:
    checklist = shop.start(shop.begins())
    first = shop.slack.click("U0ANA", checklist, "playbooks.tick", ["0"]).payload
    shop.tick(checklist, 0, 4)
    version = shop.run().version
    late = first | {"actions": [first["actions"][0] | {"action_ts": "0000000001.000001"}]}
    shop.send(late)
    assert shop.run().version == version
    assert [step.position for step in shop.run().steps if step.done] == [0, 4]


def test_it_is_handed_over_in_the_thread_and_its_alert_with_it(shop: Shop) -> None:
    alert_id = shop.begins()
    checklist = shop.start(alert_id)
    assert shop.slack.click("U0ANA", checklist, "playbooks.assign", "U0OLGA").error is None
    shop.deliver()
    assert shop.run().owner == shop.alert(alert_id).taken_by == "U0OLGA"
    assert "<@U0ANA> has handed" in as_text(shop.message("has handed"))
    assert "<@U0OLGA>" in as_text(shop.checklist())


def test_one_that_is_stopped_leaves_its_alert(shop: Shop) -> None:
    alert_id = shop.begins()
    checklist = shop.start(alert_id)
    assert shop.slack.click("U0ANA", checklist, "playbooks.stop").error is None
    shop.deliver()
    assert "Stopped" in shop.checklist().text
    assert shop.run().state is RunState.STOPPED
    assert shop.alert(alert_id).state is State.TAKEN


def test_the_company_writes_a_playbook_of_its_own_and_starts_it_for_an_account(shop: Shop) -> None:
    listed = shop.ask("/latido playbooks")
    assert "Champion left: find the next one" in listed.text
    assert shop.slack.click("U0ANA", listed, "playbooks.add").error is None
    form = shop.modal("For which signals?")
    wrong = shop.slack.submit("U0ANA", form, {"title": "Our own", "signals": [], "steps": "1d: Call\n3w: Write"})
    assert "Line 2" in wrong.errors["steps"]
    assert shop.slack.submit("U0ANA", form, {"steps": "1d: Call\nWrite *it* down"}).errors == {}
    shop.slack.close("U0ANA", shop.modal("Written by"))
    card = shop.ask("/latido playbooks acme corp", channel="C0CS")
    assert "None has been begun" in card.text
    assert shop.slack.click("U0ANA", card, "playbooks.start").error is None
    sent = shop.slack.submit("U0ANA", shop.modal("Who does it?"), {"playbook": "own_1", "where": "here"})
    assert sent.errors == {}
    shop.deliver()
    checklist = shop.checklist()
    assert checklist.channel == "C0CS"
    assert not checklist.thread_ts
    assert "☐ Write *it* down" in checklist.text
    assert shop.ask("/latido playbooks acme corp").text.count("Our own") == 1


def test_without_a_place_it_comes_by_direct_message_and_moves_with_its_owner(shop: Shop) -> None:
    card = shop.ask("/latido playbooks acme corp")
    assert shop.slack.click("U0ANA", card, "playbooks.start").error is None
    form = shop.modal("Who does it?")
    assert shop.slack.submit("U0ANA", form, {"playbook": "gone_quiet", "owner": "U0INES"}).errors == {}
    shop.deliver()
    first = shop.direct("U0INES")
    assert "📋" in first.text
    assert shop.slack.click("U0INES", first, "playbooks.assign", "U0OLGA").error is None
    shop.deliver()
    assert "handed over" in as_text(shop.direct("U0INES"))
    moved = shop.message("📋", shop.slack.direct_channel("U0OLGA"), "U0OLGA")
    assert "has handed" in shop.direct("U0OLGA").text
    shop.tick(moved, 0, user="U0OLGA")
    shop.deliver()
    assert ticked(shop.message("📋", moved.channel, "U0OLGA")) == [0]


def test_people_from_outside_and_guests_may_neither_ask_nor_press(shop: Shop) -> None:
    checklist = shop.start(shop.begins())
    shop.tick(checklist, 0)
    pressed = shop.slack.click("U0ANA", shop.checklist(), "playbooks.tick", ["0", "1"]).payload
    for user, team in (("U0OUT", "T0ACME"), ("U0GUEST", "T0US")):
        forged = {**pressed, "user": {**pressed["user"], "id": user, "team_id": team}}
        forged["actions"] = [{**pressed["actions"][0], "selected_options": [], "action_ts": "9999999999.000001"}]
        shop.send(forged)
    assert [step.position for step in shop.run().steps if step.done] == [0, 1]
    assert "Acme" not in shop.ask("/latido playbooks acme corp", user="U0GUEST", channel="C0ALL").text
    adding = shop.slack.click("U0ANA", shop.ask("/latido playbooks"), "playbooks.add").payload
    shop.slack.close("U0ANA", shop.modal("For which signals?"))
    shop.send({**adding, "user": {**adding["user"], "id": "U0INES"}})  # she is no admin
    assert shop.slack.views("U0INES") == []
    assert "Solo los administradores" in shop.everything()[-1].text


def test_the_owner_is_reminded_once_a_day_outside_quiet_hours(shop: Shop) -> None:
    checklist = shop.start(shop.begins())
    runner = Runner({JOB.id: JOB})
    company = shop.bot.answering.company

    def night_and_day() -> None:
        for _ in range(8):
            shop.clock.forward(hours=3)
            runner.run_due(context_at(shop.bot.engine, company, shop.clock.now))
            shop.deliver()

    night_and_day()
    assert not shop.reminders()  # what is due today is not overdue
    night_and_day()
    (first,) = shop.reminders()
    assert "Call the contact's manager" in first.text
    shop.tick(checklist, *range(7))
    night_and_day()
    assert len(shop.reminders()) == 1
