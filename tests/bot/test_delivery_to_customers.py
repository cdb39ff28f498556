"""Questions to customers in the outbox: at a pace of their own, behind everything else, and nobody's broken channel."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select

from bot.playground.double import ApiError, Channel, DropAfterAccepting, DropBefore, RateLimited, User
from bot.survey_rounds import go_round
from commands.ui.cards.delivery_words import OUTSIDERS
from storage.queries import survey_waves
from storage.queries.destinations import untold
from storage.queries.tables import destination, outbox, survey_ask
from storage.session import reading, transaction
from tests.bot.outbox import NOW, WORLD, Office
from tests.bot.surveyed import AWAKE, begun, customer, everybody, gated, read_by_otto, states, surveyed
from tests.storage.queries import rows

POST, OPEN, WHO = "chat.postMessage", "conversations.open", "users.info"
PEOPLE = [f"U9{number:03}" for number in range(12)]
CROWD = replace(
    WORLD,
    users=[*WORLD.users, *(User(each, each.lower(), each, team_id="T0THEM") for each in PEOPLE)],
    channels=[
        *WORLD.channels,
        Channel("C0ALL", "all", members=PEOPLE, is_ext_shared=True, connected_team_ids=["T0THEM"]),
    ],
)


@pytest.fixture
def desk(engine: Engine) -> Iterator[Office]:
    with surveyed(engine, CROWD) as here:
        yield here


def crowd(desk: Office, count: int = len(PEOPLE)) -> None:
    """A wave that is due at once for everybody of a crowd."""
    with transaction(desk.engine) as db:
        for user in PEOPLE[:count]:
            account = rows.account(db, user, key=user)
            rows.subscribe(db, account, rows.paid(NOW.date() - timedelta(days=100)))
            rows.contact(db, account, user, slack_user_id=user)
        survey_waves.add_wave(db, everybody(started_by=None), NOW)
    go_round(desk.engine, AWAKE, NOW)
    with transaction(desk.engine) as db:
        db.execute(outbox.update().values(due_at=NOW))


def sent(desk: Office) -> int:
    with reading(desk.engine) as db:
        return len(db.execute(select(outbox.c.id).where(outbox.c.state == "sent", outbox.c.to_customer)).all())


@pytest.mark.parametrize(
    ("method", "code"),
    [
        (OPEN, "user_not_visible"),
        (OPEN, "invalid_user_combination"),
        (OPEN, "user_disabled"),
        (WHO, "user_not_found"),
        (POST, "account_inactive"),
        (POST, "cannot_dm_bot"),
        (POST, "channel_not_found"),
        (POST, "is_archived"),
        (POST, "restricted_action_thread_only_channel"),
        (POST, "not_allowed_to_frobnicate"),
    ],
)
def test_a_refusal_ends_that_question_alone_and_breaks_nothing(desk: Office, method: str, code: str) -> None:
    crowd(desk, 2)
    desk.double.faults.next(method, ApiError(code))
    desk.work_on(seconds=7, times=4)
    assert sorted(states(desk), key=str) == [("failed", code[:30]), ("sent", None)]
    with reading(desk.engine) as db:
        assert untold(db) is None
        assert db.execute(select(destination.c.id).where(destination.c.broken_since.is_not(None))).all() == []
        assert db.execute(select(survey_ask.c.asked_at).where(survey_ask.c.state == "failed")).scalar_one() is None


@pytest.mark.parametrize("code", ["missing_scope", "invalid_auth"])
def test_where_nothing_gets_anywhere_the_question_waits(desk: Office, code: str) -> None:
    crowd(desk, 1)
    desk.double.faults.next(POST, ApiError(code))
    desk.work()
    assert states(desk) == [("queued", None)]
    desk.clock.forward(seconds=70)
    desk.work_on()
    assert states(desk) == [("sent", None)]


def test_questions_go_at_the_pace_that_the_company_wants(desk: Office) -> None:
    crowd(desk)
    here = gated(desk, replace(AWAKE, surveys=replace(AWAKE.surveys, an_hour=600)))
    for step in range(4):
        here.work()
        assert sent(here) == step + 1
        here.clock.forward(seconds=6)


def test_an_alert_goes_before_all_questions_that_have_waited_longer(desk: Office) -> None:
    crowd(desk)
    desk.clock.forward(hours=1)
    desk.put("urgent")
    desk.delivery.step()
    assert desk.texts() == ["urgent"]
    assert sent(desk) == 0


def test_when_slack_wants_us_to_wait_all_questions_wait_and_no_alert_does(desk: Office) -> None:
    crowd(desk)
    desk.double.faults.next(OPEN, RateLimited(30))
    desk.work()
    for _ in range(3):
        desk.clock.forward(seconds=8)
        desk.work()
    assert sent(desk) == 0
    desk.put("urgent")
    desk.work()
    assert desk.texts() == ["urgent"]
    desk.clock.forward(seconds=8)
    desk.work()
    assert sent(desk) == 1


def test_a_question_that_is_not_sent_after_all_does_not_cost_its_turn(desk: Office) -> None:
    crowd(desk, 2)
    with transaction(desk.engine) as db:
        db.execute(survey_ask.update().where(survey_ask.c.destination == PEOPLE[0]).values(state="declined"))
    desk.work()
    assert sent(desk) == 1


@pytest.mark.parametrize("fault", [DropAfterAccepting(), DropBefore()])
def test_a_question_whose_answer_was_lost_stands_once(desk: Office, fault: DropAfterAccepting | DropBefore) -> None:
    customer(desk)
    desk.double.faults.next(POST, fault)
    begun(desk)
    desk.work_on()
    assert states(desk) == [("sent", None)]
    assert len(read_by_otto(desk)) == 1


def test_where_the_door_was_closed_behind_a_lost_answer_an_admin_decides_and_the_question_ends(desk: Office) -> None:
    """Nobody can look whether it arrived; it is not asked again, and is over like any other."""
    crowd(desk, 1)
    desk.double.faults.next(POST, DropAfterAccepting())
    desk.work()
    desk.double.faults.next(OPEN, ApiError("user_not_visible"))
    desk.clock.forward(seconds=10)
    desk.work()
    assert set(desk.states().values()) == {"unknown"}
    desk.clock.forward(days=8)
    go_round(desk.engine, AWAKE, desk.clock.now)
    assert states(desk) == [("expired", None)]


def test_a_question_that_expires_in_the_queue_was_never_asked(desk: Office) -> None:
    crowd(desk, 1)
    desk.clock.forward(days=8)
    desk.work()
    go_round(desk.engine, AWAKE, desk.clock.now)
    assert states(desk) == [("failed", "expired")]


def test_a_shared_channel_takes_questions_though_nothing_internal_may_go_there(desk: Office) -> None:
    customer(desk)
    desk.put("all your figures", "C0SHARED")
    desk.work()
    begun(desk, place="channel")
    assert states(desk) == [("sent", None)]
    assert "all your figures" not in desk.texts("C0SHARED")
    with reading(desk.engine) as db:
        assert db.execute(select(destination.c.reason).where(destination.c.id == "C0SHARED")).scalar() == OUTSIDERS


def test_without_a_gate_nothing_is_sent_to_customers(desk: Office) -> None:
    crowd(desk, 1)
    blind = replace(desk, delivery=replace(desk.delivery, gate=None))
    blind.work()
    assert states(desk) == [("queued", None)]
