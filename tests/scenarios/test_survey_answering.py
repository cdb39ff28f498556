"""A customer's person answers: by direct message and in the shared channel, through the signed HTTP app."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from datetime import timedelta
from pathlib import Path
from time import time
from typing import Any

import pytest
from sqlalchemy import Engine, select

from bot.playground.double import Message, ServerError
from bot.playground.double.deliveries import Delivery, HttpRoute, Kind
from commands.core.posted import written
from commands.core.registry import all_commands
from commands.core.request import Place, Role
from commands.ui.cards.survey_question import ANSWER, CHANGE, COMMENT, OPT_OUT, question_card
from commands.ui.text import translator
from metrics.surveys import all_surveys
from storage.queries.accounts import search
from storage.queries.outbox import Draft, put
from storage.queries.tables import anonymous_answer, processed_event, survey_ask, survey_response
from storage.session import reading, transaction
from tests.commands.surveyed import is_opted_out
from tests.scenarios.served import Workplace, workplace
from tests.storage.queries import rows

OTTO = "U0OUT"
SHARED = "C0ACME"


class Asking(Workplace):
    """Zeta, whose Otto is asked."""

    def ask(self, *, shared: bool = False, anonymous: bool = False, language: str = "en", kind: str = "nps") -> Message:
        """The question as it stands in Slack."""
        now = self.clock.now
        with transaction(self.bot.engine) as db:
            zeta = search(db, "Zeta", limit=1).hit
            assert zeta is not None
            contact_id = None if shared else rows.contact(db, zeta.id, "Otto", slack_user_id=OTTO)
            place = "channel" if shared else "direct"
            secret = b"s" * 32 if anonymous else None
            about = {"kind": kind, "place": place, "anonymous": anonymous, "secret": secret}
            wave_id = rows.survey_wave(db, start_at=now, created_at=now, **about)
            token, to, t = f"token-{wave_id}", SHARED if shared else OTTO, translator(language)
            policy = self.bot.answering.company.surveys
            card = question_card(all_surveys()[kind], "", token, t, policy, anonymous=anonymous, shared=shared)
            outbox_id = put(db, Draft("survey", token, to, written(card), now, to_customer=True), now=now)
            rows.survey_ask(
                db, wave_id, zeta.id, contact_id=contact_id, token=token, destination=to, language=language, kind=kind,
                state="queued", asked_at=now, expires_at=now + timedelta(days=7), outbox_id=outbox_id,
            )  # fmt: skip
        self.deliver()
        return self.messages(to)[-1]

    def messages(self, place: str = OTTO, viewer: str = OTTO) -> list[Message]:
        """What somebody sees, the bot's words only."""
        channel = self.slack.direct_channel(place) if place.startswith("U") else place
        return [one for one in self.slack.messages(channel, viewer) if one.user == self.slack.bot_user_id]

    def tap(self, message: Message, answer: str, user: str = OTTO) -> None:
        """Press the button with that answer."""
        assert self.press(message, answer, user).error is None
        assert self.bot.answers.wait_idle(30)

    def press(self, message: Message, answer: str, user: str = OTTO) -> Delivery:
        """The same without waiting for what comes of it."""
        meant = next(one for one in pressable(message) if one["value"].endswith(f" {answer}"))
        return self.slack.click(user, message, meant["action_id"], meant["value"])

    def answers(self) -> list[tuple[Any, ...]]:
        """Score, choice, words and giver of all answers to the questions."""
        columns = ("score", "choice", "comment", "responder")
        given = select(*(survey_response.c[name] for name in columns)).where(survey_response.c.ask_id.is_not(None))
        with reading(self.bot.engine) as db:
            return [tuple(row) for row in db.execute(given.order_by(survey_response.c.id))]

    def send(self, payload: dict[str, Any]) -> dict[str, Any]:
        """Sign and send an interaction as it is; the acknowledgement."""
        route = HttpRoute(self.url, self.slack.signing_secret, ack_seconds=10, now=time)
        outcome = route.deliver(Kind.INTERACTION, payload, None)
        route.close()
        assert outcome.failure is None
        return outcome.body


