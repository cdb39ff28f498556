"""A low answer in Slack becomes a task that somebody takes and settles; through the signed app, on both databases."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, insert, select, update

from bot.jobs import JobContext, directory, escalate, signals
from bot.judging import can_be_at_once
from bot.playground.double import Message
from commands.ui.survey_posting import start
from metrics.asking import Audience, To
from storage.queries import alert_steps, alerts
from storage.queries.alert_routes import CSM, Route, add
from storage.queries.alerts import Alert, State
from storage.queries.remembered import remember
from storage.queries.survey_waves import NewWave, add_wave
from storage.queries.tables import alert, contact, survey_response, touched_account
from storage.queries.verbatim_routes import VerbatimRoute
from storage.queries.verbatim_routes import add as add_verbatim_route
from storage.session import reading, transaction
from tests.commands.asking import NOW
from tests.scenarios.served import CHANNEL, Workplace, workplace

CUSTOMER = "U0OUT"


class Loop(Workplace):
    """A customer's person, and the colleagues who hear what they answer."""

    def run(self, run: Callable[[JobContext], object]) -> object:
        """A job, as the scheduler would run it."""
        company, day = self.bot.settings.company(), self.clock.now.date()
        said = run(JobContext(self.bot.engine, company, day, self.clock.now, directory=self.bot.directory))
        self.deliver()
        return said

    def look(self) -> object:
        """The watcher sees at once that there is something to look at, and looks."""
        with reading(self.bot.engine) as db:
            assert can_be_at_once(db)
        return self.run(signals.run)

    def ask(self) -> Message:
        """The customer's person is asked, and sees the question."""
        with transaction(self.bot.engine) as db:
            new = NewWave("form V1", "nps", Audience(To.CONTACT, "c2"), self.clock.now, started_by="U0ANA")
            company = self.bot.answering.company
            start(db, add_wave(db, new, self.clock.now), company, self.clock.now)
        self.deliver()
        return self.theirs()

    def theirs(self) -> Message:
        """What the customer's person sees last from the bot."""
        return self.slack.messages(self.slack.direct_channel(CUSTOMER), CUSTOMER)[-1]

    def press(self, user: str, card: Message, action: str, value: str | None = None) -> None:
        assert self.slack.click(user, card, action, value).error is None
        assert self.bot.answers.wait_idle(30)

    def answer(self, score: int, words: str) -> None:
        """A tap, and some words after it."""
        card = self.ask()
        button = next(one for one in elements(card) if str(one.get("value")).endswith(f" {score}"))
        self.press(CUSTOMER, card, button["action_id"], button["value"])
        self.press(CUSTOMER, self.theirs(), "survey.comment")
        form = self.modal("survey_comment", CUSTOMER)
        assert self.slack.submit(CUSTOMER, form, {"survey_comment": words}).errors == {}
        assert self.bot.answers.wait_idle(30)

    def cards(self, user: str = "U0ANA") -> list[Message]:
        """What the bot says to a colleague, threads left out."""
        found = self.slack.messages(self.slack.direct_channel(user), user)
        return [one for one in found if one.thread_ts in (None, one.ts) and one.ephemeral_to is None]

    def typed(self, command: str) -> Message:
        """The answer to a command of a colleague's, in the channel of the alerts."""
        assert self.slack.command("U0ANA", CHANNEL, f"/latido {command}").error is None
        assert self.bot.answers.wait_idle(30)
        return [one for one in self.slack.messages(CHANNEL, "U0ANA") if one.ephemeral_to == "U0ANA"][-1]

    def asked(self, command: str) -> str:
        """All that such an answer shows."""
        shown = [{**block, "block_id": ""} for block in self.typed(command).blocks]
        return json.dumps(shown, ensure_ascii=False)

    def the(self) -> Alert:
        with reading(self.bot.engine) as db:
            (number,) = db.execute(select(alert.c.id).where(alert.c.rule_id == "detractor")).scalars()
            found = alerts.by_id(db, number)
        assert found is not None
        return found


def elements(card: Message) -> list[Any]:
    """What can be pressed."""
    return [element for block in card.blocks if block["type"] == "actions" for element in block["elements"]]


