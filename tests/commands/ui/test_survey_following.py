"""Surveys that were sent: the list, the live card, the details, taking one back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, insert, select, update

from commands.core.errors import NotAllowed, UserError
from commands.core.reply import Invalid, Modal
from commands.core.request import Actor, Request, Role
from commands.core.survey_draft import Draft
from commands.core.survey_recurring import recurring, schedule_of
from commands.core.survey_seen import seen
from commands.survey import COMMAND
from commands.ui.blocks import check
from commands.ui.cards.answers_given import REASON
from commands.ui.cards.survey_wave import wave_card
from commands.ui.survey_cards import is_stale, post_card, refresh_card
from commands.ui.survey_posting import start
from commands.ui.text import translator
from metrics.asking import Audience, To
from storage.queries.outbox import standing_of
from storage.queries.schedules import add
from storage.queries.survey_waves import NewWave, add_wave, finish, wave
from storage.queries.tables import anonymous_answer, survey_ask, survey_response
from storage.session import Session
from tests.commands.asking import NOW, ask
from tests.commands.pressing import labels, modal, press, reply
from tests.commands.reachable import with_people

NEW = NewWave("form U1 1", "nps", Audience(To.EVERYBODY), NOW, name="Q4", started_by="U1")


@pytest.fixture
def people(company: Session) -> Session:
    return with_people(company)


def begun(db: Session, new: NewWave = NEW) -> int:
    """A wave that has asked everybody it may, with its card."""
    wave_id = add_wave(db, new, NOW)
    start(db, wave_id, ask().company, NOW)
    post_card(db, wave_id, company=ask().company, now=NOW)
    return wave_id


def turned(db: Session, wave_id: int, state: str, number: int) -> list[int]:
    """So many questions of the wave turned into a state; their ids."""
    query = select(survey_ask.c.id).where(survey_ask.c.wave_id == wave_id, survey_ask.c.state == "queued")
    ids = list(db.execute(query.order_by(survey_ask.c.id).limit(number)).scalars())
    db.execute(update(survey_ask).where(survey_ask.c.id.in_(ids)).values(state=state, settled_at=NOW))
    return ids


def answers(db: Session, ask_ids: list[int], score: int) -> None:
    account = db.execute(select(survey_ask.c.account_id)).scalars().first()
    rows = [
        {"key": f"slack {one} U0", "account_id": account, "kind": "nps", "score": score, "responded_at": NOW}
        | {"ask_id": one}
        for one in ask_ids
    ]
    db.execute(insert(survey_response), rows)


def card(db: Session, wave_id: int, locale: str = "en") -> str:
    one = seen(db, wave_id)
    assert one is not None
    shown = wave_card(one, translator(locale, strict=True))
    assert check(shown.blocks) == []
    return shown.text


def by(request: Request, role: Role, user: str = "U2") -> Request:
    return replace(request, actor=Actor(user, "T1", role, "Bob", "bob@example.com"))


def test_without_any_the_list_says_what_a_survey_is_for(people):
    shown = reply(COMMAND.run(ask("list"), people))
    assert shown.text.startswith("No surveys yet")
    assert labels(shown.blocks)[0] == "New survey"


def test_the_live_card_counts_what_became_of_the_questions(people):
    wave_id = begun(people)
    assert "0 of 4 sent" in card(people, wave_id)
    answers(people, turned(people, wave_id, "answered", 2), 9)
    turned(people, wave_id, "declined", 1)
    turned(people, wave_id, "sent", 1)
    told = card(people, wave_id)
    assert "██████░░░░░░ · 50% answered · 2 of 4" in told
    assert "1 waiting · 1 declined" in told
    assert "NPS so far: 100 · 2 answers" in told
    people.execute(update(survey_response).where(survey_response.c.key.endswith("U0")).values(voided_at=NOW))
    assert "1 waiting · 1 declined · 4 not asked · 2 answers voided" in card(people, wave_id)


def test_of_a_survey_that_is_over_no_more_is_expected(people):
    wave_id = begun(people)
    answers(people, turned(people, wave_id, "answered", 2), 9)
    finish(people, wave_id)
    assert "NPS: 100 · 2 answers" in card(people, wave_id)


@pytest.mark.parametrize("locale", ["es", "ru"])
def test_the_card_is_in_its_readers_language(people, locale):
    assert card(people, begun(people), locale)


def test_of_an_anonymous_survey_no_figure_is_seen_before_it_is_over_and_never_of_few(people):
    wave_id = begun(people, NEW._replace(anonymous=True))

    def answered(number: int) -> None:
        row = {"wave_id": wave_id, "kind": "nps", "score": 10, "day": NOW.date()}
        people.execute(insert(anonymous_answer), [{**row, "mark": f"m{number}"}])

    for number in range(4):
        answered(number)
    assert "NPS so far" not in card(people, wave_id)
    assert "comes when the survey is over" in str(shown_blocks(people, wave_id))
    finish(people, wave_id)
    assert "NPS so far" not in card(people, wave_id)
    assert "no figure is shown of fewer than 5" in str(shown_blocks(people, wave_id))
    answered(5)
    assert "NPS: 100 · 5 answers" in card(people, wave_id)


def test_anonymous_words_are_read_in_the_details_when_it_is_over_and_enough_have_answered(people):
    wave_id = begun(people, NEW._replace(anonymous=True))
    row = {"wave_id": wave_id, "kind": "nps", "score": 10, "day": NOW.date()}
    people.execute(insert(anonymous_answer), [{**row, "mark": f"{n:02}", "comment": f"*Word {n}*"} for n in range(14)])

    def read(page: int = 0) -> str:
        details = next(action.run for action in COMMAND.actions if action.id == "survey.details")
        shown = modal(details(ask(f"1 {page} {wave_id}"), people))
        assert check(shown.blocks, surface="modal") == []
        return str(shown.blocks)

    assert "Word" not in read()
    finish(people, wave_id)
    assert [f"Word {n}" in read() for n in (0, 11, 12)] == [True, True, False]
    assert [f"Word {n}" in read(1) for n in (11, 12, 13)] == [False, True, True]
    people.execute(delete(anonymous_answer).where(anonymous_answer.c.mark >= "04"))
    assert "Word" not in read()


def with_words(db: Session, count: int) -> int:
    """An anonymous wave that is over, with so many answers: a zero with words of its own, and tens."""
    wave_id = begun(db, NEW._replace(anonymous=True))
    row = {"wave_id": wave_id, "kind": "nps", "day": NOW.date()}
    spam = {**row, "mark": "a", "score": 0, "comment": "*Buy* this"}
    usual = [{**row, "mark": f"b{n:02}", "score": 10, "comment": f"Word {n}"} for n in range(count - 1)]
    db.execute(insert(anonymous_answer), [spam, *usual])
    finish(db, wave_id)
    return wave_id


def in_details(db: Session, wave_id: int, page: int = 0) -> Modal:
    details = next(action.run for action in COMMAND.actions if action.id == "survey.details")
    return modal(details(ask(f"1 {page} {wave_id}"), db))


def send(form: Modal, db: Session, reason: str | None) -> Modal | Invalid:
    (view,) = (view for view in COMMAND.views if view.id == form.callback_id)
    answer = view.run(replace(ask(form.private_metadata), state={REASON: reason}), db)
    assert isinstance(answer, Modal | Invalid)
    return answer


def test_anonymous_spam_is_voided_with_a_reason_and_is_then_in_no_figure(people):
    wave_id = with_words(people, 6)
    before = in_details(people, wave_id)
    assert labels(before.blocks).count("Void …") == 6
    assert "NPS: 66.7 · 6 answers" in card(people, wave_id)
    form = modal(press(COMMAND, before, "survey.void", replace(ask(), in_modal=True), people))
    assert check(form.blocks, surface="modal") == []
    assert "this”" in str(form.blocks)
    assert "Word" not in str(form.blocks)
    assert isinstance(send(form, people, "  "), Invalid)
    after = modal(send(form, people, "an ad"))
    assert check(after.blocks, surface="modal") == []
    assert "⚫ Voided on 23 Nov 2026: an ad" in str(after.blocks)
    assert "Buy" not in str(after.blocks)
    assert labels(after.blocks).count("Void …") == 5
    assert "NPS: 100 · 5 answers" in card(people, wave_id)
    assert "1 answer voided" in card(people, wave_id)
    assert not is_stale(people, wave_id)
    kept = people.execute(select(anonymous_answer).where(anonymous_answer.c.mark == "a")).one()
    assert (kept.voided_at, kept.voided_by, kept.void_reason) == (NOW, "U1", "an ad")


def test_where_fewer_than_five_are_left_no_words_are_shown_or_voided_any_more(people):
    wave_id = with_words(people, 5)
    before = in_details(people, wave_id)
    spam, other = (modal(press(COMMAND, before, "survey.void", ask(), people, number)) for number in (0, 1))
    after = modal(send(spam, people, "an ad"))
    assert "no figure is shown of fewer than 5" in str(after.blocks)
    assert "Word" not in str(after.blocks)
    assert "Void …" not in labels(after.blocks)
    for form in (spam, other):
        with pytest.raises(UserError, match="no longer there"):
            send(form, people, "an ad")


def test_of_an_anonymous_survey_that_runs_or_of_another_nothing_is_voided(people):
    wave_id = with_words(people, 6)
    running = begun(people, NEW._replace(occurrence="form U1 2", anonymous=True))
    people.execute(
        insert(anonymous_answer),
        [
            {"wave_id": running, "kind": "nps", "score": 1, "day": NOW.date(), "mark": f"r{n}", "comment": f"Word {n}"}
            for n in range(6)
        ],
    )
    void = next(action.run for action in COMMAND.actions if action.id == "survey.void")
    for pressed in (f"1 0 {running} r1", f"1 0 {wave_id} r1", f"1 0 {wave_id} ", f"1 0 {wave_id}", "1 0 x a"):
        with pytest.raises(UserError):
            void(ask(pressed), people)


def test_the_last_words_of_a_page_voided_lead_to_the_page_before(people):
    wave_id = with_words(people, 13)
    form = modal(press(COMMAND, in_details(people, wave_id, 1), "survey.void", ask(), people))
    after = modal(send(form, people, "a test"))
    assert labels(after.blocks).count("Void …") == 12
    assert "‹ Previous" not in labels(after.blocks)


def shown_blocks(db: Session, wave_id: int) -> object:
    one = seen(db, wave_id)
    assert one is not None
    return wave_card(one, translator("en", strict=True)).blocks


def test_the_card_in_slack_follows_once_something_has_changed(people):
    wave_id = begun(people)
    kept = wave(people, wave_id)
    assert kept is not None
    assert kept.card_outbox_id is not None
    assert not is_stale(people, wave_id)
    assert not refresh_card(people, wave_id, company=ask().company, now=NOW)
    turned(people, wave_id, "sent", 1)
    assert is_stale(people, wave_id)
    assert refresh_card(people, wave_id, company=ask().company, now=NOW)
    assert not is_stale(people, wave_id)
    post_card(people, wave_id, company=ask().company, now=NOW)
    again = wave(people, wave_id)
    assert again is not None
    assert again.card_outbox_id == kept.card_outbox_id
    standing = standing_of(people, kept.card_outbox_id)
    assert standing is not None
    assert standing.state == "pending"


def test_a_wave_of_a_trigger_has_no_card_of_anybodys(people):
    wave_id = begun(people, NEW._replace(started_by=None))
    found = wave(people, wave_id)
    assert found is not None
    assert found.card_outbox_id is None
    assert "started by a trigger" in card(people, wave_id)


def test_the_list_has_those_that_run_first_and_turns_its_pages(people):
    over = begun(people, NEW._replace(occurrence="form over", name="Old one"))
    finish(people, over)
    for number in range(6):
        later = NOW - timedelta(days=number + 1)
        add_wave(people, NEW._replace(occurrence=f"form {number}", start_at=later, name=f"No. {number}"), NOW)
    shown = reply(COMMAND.run(ask("list"), people))
    assert check(shown.blocks) == []
    assert "7 surveys · 6 running" in shown.text
    assert "Old one" not in shown.text
    turned_page = reply(press(COMMAND, shown, "survey.list", ask(), people))
    assert turned_page.replace
    assert "Old one" in turned_page.text


def test_the_details_name_who_was_not_asked_and_why_page_by_page(people):
    wave_id = begun(people)
    failed = turned(people, wave_id, "failed", 1)
    people.execute(update(survey_ask).where(survey_ask.c.id.in_(failed)).values(reason="is_archived"))
    shown = reply(COMMAND.run(ask("list"), people))
    seen_closer = modal(press(COMMAND, shown, "survey.details", ask(), people))
    assert check(seen_closer.blocks, surface="modal") == []
    told = str(seen_closer.blocks)
    assert "2 cannot be reached in Slack" in told
    assert "Ana Eta · Eta · cannot be reached in Slack" in told
    assert "1: the channel is archived" in told


def test_only_who_started_it_or_an_admin_may_take_it_back(people):
    wave_id = begun(people)
    withdraw = next(action for action in COMMAND.actions if action.id == "survey.withdraw")
    with pytest.raises(NotAllowed):
        withdraw.run(by(ask(f"1 0 {wave_id}"), Role.MEMBER), people)
    others = modal(
        press(COMMAND, reply(COMMAND.run(ask("list"), people)), "survey.details", by(ask(), Role.MEMBER), people)
    )
    assert "Withdraw" not in labels(others.blocks)
    done = reply(withdraw.run(by(ask(f"1 0 {wave_id}"), Role.ADMIN), people))
    assert done.replace
    assert "✓ Withdrawn" in done.text
    assert "Withdraw" not in labels(done.blocks)
    found = wave(people, wave_id)
    assert found is not None
    assert found.state == "withdrawn"


def test_in_the_details_the_starter_takes_it_back_too(people):
    begun(people)
    own = modal(press(COMMAND, reply(COMMAND.run(ask("list"), people)), "survey.details", ask(), people))
    done = press(COMMAND, own, "survey.withdraw", replace(ask(), in_modal=True), people)
    assert isinstance(done, Modal)
    assert "withdrawn" in str(done.blocks)


def test_one_that_comes_again_is_listed_and_stopped_by_its_owner_or_an_admin(people):
    draft = Draft("nps", Audience(To.EVERYBODY), repeats="quarterly")
    add(people, schedule_of(draft, NEW, ask()))
    shown = reply(COMMAND.run(ask("list"), people))
    assert "Every three months · next on 23 Nov 2026, 09:30" in shown.text
    stranger = by(ask("list"), Role.MEMBER)
    assert "Stop" not in labels(reply(COMMAND.run(stranger, people)).blocks)
    with pytest.raises(NotAllowed):
        press(COMMAND, shown, "survey.stop", stranger, people)
    stopped = reply(press(COMMAND, shown, "survey.stop", ask(), people))
    assert "does not come any more" in stopped.text
    assert recurring(people) == []


def test_a_survey_that_is_gone_is_said_to_be(people):
    details: Callable[..., object] = next(one for one in COMMAND.actions if one.id == "survey.details").run
    for made_up in ("1 0 999", "1 0 x", "1 0 99999999999999999999999"):
        with pytest.raises(UserError):
            details(ask(made_up), people)