@pytest.fixture
def office(sqlite_engine: Engine, tmp_path: Path) -> Iterator[Asking]:
    with workplace(Asking, sqlite_engine, tmp_path) as at_work:
        yield at_work


@pytest.fixture
def any_office(engine: Engine, tmp_path: Path) -> Iterator[Asking]:
    """On SQLite and on PostgreSQL."""
    with workplace(Asking, engine, tmp_path) as at_work:
        yield at_work


def pressable(message: Message) -> list[dict[str, Any]]:
    return [one for block in message.blocks for one in block.get("elements", ()) if one.get("type") == "button"]


def actions(message: Message) -> set[str]:
    return {one["action_id"].partition("#")[0] for one in pressable(message)}


def said(message: Message) -> str:
    return json.dumps(message.blocks, ensure_ascii=False) + message.text


def test_one_tap_then_words_then_another_answer(any_office: Asking) -> None:
    office = any_office
    question = office.ask()
    assert actions(question) == {ANSWER, OPT_OUT}
    office.tap(question, "9")
    (thanks,) = office.messages()
    assert thanks.ts == question.ts
    assert "9 out of 10" in said(thanks)
    assert actions(thanks) == {COMMENT, CHANGE}
    office.slack.click(OTTO, thanks, COMMENT)
    form = office.modal("What do you like best?", OTTO)
    assert office.slack.submit(OTTO, form, {"survey_comment": "Quick help"}).errors == {}
    office.slack.close(OTTO, office.modal("Quick help", OTTO))
    office.deliver()
    assert "Quick help" in said(office.messages()[0])
    office.slack.click(OTTO, thanks, CHANGE)
    form = office.modal("How likely", OTTO)
    office.slack.submit(OTTO, form, {"survey_answer": "3", "survey_comment": "Quick help"})
    office.deliver()
    assert "3 out of 10" in said(office.messages()[0])
    assert office.answers() == [(3, None, "Quick help", OTTO)]


def test_in_the_shared_channel_the_question_stays_and_answers_are_seen_by_their_giver_alone(office: Asking) -> None:
    question = office.ask(shared=True)
    office.tap(question, "2")
    mine = office.messages(SHARED)
    assert [one.ephemeral_to for one in mine] == [None, OTTO]
    assert "2 out of 10" in said(mine[1])
    assert [said(one) for one in office.messages(SHARED, "U0ANA")] == [said(question)]
    office.tap(question, "10", "U0ANA")
    hers = office.messages(SHARED, "U0ANA")
    assert "changed nothing" in hers[1].text
    assert "2 out of 10" not in said(hers[1])
    assert office.answers() == [(2, None, None, OTTO)]
    office.clock.forward(seconds=7 * 86_400 + 1)
    office.deliver()
    assert "expired" in said(office.messages(SHARED)[0])


def test_who_wants_no_more_says_so_once_and_may_take_it_back(office: Asking) -> None:
    question = office.ask()
    office.slack.click(OTTO, question, OPT_OUT)
    assert office.bot.answers.wait_idle(30)
    (card,) = office.messages()
    with reading(office.bot.engine) as db:
        assert is_opted_out(db, OTTO)
    office.slack.click(OTTO, card, "survey.ask_again")
    assert office.bot.answers.wait_idle(30)
    office.tap(office.messages()[0], "8")
    assert office.answers() == [(8, None, None, OTTO)]


def test_slack_need_not_know_who_it_is_for_a_direct_message(office: Asking) -> None:
    question = office.ask()
    office.slack.faults.next("users.info", ServerError(), times=10)
    office.tap(question, "7")
    assert "7 out of 10" in said(office.messages()[0])


