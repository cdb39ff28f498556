"""What asks by itself, set up by an admin, and the CSM who says why a customer left; through the signed app."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, insert, select, update

from bot.playground.double import Message
from bot.survey_rounds import go_round
from commands.ui.cards.exit_reason import ASK, REASON, WORDS
from commands.ui.cards.survey_triggers import SWITCH, TUNE
from storage.queries.accounts import search
from storage.queries.people_known import Person, remember
from storage.queries.tables import account, contact, mrr_movement, survey_ask, survey_response, ticket
from storage.session import reading, transaction
from tests.commands.asking import NOW
from tests.scenarios.served import Workplace, workplace

OTTO = "U0OUT"


class Automatic(Workplace):
    """Acme, whose John Doe is in Slack, and whose CSM is Inés."""

    def ask(self, typed: str, user: str = "U0ANA") -> Message:
        """What a typed command is answered with."""
        before = {one.ts for one in self.cards(user)}
        assert self.slack.command(user, "C0CS", typed).error is None
        return self.slack.wait_until(lambda: [one for one in self.cards(user) if one.ts not in before])[0]

    def cards(self, user: str = "U0ANA") -> list[Message]:
        return [one for one in self.slack.messages("C0CS", user) if one.user == self.slack.bot_user_id]

    def press(self, card: Message, action: str, trigger: str) -> None:
        """Press the button of one trigger."""
        values = [one["value"] for one in elements(card) if one["action_id"].partition("#")[0] == action]
        assert self.slack.click("U0ANA", card, action, next(one for one in values if trigger in one)).error is None
        assert self.bot.answers.wait_idle(30)

    def turn(self) -> None:
        """An hour later; a round, and what is to be sent."""
        self.clock.forward(hours=1)
        go_round(self.bot.engine, self.bot.answering.company, self.clock.now)
        self.deliver()

    def read_by(self, user: str) -> list[Message]:
        found = self.slack.messages(self.slack.direct_channel(user), user)
        return [one for one in found if one.user == self.slack.bot_user_id]


def elements(card: Message) -> list[Any]:
    return [element for block in card.blocks for element in block.get("elements", ()) if "value" in element]


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> Iterator[Automatic]:
    settings = {"LATIDO_QUIET_HOURS": "none", "LATIDO_DAYS_OFF": "none"}
    with workplace(Automatic, engine, tmp_path, **settings) as there:
        with transaction(there.bot.engine) as db:
            db.execute(update(contact).where(contact.c.key == "c2").values(slack_user_id=OTTO, language="en"))
            db.execute(update(survey_response).values(responded_at=NOW - timedelta(days=400)))
            db.execute(update(ticket).values(escalated=False))
            db.execute(update(account).where(account.c.key == "a1").values(csm_email="ines@example.com"))
            remember(db, Person("U0INES", "ines@example.com", "Inés", "en"), now=NOW)
        yield there


def acme(office: Automatic) -> int:
    with reading(office.bot.engine) as db:
        hit = search(db, "Acme Corp", limit=1).hit
    assert hit is not None
    return hit.id


def test_an_admin_tunes_and_switches_on_and_a_resolved_ticket_asks(office: Automatic) -> None:
    card = office.ask("/survey triggers")
    assert "What asks by itself" in card.text
    office.press(card, TUNE, "ticket_resolved")
    form = office.modal("A ticket is resolved")
    assert office.slack.submit("U0ANA", form, {"trigger_segment": "*"}).errors == {}
    office.slack.close("U0ANA", office.modal("What asks by itself"))
    office.press(card, SWITCH, "ticket_resolved")
    assert [one.ts for one in office.cards() if "🟢 A ticket is resolved" in one.text] == [card.ts]

    them, moment = acme(office), office.clock.now + timedelta(minutes=5)
    given = {"account_id": them, "opened_at": NOW - timedelta(days=1), "resolved_at": moment, "escalated": False}
    with transaction(office.bot.engine) as db:
        db.execute(insert(ticket).values(key="T-881", **given))
    office.turn()
    office.turn()
    (question,) = office.read_by(OTTO)
    tap = next(one for one in elements(question) if one["value"].endswith(" 4"))
    assert office.slack.click(OTTO, question, tap["action_id"], tap["value"]).error is None
    assert office.bot.answers.wait_idle(30)
    with reading(office.bot.engine) as db:
        asked = db.execute(select(survey_ask.c.kind, survey_ask.c.state).where(survey_ask.c.destination == OTTO)).all()
        assert asked == [("csat", "answered")]


def test_whoever_is_no_admin_may_look_and_has_nothing_to_press(office: Automatic) -> None:
    card = office.ask("/survey triggers", "U0INES")
    assert "⚪" in card.text
    assert elements(card) == []


def test_a_csm_says_why_a_customer_left_and_it_is_seen_where_people_look(office: Automatic) -> None:
    card = office.ask("/survey triggers")
    office.press(card, SWITCH, "account_churned")
    them, day = acme(office), NOW.date()
    with transaction(office.bot.engine) as db:
        paid = db.execute(select(mrr_movement).where(mrr_movement.c.account_id == them)).mappings().all()
        last = max(paid, key=lambda line: line["day"])
        values = dict(last) | {"day": day, "before": last["after"], "after": 0, "kind": "churn", "detail": None}
        db.execute(insert(mrr_movement).values(values))
    office.turn()
    office.turn()
    assert len(office.read_by(OTTO)) == 1
    (message,) = office.read_by("U0INES")
    assert "Acme Corp has left" in message.text

    assert office.slack.click("U0INES", message, ASK).error is None
    form = office.modal("survey.leaving.save", "U0INES")
    given = {REASON: "missing", WORDS: "No exports to Excel"}
    assert office.slack.submit("U0INES", form, given).errors == {}
    office.deliver()
    (message,) = office.read_by("U0INES")
    assert "Something we need is missing" in message.text
    assert "No exports to Excel" in json.dumps(message.blocks)
    for asked in ("/latido winback", "/latido answers acme corp"):
        assert "No exports to Excel" in office.ask(asked).text
