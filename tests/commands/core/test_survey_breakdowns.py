"""What stands beside the figures of surveys: answers, margins, shares, segments."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from commands.core.survey_breakdowns import by_part, margins, shares, waves
from commands.ui.text import translator
from metrics.money import home_only
from metrics.periods import month_of
from metrics.types import BookFilter, Breakdown, Sentence
from storage.queries.answers import Split
from storage.queries.totals import Scope
from storage.session import Session
from tests.storage.queries import rows

OCTOBER = month_of(date(2026, 10, 1))
SCOPE = Scope(OCTOBER, home_only("USD", OCTOBER.last), ZoneInfo("UTC"))
_keys = count(1)


@pytest.fixture
def db(db_empty: Session) -> Session:
    return db_empty


def answered(db: Session, kind: str, *scores: int, **of_account: Any) -> None:
    account = rows.account(db, **of_account)
    for score in scores:
        values = {"kind": kind, "score": score, "responded_at": datetime(2026, 10, 9, tzinfo=UTC)}
        rows.add(db, "survey_response", key=f"r-{next(_keys)}", account_id=account, **values)


def told(split: Breakdown, locale: str = "en") -> list[str]:
    t = translator(locale, strict=True)

    def shown(value: object) -> str:
        return t(Sentence("{value}", {"value": value}))  # type: ignore[dict-item]

    return [f"{shown(row.label)}: {' · '.join(map(shown, row.values))}" for row in split.rows]


def test_a_margin_is_told_from_five_answers_on(db: Session) -> None:
    answered(db, "nps", 9, 9, 8, 3)
    assert told(margins(db, SCOPE)) == ["NPS: 4 answers · too few to judge"]
    answered(db, "nps", 0)
    # mean 0, variance 0.8: 196 × √(0.8 ÷ 5)
    assert told(margins(db, SCOPE)) == ["NPS: 5 answers · ±78.4"]


def test_a_margin_is_in_the_unit_of_its_figure(db: Session) -> None:
    answered(db, "ces", 5, 5, 4, 3, 2)
    answered(db, "csat", *[5] * 8, *[1] * 8)
    # 196 × √(0.25 ÷ 16) = 24.5; 1.96 × √(1.36 ÷ 5) = 1.022
    assert told(margins(db, SCOPE)) == ["CSAT: 16 answers · ±24.5", "CES: 5 answers · ±1.02"]
    assert told(margins(db, SCOPE, kinds=("ces",))) == ["CES: 5 answers · ±1.02"]


def test_answers_that_are_all_alike_tell_no_margin(db: Session) -> None:
    answered(db, "nps", *[10] * 7)
    assert told(margins(db, SCOPE)) == ["NPS: 7 answers · all alike, so no margin can be told"]


def test_without_answers_there_is_nothing_to_tell(db: Session) -> None:
    assert not any(split.rows for split in (margins(db, SCOPE), shares(db, SCOPE), by_part(db, SCOPE)))


def test_shares_add_up_and_scores_are_listed_the_best_first(db: Session) -> None:
    answered(db, "nps", 10, 9, 9, 7, 7, 6, 0, 0)
    assert told(shares(db, SCOPE, by_score=True)) == [
        "Promoters (9–10): 3 · 37.5% · 1 × “10”, 2 × “9”",
        "Passives (7–8): 2 · 25% · 2 × “7”",
        "Detractors (0–6): 3 · 37.5% · 1 × “6”, 2 × “0”",
    ]
    assert told(shares(db, SCOPE))[0] == "Promoters (9–10): 3 · 37.5%"


@pytest.mark.parametrize("kind", ["csat", "ces"])
def test_ratings_have_a_good_a_neutral_and_a_low_group(db: Session, kind: str) -> None:
    answered(db, kind, 1, 2, 3, 4, 5)
    counts = [row.values[0] for row in shares(db, SCOPE, kind).rows]
    assert counts == [2, 1, 2]


def test_segments_come_lowest_first_and_those_of_few_answers_last(db: Session) -> None:
    answered(db, "nps", 10, 10, 10, 10, 0, segment="high")
    answered(db, "nps", 0, 0, 0, 0, 0, 0, 9, segment="low")
    answered(db, "nps", 0, segment="few")
    answered(db, "nps", 10, 8, 8)
    answered(db, "csat", 5, segment="silent")
    assert told(by_part(db, SCOPE)) == [
        "low: NPS −71.4 · 7 answers",
        "high: NPS 60 · 5 answers",
        "few: NPS −100 · 1 answer · too few to judge",
        "no segment: NPS 33.3 · 3 answers · too few to judge",
    ]


def test_means_have_two_decimals_with_their_zeros(db: Session) -> None:
    answered(db, "ces", *[4] * 19, 5, segment="a")
    answered(db, "ces", *[4] * 5, segment="b")
    assert [line.split(" · ")[0] for line in told(by_part(db, SCOPE, "ces"))] == ["b: CES 4", "a: CES 4.05"]


def test_one_segment_alone_is_not_held_beside_anything(db: Session) -> None:
    answered(db, "nps", 10, 9, 3, segment="smb")
    assert by_part(db, SCOPE).rows == ()


def test_csms_and_languages_are_held_beside_each_other_too(db: Session) -> None:
    answered(db, "nps", 0, 0, 0, 0, 9, csm_email="ana@faro.example", language="es")
    answered(db, "nps", 10, 10, 10, 9, 9, csm_email="ben@faro.example", language="en-GB")
    assert told(by_part(db, SCOPE, split=Split.CSM)) == [
        "ana@faro.example: NPS −60 · 5 answers",
        "ben@faro.example: NPS 100 · 5 answers",
    ]
    assert [line.split(":")[0] for line in told(by_part(db, SCOPE, split=Split.LANGUAGE))] == ["es", "en"]


def wave(db: Session, name: str, day: date, *scores: int, silent: int = 0, **values: Any) -> None:
    """A wave whose questions are answered so, and that so many have not answered."""
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    number = rows.survey_wave(db, name=name, start_at=at, created_at=at, **{"state": "over", **values})
    account = rows.account(db)
    for turn in range(len(scores) + silent):
        is_answered = turn < len(scores)
        ask = rows.survey_ask(db, number, account, state="answered" if is_answered else "expired", asked_at=at)
        if is_answered and values.get("anonymous"):
            answer = {"wave_id": number, "mark": f"m{turn}", "kind": "nps", "score": scores[turn], "day": day}
            rows.add(db, "anonymous_answer", **answer)
        elif is_answered:
            answer = {"kind": "nps", "score": scores[turn], "responded_at": at, "ask_id": ask}
            rows.add(db, "survey_response", key=f"r-{next(_keys)}", account_id=account, **answer)


def test_waves_stand_side_by_side_the_latest_first_with_their_response_rates(db: Session) -> None:
    wave(db, "Q2", date(2026, 4, 6), 0, 0, 10, 10, 10, silent=5)
    wave(db, "Q3", date(2026, 7, 6), 9, 9, 9, 9, 0, silent=15)
    wave(db, "", date(2026, 10, 5), silent=4)
    wave(db, "to come", date(2026, 11, 5), 10)
    assert told(waves(db, SCOPE)) == [
        "NPS of 5 Oct 2026: no answers yet · 0% of 4 answered",
        "NPS Q3: NPS 60 · 5 answers · ±70.1 · 25% of 20 answered",
        "NPS Q2: NPS 20 · 5 answers · ±85.9 · 50% of 10 answered",
    ]


def test_an_anonymous_wave_that_runs_shows_no_figure_that_each_answer_moves(db: Session) -> None:
    wave(db, "now", date(2026, 10, 6), 0, 10, 10, 10, 10, 10, anonymous=True, state="running")
    assert told(waves(db, SCOPE)) == ["NPS now: anonymous: shown when it is over · 100% of 6 answered"]


def test_an_anonymous_wave_shows_no_figure_of_fewer_than_five_answers(db: Session) -> None:
    wave(db, "few", date(2026, 10, 5), 0, 0, 10, 10, silent=4, anonymous=True)
    wave(db, "enough", date(2026, 10, 6), 0, 10, 10, 10, 10, anonymous=True)
    enough, few = told(waves(db, SCOPE))
    assert enough.startswith("NPS enough: NPS 60 · 5 answers")
    assert few == "NPS few: anonymous, and too few answers to show · 50% of 8 answered"
    of_account = SCOPE._replace(book=BookFilter(csm_email="ana@faro.example"))
    assert waves(db, of_account).rows == ()
