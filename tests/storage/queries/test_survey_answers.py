from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select

from storage.kept_facts import Key, begin, finish, there
from storage.queries.survey_answers import (
    Asked,
    answer,
    asked_of,
    comment,
    decline,
    given,
    is_contact,
    take_back_declined,
)
from storage.queries.survey_wordings import reword
from storage.queries.tables import anonymous_answer, survey_ask, survey_response, survey_wave, touched_account
from storage.session import Session
from tests.storage.queries import rows

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(hours=3)
TODAY = date(2026, 11, 23)
OTTO = "U0OTTO"


@pytest.fixture
def account_id(db: Session) -> int:
    return rows.account(db, "Acme", segment="Enterprise")


def question(
    db: Session, account_id: int, *, kind: str = "nps", ask: dict[str, Any] | None = None, **wave: Any
) -> Asked:
    contact_id = None if wave.get("place") else rows.contact(db, account_id, "Otto", slack_user_id=OTTO)
    wave_id = rows.survey_wave(db, kind=kind, start_at=NOW, created_at=NOW, **wave)
    usual = {"asked_at": NOW, "remind_at": LATER, "destination": OTTO, "contact_id": contact_id, "kind": kind}
    ask_id = rows.survey_ask(db, wave_id, account_id, token=f"token {wave_id}", **{**usual, **(ask or {})})
    assert ask_id
    found = asked_of(db, f"token {wave_id}", lock=True)
    assert found is not None
    return found


def tap(db: Session, asked: Asked, value: int | str, user: str = OTTO, now: datetime = NOW) -> None:
    answer(db, asked, user, value, language="es", today=now.date(), now=now)


def responses(db: Session) -> list[Any]:
    return list(db.execute(select(survey_response).order_by(survey_response.c.id)))


def state(db: Session, asked: Asked) -> tuple[Any, ...]:
    columns = (survey_ask.c.state, survey_ask.c.settled_at, survey_ask.c.remind_at, survey_ask.c.asked_at)
    return tuple(db.execute(select(*columns).where(survey_ask.c.id == asked.id)).one())


def test_a_token_that_was_made_up_is_no_question(db: Session) -> None:
    assert asked_of(db, "nonsense", lock=True) is None


def test_a_question_has_the_words_of_its_wave_before_the_usual_ones(db: Session, account_id: int) -> None:
    reword(db, "nps", "es", "¿Nos recomiendas?")
    reword(db, "nps", "en", "Would you?")
    assert question(db, account_id, wording={"en": "Would you now?"}).wording == {
        "es": "¿Nos recomiendas?",
        "en": "Would you now?",
    }


def test_an_answer_is_kept_with_who_gave_it_to_what(db: Session, account_id: int) -> None:
    asked = question(db, account_id)
    tap(db, asked, 9)
    (kept,) = responses(db)
    assert (kept.key, kept.kind, kept.score, kept.choice) == (f"slack {asked.id} {OTTO}", "nps", 9, None)
    assert (kept.account_id, kept.contact_id, kept.ask_id) == (account_id, asked.contact_id, asked.id)
    assert (kept.responder, kept.language, kept.responded_at) == (OTTO, "es", NOW)
    assert state(db, asked) == ("answered", NOW, None, NOW)


def test_a_second_answer_takes_the_place_of_the_first_and_keeps_its_moment(db: Session, account_id: int) -> None:
    asked = question(db, account_id)
    tap(db, asked, 9)
    comment(db, asked, OTTO, "Fine", now=NOW)
    tap(db, asked, 3, now=LATER)
    (kept,) = responses(db)
    assert (kept.score, kept.comment, kept.responded_at) == (3, "Fine", NOW)
    assert state(db, asked)[1] == NOW


def test_a_choice_is_kept_as_such(db: Session, account_id: int) -> None:
    asked = question(db, account_id, kind="exit")
    tap(db, asked, "price")
    assert [(row.score, row.choice) for row in responses(db)] == [(None, "price")]
    found = given(db, asked, OTTO)
    assert found is not None
    assert found.answer == "price"


def test_everybody_in_a_channel_has_an_answer_of_their_own(db: Session, account_id: int) -> None:
    rows.contact(db, account_id, "Ulf", slack_user_id="U0ULF")
    asked = question(db, account_id, place="channel", ask={"destination": "C0SHARED"})
    tap(db, asked, 9, "U0ULF")
    tap(db, asked, 2, "U0NOBODY")
    assert [(row.score, row.contact_id is None, row.responder) for row in responses(db)] == [
        (9, False, "U0ULF"),
        (2, True, "U0NOBODY"),
    ]
    assert is_contact(db, account_id, "U0ULF")
    assert not is_contact(db, account_id, "U0NOBODY")


