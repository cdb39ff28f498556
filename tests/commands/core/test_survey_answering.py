from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from commands.core.reply import Invalid
from commands.core.request import Request, Role
from commands.core.survey_answering import (
    ANSWER_INPUT,
    COMMENT_INPUT,
    Declined,
    Refused,
    Taken,
    Why,
    answer,
    ask_again,
    change,
    comment,
    decline,
    own_answer,
    value_in,
)
from metrics.surveys import all_surveys
from storage.queries.tables import anonymous_answer, survey_ask, survey_response, survey_wave
from storage.session import Session
from tests.commands.asking import NOW
from tests.commands.surveyed import OTTO, OURS, THEIRS, asked, by, is_opted_out
from tests.storage.queries import rows

DAY = timedelta(days=1)
ULF = "U0ULF"


@pytest.fixture
def db(db_empty: Session) -> Session:
    return db_empty


def tap(db: Session, value: str, request: Request | None = None) -> Taken | Refused:
    return answer(replace(request or by(), text=value), db)


def why(found: object) -> Why:
    assert isinstance(found, Refused)
    return found.why


def taken(found: object) -> Taken:
    assert isinstance(found, Taken), found
    return found


def scores(db: Session) -> list[int]:
    return list(db.execute(select(survey_response.c.score).order_by(survey_response.c.id)).scalars())


class TestTapping:
    def test_one_tap_is_an_answer(self, db: Session) -> None:
        found = taken(tap(db, f"{asked(db)} 9"))
        assert (found.given.score, found.changeable, found.before) == (9, True, None)

    def test_the_same_tap_again_leaves_it(self, db: Session) -> None:
        token = asked(db)
        first = taken(tap(db, f"{token} 9"))
        again = taken(tap(db, f"{token} 9", by(later=timedelta(hours=2))))
        assert again.given == first.given
        assert scores(db) == [9]

    def test_another_tap_within_a_day_changes_it(self, db: Session) -> None:
        token = asked(db)
        tap(db, f"{token} 9")
        assert taken(tap(db, f"{token} 0", by(later=DAY - timedelta(seconds=1)))).given.score == 0

    def test_after_a_day_it_stays(self, db: Session) -> None:
        token = asked(db)
        tap(db, f"{token} 9")
        assert why(tap(db, f"{token} 0", by(later=DAY))) is Why.TOO_LATE
        assert scores(db) == [9]

    def test_the_company_says_for_how_long(self, db: Session) -> None:
        token = asked(db)
        request = by(later=DAY * 2)
        surveys = replace(request.company.surveys, change_within=DAY * 3)
        tap(db, f"{token} 9")
        slow = replace(request, company=replace(request.company, surveys=surveys))
        assert taken(tap(db, f"{token} 0", slow)).given.score == 0

    @pytest.mark.parametrize("value", ["", "11", "-1", "9.5", "９", "1e1", "price", "9 9", "00000009"])
    def test_what_is_no_answer_of_the_kind_is_none(self, db: Session, value: str) -> None:
        assert why(tap(db, f"{asked(db)} {value}")) is Why.GONE
        assert scores(db) == []

    def test_a_token_that_was_made_up_opens_nothing(self, db: Session) -> None:
        assert tap(db, "nonsense 9") == Refused(Why.GONE)

    @pytest.mark.parametrize("kind", sorted(all_surveys()))
    def test_every_answer_of_every_kind_is_taken(self, db: Session, kind: str) -> None:
        survey = all_surveys()[kind]
        values = [one.id for one in survey.options]
        if survey.scale is not None:
            values = [str(score) for score in range(survey.scale[0], survey.scale[1] + 1)]
        token = asked(db, kind=kind)
        for value in values:
            assert str(taken(tap(db, f"{token} {value}")).given.answer) == value

    @pytest.mark.parametrize("state", ["queued", "sent", "failed"])
    def test_who_can_tap_has_the_question_whatever_is_thought_of_its_message(self, db: Session, state: str) -> None:
        assert taken(tap(db, f"{asked(db, state=state)} 9")).given.score == 9


class TestOver:
    @pytest.mark.parametrize(
        ("state", "reason"),
        [("expired", Why.EXPIRED), ("withdrawn", Why.WITHDRAWN), ("declined", Why.DECLINED)],
    )
    def test_a_question_that_is_over_takes_nothing(self, db: Session, state: str, reason: Why) -> None:
        assert why(tap(db, f"{asked(db, state=state)} 9")) is reason
        assert scores(db) == []

    def test_it_is_over_at_its_moment_also_while_nobody_has_noted_it(self, db: Session) -> None:
        token = asked(db)
        assert why(tap(db, f"{token} 9", by(later=DAY * 7))) is Why.EXPIRED
        taken(tap(db, f"{token} 9", by(later=DAY * 7 - timedelta(seconds=1))))

    def test_an_answer_given_at_the_last_moment_can_still_be_changed_for_a_day(self, db: Session) -> None:
        token = asked(db)
        tap(db, f"{token} 9", by(later=DAY * 7 - timedelta(hours=1)))
        assert taken(tap(db, f"{token} 2", by(later=DAY * 7 + timedelta(hours=1)))).given.score == 2