def test_two_taps_at_once_and_every_retry_leave_one_answer(any_office: Asking) -> None:
    office = any_office
    question = office.ask()
    clicked = office.press(question, "9").payload
    payloads = [deepcopy(clicked) for _ in range(8)]
    for number, payload in enumerate(payloads):
        payload["actions"][0]["value"] = payload["actions"][0]["value"].rpartition(" ")[0] + f" {number % 2 + 8}"
    with ThreadPoolExecutor(8) as at_once:
        list(at_once.map(office.send, payloads))
    ((score, _, _, giver),) = office.answers()
    assert score in (8, 9)
    assert giver == OTTO
    assert office.send(clicked) == {}
    assert [one[0] for one in office.answers()] == [9]


def test_an_answer_is_kept_before_slack_hears_that_the_tap_has_arrived(office: Asking) -> None:
    question = office.ask()
    office.slack.faults.next("response_url", ServerError(), times=2)
    office.press(question, "9")
    assert office.answers() == [(9, None, None, OTTO)]  # though nobody could be thanked yet


def test_of_an_anonymous_answer_nothing_is_noted_that_leads_to_the_person(
    office: Asking, caplog: pytest.LogCaptureFixture
) -> None:
    question = office.ask(anonymous=True)
    office.tap(question, "1")
    (thanks,) = office.messages()
    assert "1 out of 10" not in said(thanks)
    office.slack.click(OTTO, thanks, COMMENT)
    office.slack.submit(OTTO, office.modal("What went wrong", OTTO), {"survey_comment": "Slow"})
    office.deliver()
    assert office.answers() == []
    with reading(office.bot.engine) as db:
        assert db.execute(select(anonymous_answer.c.score, anonymous_answer.c.comment)).all() == [(1, "Slow")]
        assert db.execute(select(survey_ask.c.state, survey_ask.c.settled_at)).all() == [("answered", None)]
        assert [key for key in db.execute(select(processed_event.c.key)).scalars() if OTTO in key] == []
    assert OTTO not in caplog.text


@pytest.mark.slow
def test_whatever_else_somebody_from_outside_sends_gets_them_nothing(office: Asking) -> None:
    """Every button, menu, modal and command that there is, made up by hand: one refusal fits all."""
    question = office.ask(shared=True)
    office.deliver()
    registry = all_commands()
    pressed = office.press(question, "9").payload
    assert office.bot.answers.wait_idle(30)
    before = {one.ts for one in office.messages(SHARED)}
    theirs = {
        one.id for one in registry.actions.values() if one.place is Place.CUSTOMER and one.least_role < Role.GUEST
    }
    for action_id in registry.actions.keys() - theirs:
        payload = deepcopy(pressed)
        payload["actions"][0] |= {"action_id": action_id, "value": "1 0 acme"}
        office.send(payload)
        assert office.bot.answers.wait_idle(30)
    for name in registry.commands:
        payload = deepcopy(pressed)
        payload["actions"][0] |= {"action_id": "latido.ask", "value": f"/{name} acme"}
        office.send(payload)
        assert office.bot.answers.wait_idle(30)
    # A response URL may be used five times; the rest comes by direct message.
    heard = [one for one in (*office.messages(SHARED), *office.messages()) if one.ts not in before]
    assert office.messages(SHARED, "U0ANA") == [question]
    assert {one.text for one in heard} == {"Sorry, these figures are for the company's own people only."}
    assert len(heard) == len(registry.actions) - len(theirs) + len(registry.commands)
    assert not [view for view in office.slack.views(OTTO) if view.get("callback_id")]


def test_no_modal_of_the_company_takes_what_an_outsider_submits(office: Asking) -> None:
    question = office.ask()
    office.tap(question, "9")
    office.slack.click(OTTO, office.messages()[0], COMMENT)
    form = office.modal("What do you like best?", OTTO)
    submitted = office.slack.submit(OTTO, form, {"survey_comment": "Fine"}).payload
    views = all_commands().views
    theirs = {one.id for one in views.values() if one.least_role is Role.OUTSIDER}
    for view_id in views.keys() - theirs:
        payload = deepcopy(submitted)
        payload["view"] |= {"callback_id": view_id, "private_metadata": "1 0 acme"}
        answered = office.send(payload)
        assert "own people only" in json.dumps(answered), view_id
    assert len(theirs) == 2