def test_the_account_is_looked_at_again_and_figures_are_read_anew(db: Session, account_id: int) -> None:
    key = Key("totals", date(2026, 11, 1), date(2026, 12, 1), "all")
    connection = db.connection()
    mark = begin(connection, [key], ["survey_response"])
    assert mark is not None
    finish(connection, mark, {key: {"n": 0}})
    tap(db, question(db, account_id), 9)
    assert there(connection) == set()
    assert list(db.execute(select(touched_account.c.account_id)).scalars()) == [account_id]


def test_a_tap_proves_that_a_question_thought_lost_has_arrived(db: Session, account_id: int) -> None:
    lost = {"state": "failed", "reason": "channel_not_found", "asked_at": None, "decided_at": NOW}
    asked = question(db, account_id, ask=lost)
    tap(db, asked, 9, now=LATER)
    assert state(db, asked) == ("answered", LATER, None, NOW)


def test_words_need_an_answer(db: Session, account_id: int) -> None:
    asked = question(db, account_id)
    assert comment(db, asked, OTTO, "Fine", now=NOW) is None
    tap(db, asked, 9)
    kept = comment(db, asked, OTTO, "Fine", now=NOW)
    assert kept is not None
    assert (kept.comment, kept.score, kept.since) == ("Fine", 9, NOW)
    assert comment(db, asked, OTTO, None, now=NOW) == kept._replace(comment=None)


def test_whoever_wants_no_question_need_not_answer(db: Session, account_id: int) -> None:
    asked = question(db, account_id)
    decline(db, asked, now=LATER)
    assert state(db, asked)[:2] == ("declined", LATER)
    take_back_declined(db, asked)
    assert state(db, asked)[:2] == ("sent", None)


def test_an_answer_outlives_that_no_more_is_wanted(db: Session, account_id: int) -> None:
    asked = question(db, account_id)
    tap(db, asked, 9)
    decline(db, asked._replace(state="answered"), now=LATER)
    assert state(db, asked)[0] == "answered"


class TestAnonymous:
    @pytest.fixture
    def asked(self, db: Session, account_id: int) -> Asked:
        return question(db, account_id, anonymous=True, secret=b"s" * 32)

    def test_nothing_leads_from_an_answer_to_a_person(self, db: Session, asked: Asked) -> None:
        tap(db, asked, 9)
        comment(db, asked, OTTO, "Fine", now=LATER)
        (kept,) = db.execute(select(anonymous_answer)).all()
        assert (kept.kind, kept.score, kept.comment, kept.day) == ("nps", 9, "Fine", TODAY)
        assert (kept.segment, kept.language) == ("Enterprise", "es")
        assert OTTO not in kept.mark
        assert responses(db) == []
        assert state(db, asked) == ("answered", None, None, NOW)
        assert db.execute(select(touched_account)).all() == []

    def test_the_same_person_has_one_answer(self, db: Session, asked: Asked) -> None:
        tap(db, asked, 9)
        tap(db, asked, 2, now=LATER + timedelta(days=1))
        tap(db, asked, 10, "U0ULF")
        kept = db.execute(select(anonymous_answer.c.score, anonymous_answer.c.day).order_by("score")).all()
        assert [tuple(row) for row in kept] == [(2, TODAY), (10, TODAY)]

    def test_once_the_secret_is_forgotten_nobody_finds_it_again(self, db: Session, asked: Asked) -> None:
        tap(db, asked, 9)
        db.execute(survey_wave.update().values(secret=None))
        again = asked_of(db, asked.token, lock=False)
        assert again is not None
        assert given(db, again, OTTO) is None

    def test_the_mark_depends_on_the_secret(self, db: Session, account_id: int, asked: Asked) -> None:
        other = question(db, account_id, anonymous=True, secret=b"t" * 32)
        tap(db, asked, 9)
        tap(db, other, 9)
        marks = list(db.execute(select(anonymous_answer.c.mark)).scalars())
        assert len(set(marks)) == 2

    def test_the_database_takes_no_second_answer_under_one_mark(self, db: Session, asked: Asked) -> None:
        tap(db, asked, 9)
        before = db.execute(select(anonymous_answer)).one()
        with pytest.raises(Exception, match=r"(?i)unique"):
            db.execute(insert(anonymous_answer).values(**before._asdict()))
