"""What comes back to a customer's person, and that nothing else gets through to them."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select, update

from bot.answering import Answering
from commands.core.access import admit
from commands.core.errors import NotAllowed
from commands.core.registry import Registry, all_commands
from commands.core.reply import Modal, Reply
from commands.core.request import Place, Role
from commands.core.survey_answering import ANSWER_INPUT, COMMENT_INPUT
from commands.ui.cards.survey_answer import SAVE_CHANGE, SAVE_COMMENT
from commands.ui.cards.survey_question import ANSWER, ASK_AGAIN, CHANGE, COMMENT, OPT_OUT
from commands.ui.survey_replies import ANSWERING, ANSWERING_VIEWS
from storage.queries.survey_wordings import reword
from storage.queries.tables import outbox, survey_ask, survey_response, survey_wave
from storage.session import Session
from tests.commands.asking import NOW, ask
from tests.commands.pressing import buttons, modal, reply
from tests.commands.surveyed import OTTO, OURS, asked, by, is_opted_out, press, submit
from tests.storage.queries import rows

DAY = timedelta(days=1)
FOR_CUSTOMERS = {one.id for one in (*ANSWERING, *ANSWERING_VIEWS)}


@pytest.fixture
def db(db_empty: Session) -> Session:
    return db_empty


def sent(db: Session, token: str, column: str, **values: Any) -> int:
    """A message of the question that stands in Slack."""
    message = {"purpose": "survey", "occurrence": column, "mark": column, "content": {}, "state": "sent", "due_at": NOW}
    message |= {"destination": OTTO, "attempts": 1, "looks": 0, "created_at": NOW, "to_customer": True}
    outbox_id = rows.add(db, "outbox", **(message | values))
    db.execute(update(survey_ask).where(survey_ask.c.token == token).values({column: outbox_id}))
    return outbox_id


def edits(db: Session) -> list[tuple[int, str, bool]]:
    columns = (outbox.c.edits, outbox.c.content, outbox.c.to_customer)
    found = db.execute(select(*columns).where(outbox.c.edits.is_not(None)).order_by(outbox.c.id))
    return [(row.edits, row.content["text"], row.to_customer) for row in found]


def pressable(answer: Reply | Modal) -> list[str]:
    return [one["action_id"].partition("#")[0] for one in buttons(answer.blocks)]


class TestThanks:
    def test_they_take_the_place_of_the_buttons(self, db: Session) -> None:
        token = asked(db)
        card = reply(press(db, ANSWER, f"{token} 9"))
        assert card.replace
        assert "9 out of 10" in card.text
        assert pressable(card) == [COMMENT, CHANGE]

    def test_in_a_channel_they_are_for_the_one_alone(self, db: Session) -> None:
        token = asked(db, shared=True)
        card = reply(press(db, ANSWER, f"{token} 9"))
        assert (card.replace, card.shared) == (False, False)
        assert pressable(card) == [COMMENT, CHANGE]

    def test_a_person_is_answered_in_the_language_of_the_question(self, db: Session) -> None:
        card = reply(press(db, ANSWER, f"{asked(db, language='es')} 9", by(locale="ru")))
        assert "Gracias" in card.text or "9" in card.text
        own = reply(press(db, ANSWER, f"{asked(db, shared=True, language='es')} 9", by(locale="ru")))
        assert own.text != card.text

    def test_in_a_channel_somebody_whose_language_is_not_told_reads_the_questions(self, db: Session) -> None:
        request = by()
        request = replace(request, actor=replace(request.actor, locale_known=False))
        assert "Gracias" in reply(press(db, ANSWER, f"{asked(db, shared=True, language='es')} 9", request)).text

    def test_they_have_the_companys_own_words(self, db: Session) -> None:
        reword(db, "nps", "en", "Would you miss us?")
        assert "Would you miss us?" in reply(press(db, ANSWER, f"{asked(db)} 9")).text

    def test_when_it_is_too_late_the_answer_stands_without_buttons(self, db: Session) -> None:
        token = asked(db)
        press(db, ANSWER, f"{token} 9")
        card = reply(press(db, ANSWER, f"{token} 2", by(later=DAY)))
        assert card.replace
        assert "9 out of 10" in card.text
        assert "no longer be changed" in card.text
        assert pressable(card) == []


class TestOtherMessages:
    def test_the_question_follows_when_the_reminder_is_tapped(self, db: Session) -> None:
        token = asked(db)
        question, reminder = sent(db, token, "outbox_id"), sent(db, token, "reminder_id")
        press(db, ANSWER, f"{token} 9 r")
        assert [(one[0], one[2]) for one in edits(db)] == [(question, True)]
        press(db, ANSWER, f"{token} 8")
        assert [one[0] for one in edits(db)] == [question, reminder]

    def test_a_reminder_that_is_on_its_way_is_not_turned_into_thanks(self, db: Session) -> None:
        token = asked(db)
        sent(db, token, "outbox_id")
        sent(db, token, "reminder_id", state="pending", attempts=0)
        press(db, ANSWER, f"{token} 9")
        assert edits(db) == []

    def test_after_a_modal_all_of_them_follow(self, db: Session) -> None:
        token = asked(db)
        question = sent(db, token, "outbox_id")
        press(db, ANSWER, f"{token} 9")
        shown = modal(submit(db, SAVE_CHANGE, token, by(entered={ANSWER_INPUT: "2", COMMENT_INPUT: "Slow"})))
        assert "2 out of 10" in json.dumps(shown.blocks)
        assert [(one[0], "2 out of 10" in one[1]) for one in edits(db)] == [(question, True)]

    def test_a_channels_buttons_go_when_the_question_expires(self, db: Session) -> None:
        token = asked(db, shared=True)
        question = sent(db, token, "outbox_id")
        press(db, ANSWER, f"{token} 9")
        press(db, ANSWER, f"{token} 3", by("U0ULF"))
        row = db.execute(select(outbox.c.due_at, outbox.c.edits, outbox.c.content).where(outbox.c.edits.is_not(None)))
        ((due_at, edited, content),) = row.all()
        assert (due_at, edited) == (NOW + DAY * 7, question)
        assert "expired" in content["text"]
        assert "9" not in json.dumps(content)


class TestForms:
    def test_words_are_asked_for_and_thanked_for(self, db: Session) -> None:
        token = asked(db)
        press(db, ANSWER, f"{token} 9")
        form = modal(press(db, COMMENT, token))
        assert (form.callback_id, form.private_metadata) == (SAVE_COMMENT, token)
        shown = modal(submit(db, SAVE_COMMENT, form.private_metadata, by(entered={COMMENT_INPUT: "Quick help"})))
        assert "Quick help" in json.dumps(shown.blocks)
        assert db.execute(select(survey_response.c.comment)).scalar_one() == "Quick help"

    def test_another_answer_is_asked_for(self, db: Session) -> None:
        token = asked(db, kind="exit")
        press(db, ANSWER, f"{token} price")
        form = modal(press(db, CHANGE, token))
        assert (form.callback_id, form.private_metadata) == (SAVE_CHANGE, token)
        modal(submit(db, SAVE_CHANGE, token, by(entered={ANSWER_INPUT: "support", COMMENT_INPUT: None})))
        assert db.execute(select(survey_response.c.choice)).scalar_one() == "support"

    def test_when_it_is_too_late_there_is_a_sentence(self, db: Session) -> None:
        token = asked(db)
        press(db, ANSWER, f"{token} 9")
        for answer in (
            press(db, COMMENT, token, by(later=DAY)),
            press(db, CHANGE, token, by(later=DAY)),
            submit(db, SAVE_COMMENT, token, by(later=DAY, entered={COMMENT_INPUT: "Late"})),
            submit(db, SAVE_CHANGE, token, by(later=DAY, entered={ANSWER_INPUT: "0"})),
        ):
            assert "no longer be changed" in json.dumps(modal(answer).blocks)
            assert modal(answer).callback_id == ""


class TestNoMore:
    def test_the_question_goes_and_can_be_fetched_back(self, db: Session) -> None:
        token = asked(db)
        question, reminder = sent(db, token, "outbox_id"), sent(db, token, "reminder_id")
        card = reply(press(db, OPT_OUT, f"{token} r"))
        assert card.replace
        assert pressable(card) == [ASK_AGAIN]
        assert [one[0] for one in edits(db)] == [question]
        back = reply(press(db, ASK_AGAIN, token))
        assert back.replace
        assert pressable(back) == [ANSWER] * 11 + [OPT_OUT]
        assert [one[0] for one in edits(db)] == [reminder] or reminder in [one[0] for one in edits(db)]

    def test_taken_back_when_the_question_is_over_it_holds_for_the_next_ones(self, db: Session) -> None:
        token = asked(db)
        press(db, OPT_OUT, token)
        late = reply(press(db, ASK_AGAIN, token, by(later=timedelta(days=8))))
        assert "I may ask you again some day" in late.text
        assert pressable(late) == []
        assert not is_opted_out(db, OTTO)

    def test_a_tap_after_it_is_kindly_not_counted(self, db: Session) -> None:
        token = asked(db)
        press(db, OPT_OUT, token)
        assert pressable(reply(press(db, ANSWER, f"{token} 9"))) == [ASK_AGAIN]


@pytest.mark.parametrize(("state", "words"), [("expired", "expired"), ("withdrawn", "no longer need")])
def test_a_question_that_is_over_is_closed_where_it_stands(db: Session, state: str, words: str) -> None:
    card = reply(press(db, ANSWER, f"{asked(db, state=state)} 9"))
    assert card.replace
    assert words in card.text
    assert pressable(card) == []


@pytest.mark.parametrize(
    "request_",
    [by("U0ULF"), by(role=Role.MEMBER, team=OURS), by(role=Role.GUEST, team=OURS), by(team="")],
    ids=["another", "colleague", "guest", "unknown"],
)
def test_whoever_was_not_asked_gets_a_sentence_that_names_nobody(db: Session, request_: Any) -> None:
    token = asked(db, shared=request_.actor.user_id == OTTO)
    press(db, ANSWER, f"{token} 9")
    for answer in (
        press(db, ANSWER, f"{token} 9", request_),
        press(db, OPT_OUT, token, request_),
        press(db, ASK_AGAIN, token, request_),
        press(db, COMMENT, token, request_),
        press(db, CHANGE, token, request_),
        submit(db, SAVE_COMMENT, token, request_),
        submit(db, SAVE_CHANGE, token, replace(request_, state={ANSWER_INPUT: "1"})),
    ):
        assert isinstance(answer, Reply | Modal)
        text = json.dumps(answer.blocks, ensure_ascii=False) + getattr(answer, "text", "")
        assert pressable(answer) == []
        assert not any(word in text for word in ("Acme", "Otto", "9", token, "Enterprise"))


def test_an_anonymous_answer_stands_in_no_message(db: Session) -> None:
    token = asked(db, wave={"anonymous": True})
    sent(db, token, "outbox_id")
    sent(db, token, "reminder_id")
    cards = {json.dumps(reply(press(db, ANSWER, f"{token} {score}")).blocks) for score in range(11)}
    assert len(cards) == 1
    press(db, COMMENT, token)
    submit(db, SAVE_COMMENT, token, by(entered={COMMENT_INPUT: "Only I say so"}))
    everything = json.dumps([edits(db), [list(map(str, row)) for row in db.execute(select(survey_ask))]])
    assert "out of 10" not in everything
    assert "Only I" not in everything


class TestTheGate:
    """Somebody from outside may do exactly this, and nothing else that there is."""

    @pytest.fixture
    def registry(self) -> Registry:
        return all_commands()

    @pytest.fixture
    def answering(self, sqlite_engine: Engine, registry: Registry) -> Answering:
        return Answering(sqlite_engine, registry, ask().company, lambda: NOW)

    def test_nothing_else_is_declared_for_them(self, registry: Registry) -> None:
        for_them = {one.id for one in registry.commands.values() if one.least_role < Role.MEMBER}
        for_them |= {one.id for one in registry.actions.values() if one.least_role < Role.MEMBER}
        for_them |= {one.id for one in registry.views.values() if one.least_role < Role.MEMBER}
        assert for_them == FOR_CUSTOMERS
        assert {one.place for one in (*ANSWERING, *ANSWERING_VIEWS)} == {Place.CUSTOMER}

    @pytest.mark.parametrize("role", [Role.OUTSIDER, Role.GUEST])
    def test_the_gate_lets_nothing_else_through(self, answering: Answering, registry: Registry, role: Role) -> None:
        tasks = {
            **{one: answering.command(f"/{one}", "") for one in registry.commands},
            **{one: answering.action(one, "") for one in registry.actions},
            **{one: answering.view(one, "") for one in registry.views},
        }
        let_through = set()
        for name, task in tasks.items():
            for external in (True, False):
                request = ask(role=role, external=external)
                try:
                    answering.request(task, request.actor, request.audience)
                except NotAllowed:
                    continue
                let_through.add(name)
        assert let_through == FOR_CUSTOMERS

    def test_a_button_that_asks_a_command_is_that_command_to_the_gate(self, answering: Answering) -> None:
        with pytest.raises(NotAllowed):
            answering.request(answering.action("latido.ask", "/mrr"), by().actor, by().audience)

    def test_answering_works_everywhere(self, registry: Registry) -> None:
        for one in (*ANSWERING, *ANSWERING_VIEWS):
            admit(by(), one.least_role, one.place)
            assert one.id in {**registry.actions, **registry.views}

    def test_nobody_notes_who_tapped_when(self) -> None:
        """What was done once is remembered with a person and a moment, which anonymous answers must not be."""
        assert not any(one.once for one in ANSWERING)
        assert all(one.writes or one.opens_modal for one in ANSWERING)
        assert all(one.repeatable for one in ANSWERING_VIEWS)


def test_a_wave_that_was_withdrawn_takes_no_answer_before_its_questions_are(db: Session) -> None:
    """Its questions are taken back in a moment; until then they can be answered."""
    token = asked(db)
    db.execute(update(survey_wave).values(state="withdrawn"))
    assert "9 out of 10" in reply(press(db, ANSWER, f"{token} 9")).text