class TestWho:
    def test_a_person_answers_their_own_question_only(self, db: Session) -> None:
        for request in (by(ULF), by(ULF, role=Role.ADMIN, team=OURS), by("", team="")):
            assert tap(db, f"{asked(db)} 9", request) == Refused(Why.NOT_YOURS)
        assert scores(db) == []

    def test_of_whom_slack_does_not_tell_the_team_the_direct_message_tells_enough(self, db: Session) -> None:
        taken(tap(db, f"{asked(db)} 9", by(team="")))

    def test_in_a_channel_everybody_of_the_customer_may_answer(self, db: Session) -> None:
        token = asked(db, shared=True)
        taken(tap(db, f"{token} 9"))
        taken(tap(db, f"{token} 2", by(ULF, later=DAY * 2)))
        assert scores(db) == [9, 2]

    @pytest.mark.parametrize(
        ("request_", "reason"),
        [
            (by(role=Role.MEMBER, team=OURS), Why.COLLEAGUE),
            (by(role=Role.ADMIN, team=OURS), Why.COLLEAGUE),
            (by(role=Role.GUEST, team=OURS), Why.NOT_YOURS),
            (by(team=""), Why.UNKNOWN_PERSON),
        ],
    )
    def test_in_a_channel_nobody_else_may(self, db: Session, request_: Request, reason: Why) -> None:
        assert tap(db, f"{asked(db, shared=True)} 9", request_) == Refused(reason)
        assert scores(db) == []

    @pytest.mark.parametrize(("known", "language"), [(True, "en"), (False, "es")])
    def test_whose_language_slack_does_not_tell_is_taken_at_the_accounts(
        self, db: Session, *, known: bool, language: str
    ) -> None:
        request = by(ULF)
        request = replace(request, actor=replace(request.actor, locale_known=known))
        taken(tap(db, f"{asked(db, shared=True, language='es')} 9", request))
        assert db.scalar(select(survey_response.c.language)) == language

    @pytest.mark.parametrize("known", ["themselves", "by a colleague"])
    def test_in_a_channel_people_of_another_customer_may_not(self, db: Session, known: str) -> None:
        token = asked(db, shared=True)
        beta = rows.account(db, "Beta")
        user = ULF if known == "themselves" else "U0COLLEAGUE"
        rows.contact(db, beta, "Ulf", slack_user_id=user)
        rows.add(db, "respondent", user_id=user, team_id="T0BETA", gone=False, seen_at=NOW)
        assert tap(db, f"{token} 9", by(ULF, team="T0BETA")) == Refused(Why.NOT_YOURS)
        taken(tap(db, f"{token} 9"))

    @pytest.mark.parametrize("why", ["the team is theirs, too", "it is the same channel", "it is the same company"])
    def test_a_person_known_at_another_account_of_the_same_customer_may(self, db: Session, why: str) -> None:
        same = {"it is the same channel": {"slack_channel_id": "C1"}, "it is the same company": {"domain": "a.example"}}
        acme, eu = (rows.account(db, name, **same.get(why, {})) for name in ("Acme", "Acme EU"))
        rows.contact(db, eu, "Ulf", slack_user_id=ULF)
        if why == "the team is theirs, too":
            rows.contact(db, acme, "Uma", slack_user_id="U0UMA")
            rows.add(db, "respondent", user_id="U0UMA", team_id=THEIRS, gone=False, seen_at=NOW)
        taken(tap(db, f"{asked(db, shared=True, account_id=acme)} 9", by(ULF)))

    def test_a_guest_may_who_is_a_person_of_the_account(self, db: Session) -> None:
        account_id = rows.account(db)
        rows.contact(db, account_id, "Gus", slack_user_id="U0GUS")
        token = asked(db, shared=True, account_id=account_id)
        taken(tap(db, f"{token} 9", by("U0GUS", role=Role.GUEST, team=OURS)))