def accessories(card: Message) -> list[Any]:
    """What can be pressed beside a text."""
    return [block["accessory"] for block in card.blocks if "accessory" in block]


def ids(card: Message) -> list[str]:
    return [element["action_id"] for element in elements(card)]


@pytest.fixture
def loop(engine: Engine, tmp_path: Path) -> Iterator[Loop]:
    with workplace(Loop, engine, tmp_path, LATIDO_LEADS="U0INES") as there:
        prepare(there)
        yield there


def prepare(loop: Loop) -> None:
    """The customer's person is known in Slack and was last asked long ago; of detractors alone the CSM is told."""
    with transaction(loop.bot.engine) as db:
        db.execute(update(contact).where(contact.c.key == "c2").values(slack_user_id=CUSTOMER, language="es"))
        db.execute(update(survey_response).values(responded_at=NOW - timedelta(days=300)))
        db.execute(update(rows_of("ticket")).values(escalated=False))
        remember(db, "signals_introduced_on", "2026-01-01")
        every = Route("detractor", None, None, None, CSM, "en", None, "U0ANA")
        add(db, every)
        add(db, every._replace(rule_id=None, destination="digest"))
        add_verbatim_route(db, VerbatimRoute(CHANNEL, "nps", None, None, None, "U0ANA"))
    loop.run(directory.run)
    loop.run(signals.run)


def rows_of(table: str) -> Any:
    return contact.metadata.tables[table]


def test_a_low_answer_is_taken_answered_and_settled(loop: Loop) -> None:
    loop.answer(3, "Exports are too slow")
    loop.look()
    (card,) = loop.cards()
    for said in (
        "Acme Corp",
        "John Doe: NPS 3 of 10",
        "“Exports are too slow”",
        "MRR $1,200 at stake",
        "1 open ticket",
    ):
        assert said in card.text
    assert ids(card)[:2] == ["alerts.take", "alerts.draft"]
    channel = [one.text for one in loop.slack.messages(CHANNEL, "U0ANA")]
    assert any("John Doe · NPS 3 of 10\n“Exports are too slow”" in text for text in channel)

    loop.press("U0ANA", card, "alerts.take")
    loop.deliver()
    assert (loop.the().taken_by, loop.the().due_on) == ("U0ANA", (NOW + timedelta(days=3)).date())

    loop.press("U0ANA", loop.cards()[0], "alerts.draft")
    form = loop.modal("draft_text")
    written = next(block["element"]["initial_value"] for block in form["blocks"] if block["type"] == "input")
    assert "“Exports are too slow”" in written
    assert f"slack://user?team=T0US&amp;id={CUSTOMER}" in json.dumps(form)
    assert loop.slack.submit("U0ANA", form, {"draft_text": "mine"}).errors == {}

    loop.press("U0ANA", loop.cards()[0], "alerts.close")
    outcome = {"alert_outcome": "saved", "alert_note": "They stay"}
    assert loop.slack.submit("U0ANA", loop.modal("What came of it?"), outcome).errors == {}
    loop.deliver()
    assert (loop.the().state, loop.the().outcome) == (State.CLOSED, "saved")
    assert "closed: saved" in loop.cards()[0].text


def test_an_answer_that_is_changed_ends_the_task_everywhere(loop: Loop) -> None:
    loop.answer(3, "Too slow")
    loop.look()
    loop.press(CUSTOMER, loop.theirs(), "survey.change")
    form = loop.modal("survey_answer", CUSTOMER)
    assert loop.slack.submit(CUSTOMER, form, {"survey_answer": "9", "survey_comment": "Solved"}).errors == {}
    loop.deliver()
    loop.look()
    assert loop.the().state is State.RECOVERED
    (card,) = loop.cards()
    assert "recovered" in card.text
    thread = loop.slack.messages(loop.slack.direct_channel("U0ANA"), "U0ANA")[-1]
    assert thread.text == "Recovered: they changed their answer to 9 of 10."
    told = [one.text for one in loop.slack.messages(CHANNEL, "U0ANA") if "John Doe" in one.text]
    assert [text.splitlines()[:2] for text in told] == [["🟢 Acme Corp · John Doe · NPS 9 of 10", "“Solved”"]]