class TestForms:
    def test_words_are_kept_and_taken_away(self, db: Session) -> None:
        token = asked(db)
        tap(db, f"{token} 9")
        said = taken(comment(replace(by(entered={COMMENT_INPUT: " Fine \n"}), text=token), db))
        assert (said.given.comment, said.given.score) == ("Fine", 9)
        assert taken(comment(replace(by(entered={COMMENT_INPUT: "  "}), text=token), db)).given.comment is None

    def test_the_answer_and_its_words_are_changed_together(self, db: Session) -> None:
        token = asked(db)
        tap(db, f"{token} 9")
        entered = by(entered={ANSWER_INPUT: "2", COMMENT_INPUT: "Slow"})
        changed = taken(change(replace(entered, text=token), db))
        assert (changed.given.score, changed.given.comment, changed.before and changed.before.score) == (2, "Slow", 9)

    @pytest.mark.parametrize("value", [None, "", "11", "price"])
    def test_a_form_with_no_answer_says_so(self, db: Session, value: str | None) -> None:
        token = asked(db)
        tap(db, f"{token} 9")
        found = change(replace(by(entered={ANSWER_INPUT: value}), text=token), db)
        assert isinstance(found, Invalid)
        assert list(found.errors) == [ANSWER_INPUT]

    def test_words_that_are_too_long_are_said_to_be(self, db: Session) -> None:
        token = asked(db)
        tap(db, f"{token} 9")
        for run in (comment, change):
            found = run(replace(by(entered={COMMENT_INPUT: "x" * 3001, ANSWER_INPUT: "9"}), text=token), db)
            assert isinstance(found, Invalid)
            assert list(found.errors) == [COMMENT_INPUT]

    def test_without_an_answer_there_is_nothing_to_add_to(self, db: Session) -> None:
        token = asked(db)
        for run in (own_answer, comment, change):
            assert why(run(replace(by(), text=token), db)) is Why.UNANSWERED

    def test_after_a_day_and_for_others_there_is_no_form(self, db: Session) -> None:
        token = asked(db)
        tap(db, f"{token} 9")
        for run in (own_answer, comment, change):
            late = by(later=DAY, entered={ANSWER_INPUT: "2", COMMENT_INPUT: "No"})
            assert why(run(replace(late, text=token), db)) is Why.TOO_LATE
            assert why(run(replace(by(ULF, entered={ANSWER_INPUT: "2"}), text=token), db)) is Why.NOT_YOURS
        assert scores(db) == [9]


class TestNoMore:
    def test_one_tap_and_nobody_is_asked_any_more(self, db: Session) -> None:
        token = asked(db)
        assert isinstance(decline(replace(by(), text=token), db), Declined)
        assert isinstance(decline(replace(by(), text=token), db), Declined)
        assert is_opted_out(db, OTTO)
        assert why(tap(db, f"{token} 9")) is Why.DECLINED

    def test_one_more_tap_takes_it_back(self, db: Session) -> None:
        token = asked(db)
        decline(replace(by(), text=token), db)
        back = ask_again(replace(by(), text=token), db)
        assert isinstance(back, Declined)
        assert back.again
        assert not is_opted_out(db, OTTO)
        taken(tap(db, f"{token} 9"))

    def test_a_question_that_expired_meanwhile_does_not_come_back(self, db: Session) -> None:
        token = asked(db)
        decline(replace(by(), text=token), db)
        assert why(ask_again(replace(by(later=DAY * 8), text=token), db)) is Why.EXPIRED
        assert not is_opted_out(db, OTTO)

    def test_nobody_says_it_for_somebody_else(self, db: Session) -> None:
        token = asked(db)
        assert why(decline(replace(by(ULF), text=token), db)) is Why.NOT_YOURS
        assert why(ask_again(replace(by(ULF), text=token), db)) is Why.NOT_YOURS
        assert not is_opted_out(db, ULF)
        assert not is_opted_out(db, OTTO)

    def test_in_a_channel_the_others_go_on_being_asked(self, db: Session) -> None:
        token = asked(db, shared=True)
        decline(replace(by(), text=token), db)
        assert is_opted_out(db, OTTO)
        taken(tap(db, f"{token} 9", by(ULF)))


class TestAnonymous:
    def test_it_may_be_changed_on_its_day_and_the_next(self, db: Session) -> None:
        token = asked(db, wave={"anonymous": True})
        tap(db, f"{token} 9")
        assert taken(tap(db, f"{token} 3", by(later=DAY))).given.score == 3
        assert why(tap(db, f"{token} 9", by(later=DAY * 2))) is Why.TOO_LATE
        assert list(db.execute(select(anonymous_answer.c.score)).scalars()) == [3]

    def test_once_the_wave_is_over_nothing_is_found(self, db: Session) -> None:
        token = asked(db, wave={"anonymous": True})
        tap(db, f"{token} 9")
        db.execute(update(survey_wave).values(secret=None, state="over"))
        assert why(tap(db, f"{token} 3")) is Why.EXPIRED
        assert why(own_answer(replace(by(), text=token), db)) is Why.EXPIRED
        assert list(db.execute(select(anonymous_answer.c.score)).scalars()) == [9]

    def test_the_question_tells_no_moment(self, db: Session) -> None:
        tap(db, f"{asked(db, wave={'anonymous': True})} 9")
        row = db.execute(select(survey_ask.c.state, survey_ask.c.settled_at)).one()
        assert tuple(row) == ("answered", None)


def test_scores_are_read_strictly() -> None:
    nps, leaving = all_surveys()["nps"], all_surveys()["exit"]
    assert [value_in(nps, text) for text in ("0", "10", "11", "", " 1", "²")] == [0, 10, None, None, None, None]
    assert [value_in(leaving, text) for text in ("price", "0", "")] == ["price", None, None]