def test_a_voided_answer_ends_the_task_and_is_in_no_figure(loop: Loop) -> None:
    """The health score follows both at once: nothing is computed over night for it."""
    before = loop.asked("health acme corp")
    loop.answer(0, "asdf")
    assert "sentiment" in before.lower()
    moved = loop.asked("health acme corp")
    assert moved != before
    assert "NPS −100" in loop.typed("voice this month").text
    loop.look()
    assert loop.the().state is State.OPEN

    given = loop.typed("answers acme corp")
    void = next(one for one in accessories(given) if one["action_id"].startswith("answers.void"))
    loop.press("U0ANA", given, void["action_id"], void["value"])
    form = loop.modal("void_reason")
    assert loop.slack.submit("U0ANA", form, {"void_reason": "Our own test"}).errors == {}
    loop.deliver()
    loop.look()
    assert loop.the().state is State.RECOVERED
    (card,) = loop.cards()
    assert "recovered" in card.text
    assert "voided" in loop.slack.messages(loop.slack.direct_channel("U0ANA"), "U0ANA")[-1].text
    assert loop.asked("health acme corp") == before
    voice = loop.typed("voice this month").text
    assert "NPS n/a" in voice
    assert "Response rate 0%" in voice
    assert "asdf" not in voice


def test_words_that_come_after_the_alert_are_added_to_it(loop: Loop) -> None:
    card = loop.ask()
    low = next(one for one in elements(card) if str(one.get("value")).endswith(" 3"))
    loop.press(CUSTOMER, card, low["action_id"], low["value"])
    loop.look()
    (told,) = loop.cards()
    assert "John Doe: NPS 3 of 10" in told.text
    loop.press(CUSTOMER, loop.theirs(), "survey.comment")
    form = loop.modal("survey_comment", CUSTOMER)
    assert loop.slack.submit(CUSTOMER, form, {"survey_comment": "Exports are too slow"}).errors == {}
    assert loop.bot.answers.wait_idle(30)
    loop.look()
    (now,) = loop.cards()
    assert (now.ts, "“Exports are too slow”" in now.text) == (told.ts, True)
    assert [one for one in loop.slack.messages(loop.slack.direct_channel("U0ANA"), "U0ANA") if one != now] == []


def test_nobody_takes_it_so_the_lead_gets_it(loop: Loop) -> None:
    loop.answer(0, "Terrible")
    loop.look()
    loop.clock.forward(hours=4, minutes=10)
    assert loop.run(escalate.run) == "1 alerts to the leads, 0 reminders"
    assert "Terrible" in loop.cards("U0INES")[0].text


def test_five_detractors_of_one_account_are_one_message(loop: Loop) -> None:
    with transaction(loop.bot.engine) as db:
        account_id = db.execute(select(contact.c.account_id).where(contact.c.key == "c2")).scalar_one()
        for number in range(5):
            person = {"key": f"p{number}", "account_id": account_id, "name": f"Person {number}", "is_poc": True}
            of = db.execute(insert(contact).values(person).returning(contact.c.id)).scalar_one()
            said = {"account_id": account_id, "contact_id": of, "kind": "nps", "score": number, "comment": "No"}
            said |= {"key": f"low{number}", "responded_at": loop.clock.now}
            db.execute(insert(survey_response).values(said))
        db.execute(insert(touched_account).values(account_id=account_id, touched_at=loop.clock.now))
    assert loop.look() == "touched: alerts opened 5, worse or back 0, over 0"
    (card,) = loop.cards()
    assert "5 new alerts · MRR $1,200 at stake" in card.text
    (menu,) = elements(card)
    assert menu["options"][0]["text"]["text"] == "Acme Corp · Person 0: NPS 0 of 10"
    loop.press("U0ANA", card, "alerts.take", menu["options"][0]["value"])
    with reading(loop.bot.engine) as db:
        taken = [one for one in alerts.open_alerts(db) if one.state is State.TAKEN]
        steps = [one.kind for one in alert_steps.events_of(db, taken[0].id)]
    assert ([one.why.values["who"] for one in taken], steps[-1]) == (["Person 0"], "taken")
